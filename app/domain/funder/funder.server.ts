import type { Prisma } from '~/generated/prisma/client'
import type { Actor } from '~/platform/actor'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { dayOf } from '~/platform/zoned.server'
import type { SheetFacts, SheetForm } from '../attendance/sheet-facts'
import { dayText } from '../day'
import { authorize, can, type AccountActor } from '../policy'
import { sheetColumns } from './funder'
import { heldOn, holdingOn } from './holding-version'
import { formOf } from './sheet-form.server'

/** The funders' profiles an actor may see: the coordinator all of the municipality, everybody else none. */
export function visibleFunders(actor: Actor): Prisma.FunderProfileWhereInput {
  const { municipalityId } = actor
  return can(actor, 'funder.manage', null) ? { municipalityId } : { municipalityId, id: { in: [] } }
}

const today = (actor: AccountActor) => dayOf(clock.now(), actor.timeZone)

/** The profiles by name, each with the version that holds today, how many versions it has and how many projects use it. Throws `forbidden`. */
export function funderList(actor: AccountActor) {
  return inMunicipality(actor, async (tx) => {
    authorize(actor, 'funder.manage', null)
    const rows = await tx.funderProfile.findMany({
      where: visibleFunders(actor),
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      include: {
        versions: { ...holdingOn(today(actor)), select: { validFrom: true } },
        _count: { select: { versions: true, projects: true } },
      },
    })
    return rows.map(({ id, name, versions, _count }) => ({ id, name, holdsSince: dayText(versions[0]?.validFrom ?? null), ..._count }))
  })
}

/** The profiles a project may choose from, by name. */
export const funderChoices = (actor: AccountActor) =>
  inMunicipality(actor, (tx) =>
    tx.funderProfile.findMany({
      where: visibleFunders(actor),
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      select: { id: true, name: true },
    }),
  )

/** One profile within a transaction. Throws `not_found` for one the actor does not see. */
export async function findFunderIn(tx: Tx, actor: Actor, profileId: string) {
  const profile = await tx.funderProfile.findFirst({ where: { AND: [visibleFunders(actor), { id: profileId }] } })
  if (!profile) throw new AppError('not_found', 'funder.not_found')
  return profile
}

/** One profile with its versions, the latest first, which of them holds today, and the projects that use it. Throws `not_found`. */
export function funderPage(actor: AccountActor, profileId: string) {
  return inMunicipality(actor, async (tx) => {
    const { id, name } = await findFunderIn(tx, actor, profileId)
    const versions = await tx.funderProfileVersion.findMany({
      where: { profileId },
      orderBy: { validFrom: 'desc' },
      select: {
        id: true,
        validFrom: true,
        showsEuBlock: true,
        statement: true,
        columns: true,
        logoSha256: true,
        createdAt: true,
        createdByName: true,
      },
    })
    const projects = await tx.project.findMany({
      where: { funderProfileId: profileId },
      orderBy: [{ startsOn: 'desc' }, { id: 'asc' }],
      select: { id: true, title: true, numberAsWritten: true, funding: true, programme: true },
    })
    const now = today(actor)
    const holding = heldOn(versions, now)
    return {
      profile: { id, name },
      versions: versions.map(({ logoSha256, columns, validFrom, ...version }) => ({
        ...version,
        validFrom: dayText(validFrom),
        columns: sheetColumns(columns),
        hasLogo: logoSha256 !== null,
        holds: version.id === holding?.id,
        isComing: dayText(validFrom) > now,
      })),
      projects,
      today: now,
    }
  })
}

/** How a version prints. Throws `not_found`. */
export function funderVersionForm(actor: AccountActor, profileId: string, versionId: string): Promise<SheetForm> {
  return inMunicipality(actor, async (tx) => {
    await findFunderIn(tx, actor, profileId)
    const version = await tx.funderProfileVersion.findFirst({
      where: { id: versionId, profileId },
      select: { showsEuBlock: true, statement: true, columns: true, logo: { select: { bytes: true } } },
    })
    if (!version) throw new AppError('not_found', 'funder.not_found')
    return formOf(version)
  })
}

const SAMPLE_POST = { position: 'социален работник', unit: 'Примерна услуга', employeeNumber: '001' }
const NO_SESSION = '00000000-0000-0000-0000-000000000000'

/** A sheet of nobody's session in the form of a version, to be looked at. */
export function sampleSheet(actor: AccountActor, form: SheetForm): SheetFacts {
  const at = (time: string) => new Date(`${today(actor)}T${time}:00Z`)
  return {
    sessionId: NO_SESSION,
    municipality: actor.municipality,
    worthless: 'sample',
    project: { number: null, title: 'Примерен проект' },
    course: 'Примерно обучение',
    startsAt: at('09:00'),
    endsAt: at('16:00'),
    breaks: [{ startsAt: at('12:00'), endsAt: at('13:00') }],
    timeZone: 'UTC',
    academicHourMinutes: actor.academicHourMinutes,
    place: 'Примерна зала',
    trainer: 'Примерен обучител',
    people: ['Първи', 'Втори', 'Трети'].map((familyName) => ({
      givenName: 'Участник',
      middleName: null,
      familyName,
      ...SAMPLE_POST,
    })),
    form,
    madeAt: clock.now(),
  }
}

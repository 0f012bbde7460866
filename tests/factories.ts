import { hashPassword } from '~/domain/account/password-hash.server'
import type { AccountActor, Role } from '~/platform/actor'
import { inInstallation, inMunicipality, outsideMunicipalities } from '~/platform/db.server'
import { principalOfCookie, startSession } from '~/platform/session.server'
import type { Prisma } from '~/generated/prisma/client'

let n = 0
const INSTALLATION = { kind: 'account', accountId: '00000000-0000-0000-0000-000000000000', name: 'Тест', installation: true } as const

export const aMunicipality = (over: Partial<Prisma.MunicipalityCreateInput> = {}) =>
  inInstallation(INSTALLATION, (tx) => tx.municipality.create({ data: { name: `Община ${++n}`, ...over } }))

export async function aService(municipalityId: string, over: { name?: string; annexes?: number[] } = {}) {
  return inMunicipality({ municipalityId }, async (tx) => {
    const employer = await tx.employer.create({ data: { municipalityId, kind: 'provider', name: `Доставчик ${++n}` } })
    const service = await tx.socialService.create({ data: { municipalityId, employerId: employer.id, name: over.name ?? `Услуга ${++n}` } })
    for (const annex of over.annexes ?? []) await tx.serviceAnnex.create({ data: { municipalityId, serviceId: service.id, annex } })
    return { ...service, employer }
  })
}

/** A person with one open post: in `service`, or in the administration. */
export async function aPerson(
  municipalityId: string,
  over: Partial<Omit<Prisma.PersonUncheckedCreateInput, 'municipalityId'>> & {
    service?: { id: string; employerId: string }
    position?: string
  } = {},
) {
  const { service, position = 'социален работник', ...names } = over
  return inMunicipality({ municipalityId }, async (tx) => {
    const person = await tx.person.create({ data: { municipalityId, givenName: `Име${++n}`, familyName: `Фамилия${n}`, ...names } })
    const employerId = service?.employerId ?? (await administration(tx, municipalityId))
    await tx.assignment.create({
      data: {
        municipalityId,
        personId: person.id,
        employerId,
        serviceId: service?.id ?? null,
        position,
        category: 'core',
        startsOn: new Date('2023-01-01'),
      },
    })
    return person
  })
}

async function administration(tx: Prisma.TransactionClient, municipalityId: string) {
  const name = 'Общинска администрация'
  const known = await tx.employer.findFirst({ where: { municipalityId, kind: 'administration' } })
  return (known ?? (await tx.employer.create({ data: { municipalityId, kind: 'administration', name } }))).id
}

export type Somebody = { accountId: string; membershipId: string; login: string; cookie: string; actor: AccountActor }

/** Somebody signed in, with roles in one municipality; `cookie` goes into requests, `actor` into domain calls. */
export async function somebody(
  municipalityId: string,
  roles: Role | Role[],
  over: { personId?: string; serviceId?: string; accountId?: string; name?: string } = {},
): Promise<Somebody> {
  const name = over.name ?? `${[roles].flat().join('-')} ${++n}`
  const account = over.accountId
    ? await outsideMunicipalities((db) => db.account.findUniqueOrThrow({ where: { id: over.accountId } }))
    : await outsideMunicipalities((db) =>
        db.account.create({ data: { login: `user-${++n}-${process.pid}@example.test`, displayName: name } }),
      )
  const membership = await inMunicipality({ municipalityId }, async (tx) => {
    const made = await tx.membership.create({
      data: { municipalityId, accountId: account.id, displayName: name, personId: over.personId ?? null },
    })
    for (const role of [roles].flat())
      await tx.roleGrant.create({
        data: { municipalityId, membershipId: made.id, role, serviceId: role === 'manager' ? (over.serviceId ?? null) : null },
      })
    return made
  })
  const cookie = (await startSession(account.id)).split(';')[0]!
  await outsideMunicipalities((db) => db.loginSession.updateMany({ where: { accountId: account.id }, data: { municipalityId } }))
  const principal = await principalOfCookie(cookie)
  return { accountId: account.id, membershipId: membership.id, login: account.login, cookie, actor: principal!.actor! }
}

/** Gives the account a password, so that it can sign in by the form. */
export const withPassword = async (accountId: string, password: string) =>
  outsideMunicipalities(async (db) => db.account.update({ where: { id: accountId }, data: { passwordHash: await hashPassword(password) } }))

export const aCourse = (municipalityId: string, over: Partial<Omit<Prisma.CourseUncheckedCreateInput, 'municipalityId'>> = {}) =>
  inMunicipality({ municipalityId }, (tx) =>
    tx.course.create({ data: { municipalityId, kind: 'introductory', title: `Курс ${++n}`, durationMinutes: 360, ...over } }),
  )

export const aProject = (municipalityId: string, over: Partial<Omit<Prisma.ProjectUncheckedCreateInput, 'municipalityId'>> = {}) =>
  inMunicipality({ municipalityId }, (tx) => tx.project.create({ data: { municipalityId, title: `Проект ${++n}`, ...over } }))

export type SessionTimes = { startsAt: string; endsAt: string; breaks?: { startsAt: string; endsAt: string }[] }

/** A session of a training; times are ISO instants. */
export const aSession = (municipalityId: string, training: { id: string; trainerAccountId: string }, times: SessionTimes) =>
  inMunicipality({ municipalityId }, async (tx) => {
    const session = await tx.session.create({
      data: {
        municipalityId,
        kind: 'training',
        leaderAccountId: training.trainerAccountId,
        startsAt: times.startsAt,
        endsAt: times.endsAt,
        place: 'Зала 1',
      },
    })
    await tx.trainingSession.create({ data: { municipalityId, sessionId: session.id, trainingId: training.id } })
    for (const pause of times.breaks ?? []) await tx.sessionBreak.create({ data: { municipalityId, sessionId: session.id, ...pause } })
    return session
  })

/** Puts a person into a training in the given state, by an import's step. */
export const enrolled = (
  municipalityId: string,
  trainingId: string,
  personId: string,
  state: 'requested' | 'nominated' | 'approved' | 'waiting' | 'refused' | 'withdrawn' = 'approved',
) =>
  inMunicipality({ municipalityId }, async (tx) => {
    const [row] = await tx.$queryRaw<
      { id: string }[]
    >`insert into "Enrolment" ("municipalityId", "trainingId", "personId") values (${municipalityId}::uuid, ${trainingId}::uuid, ${personId}::uuid) returning "id"`
    await tx.enrolmentStep.create({ data: { municipalityId, enrolmentId: row!.id, state, actorKind: 'import', actorName: 'Тест' } })
    return row!
  })

/** A municipality with everybody in it and one training: 09:00–16:00 in Sofia on 2 November 2026, a break from 12 to 13, two people enrolled. */
export async function aTraining(
  over: Partial<{ capacity: number; projectId: string; sessions: SessionTimes[]; people: number; requiredSharePercent: number }> = {},
) {
  const municipality = await aMunicipality()
  const municipalityId = municipality.id
  const service = await aService(municipalityId)
  const people = []
  for (let i = 0; i < (over.people ?? 2); i++) people.push(await aPerson(municipalityId, { service }))
  const coordinator = await somebody(municipalityId, 'coordinator')
  const trainer = await somebody(municipalityId, 'trainer')
  const otherTrainer = await somebody(municipalityId, 'trainer')
  const manager = await somebody(municipalityId, 'manager', { serviceId: service.id })
  const employee = await somebody(municipalityId, 'employee', { personId: people[0]?.id })
  const admin = await somebody(municipalityId, 'admin')
  const supervisor = await somebody(municipalityId, 'supervisor')
  const course = await aCourse(municipalityId, { requiredSharePercent: over.requiredSharePercent ?? 80 })
  const training = await inMunicipality({ municipalityId }, (tx) =>
    tx.training.create({
      data: {
        municipalityId,
        courseId: course.id,
        projectId: over.projectId ?? null,
        trainerAccountId: trainer.accountId,
        place: 'Зала 1',
        capacity: over.capacity ?? 20,
      },
    }),
  )
  const times = over.sessions ?? [
    {
      startsAt: '2026-11-02T07:00:00Z',
      endsAt: '2026-11-02T14:00:00Z',
      breaks: [{ startsAt: '2026-11-02T10:00:00Z', endsAt: '2026-11-02T11:00:00Z' }],
    },
  ]
  const sessions = []
  for (const one of times) sessions.push(await aSession(municipalityId, training, one))
  for (const person of people) await enrolled(municipalityId, training.id, person.id)
  return {
    municipality,
    municipalityId,
    service,
    people,
    coordinator,
    trainer,
    otherTrainer,
    manager,
    employee,
    admin,
    supervisor,
    course,
    training,
    sessions,
  }
}

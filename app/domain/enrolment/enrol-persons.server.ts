import { fullName } from '~/i18n/format'
import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { authorize } from '../policy'
import { findTraining, lockTraining } from '../training/training.server'
import { candidateIds, type CandidateFilter } from './candidates.server'
import { stateAfter, type EnrolmentState } from './enrolment'
import type { EnrolInput } from './schema'
import { appendSteps, requireOpen } from './waiting-list.server'

export type Chosen = { personId: string; name: string; enrolmentId: string | null; state: EnrolmentState | null }

/** The chosen people by name with their present state in the training. Throws `not_found` where one of them is not of this municipality. */
export async function chosenPersons(tx: Tx, actor: AccountActor, trainingId: string, personIds: string[]): Promise<Chosen[]> {
  if (personIds.length === 0) throw new AppError('invalid', 'enrolment.nobody_chosen', { field: 'persons' })
  const rows = await tx.$queryRaw<
    {
      id: string
      givenName: string
      middleName: string | null
      familyName: string | null
      enrolmentId: string | null
      state: EnrolmentState | null
    }[]
  >`
    select p."id", p."givenName", p."middleName", p."familyName", e."id" as "enrolmentId", e."state"::text as "state"
    from "Person" p left join "Enrolment" e on e."trainingId" = ${trainingId}::uuid and e."personId" = p."id"
    where p."municipalityId" = ${actor.municipalityId}::uuid and p."id" = any (${personIds}::uuid[]) order by p."sortName", p."id"`
  if (rows.length !== personIds.length) throw new AppError('not_found', 'enrolment.person_not_found')
  return rows.map((row) => ({ personId: row.id, name: fullName(row), enrolmentId: row.enrolmentId, state: row.state }))
}

/** Makes the enrolments that are missing, in one statement, and returns the id of each person's. */
export async function ensureEnrolments(tx: Tx, actor: AccountActor, trainingId: string, chosen: Chosen[]): Promise<Map<string, string>> {
  const ids = new Map(chosen.flatMap(({ personId, enrolmentId }) => (enrolmentId ? [[personId, enrolmentId] as const] : [])))
  const missing = chosen.filter(({ enrolmentId }) => !enrolmentId).map(({ personId }) => personId)
  if (missing.length === 0) return ids
  const made = await tx.$queryRaw<{ id: string; personId: string }[]>`
    insert into "Enrolment" ("municipalityId", "trainingId", "personId")
    select ${actor.municipalityId}::uuid, ${trainingId}::uuid, person from unnest(${missing}::uuid[]) as person
    returning "id", "personId"`
  for (const { id, personId } of made) ids.set(personId, id)
  return ids
}

export type Enrolled = { approved: number; waiting: number; skipped: number }

/**
 * Enrols the chosen people, or all the filter finds, at once: by name as long as there are seats, the rest on the waiting list where
 * the form says so. Who is in the training already is passed over. Returns how many became what. Throws `enrolment.full`, and then
 * nobody is enrolled.
 */
export function enrolPersons(actor: AccountActor, trainingId: string, input: EnrolInput, filter: CandidateFilter = {}): Promise<Enrolled> {
  return inMunicipality(actor, async (tx) => {
    await findTraining(tx, actor, trainingId)
    authorize(actor, 'enrolment.manage', null)
    const training = await lockTraining(tx, trainingId)
    requireOpen(training)
    const personIds = input.everybody ? await candidateIds(tx, actor, filter) : input.persons
    const chosen = await chosenPersons(tx, actor, trainingId, personIds)
    const entering = chosen.filter(({ state }) => stateAfter('enrol', state ?? 'none'))
    const free = training.capacity - training.seatsTaken
    if (entering.length > free && input.whenFull !== 'waiting')
      throw new AppError('conflict', 'enrolment.not_enough_seats', { field: 'whenFull', free, chosen: entering.length })
    const ids = await ensureEnrolments(tx, actor, trainingId, entering)
    const steps = entering.map(({ personId, name, state }, index) => ({
      enrolmentId: ids.get(personId)!,
      name,
      state: stateAfter(index < free ? 'enrol' : 'wait', state ?? 'none')!,
    }))
    await appendSteps(tx, actor, steps)
    const waiting = steps.filter(({ state }) => state === 'waiting').length
    const enrolled = { approved: steps.length - waiting, waiting, skipped: chosen.length - steps.length }
    if (steps.length > 0)
      await recordEvent(tx, actor, 'enrolment.enrolled', { type: 'training', id: trainingId }, { ...enrolled, people: steps })
    return enrolled
  })
}

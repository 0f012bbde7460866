import { afterAll, expect, test } from 'vitest'
import { attendanceSheet } from '~/domain/attendance/attendance.server'
import { filedAttendances, filedSessions } from '~/domain/attendance/attendance-rows.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { certificateCandidates, certifiedTraining } from '~/domain/certificate/certificate-candidates.server'
import { projectAttendances, trainedPersons } from '~/domain/project/project-numbers.server'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { aProject, aTraining } from '../factories'

afterAll(disconnect)

/** What each page and file says of the post of the one person of a training on 2 November 2026. */
async function postsShown(posts: { id: string; position: string; startsOn: string; endsOn?: string }[]) {
  const w = await aTraining({ people: 1 })
  const [session, person] = [w.sessions[0]!, w.people[0]!]
  const { municipalityId } = w
  const project = await aProject(municipalityId)
  await inMunicipality(w, async (tx) => {
    await tx.training.update({ where: { id: w.training.id }, data: { projectId: project.id } })
    const before = await tx.assignment.findFirstOrThrow({ where: { personId: person.id } })
    const { employerId } = await tx.assignment.update({ where: { id: before.id }, data: { endsOn: new Date('2023-01-02') } })
    for (const { startsOn, endsOn, ...post } of posts)
      await tx.assignment.create({
        data: {
          ...post,
          municipalityId,
          personId: person.id,
          employerId,
          category: 'core',
          startsOn: new Date(startsOn),
          endsOn: endsOn ? new Date(endsOn) : null,
        },
      })
  })
  await atInstant(session.endsAt, () =>
    recordAttendance(w.coordinator.actor, {
      trainingId: w.training.id,
      sessionId: session.id,
      seen: '0',
      key: crypto.randomUUID(),
      rows: [{ personId: person.id, typed: { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 } }],
      markRestPresent: false,
    }),
  )
  const { actor } = w.coordinator
  return inMunicipality(w, async (tx) => {
    const filed = []
    for await (const rows of filedAttendances(tx, actor, await filedSessions(tx, { id: session.id }))) filed.push(...rows)
    return {
      roster: (await attendanceSheet(actor, w.training.id, session.id)).rows[0]!.position,
      file: filed[0]!.position,
      certificate: (await certificateCandidates(tx, actor, await certifiedTraining(tx, w.training.id), session.endsAt))[0]!.position,
      persons: (await trainedPersons(actor, project.id)).rows[0]!.position,
      attendances: (await projectAttendances(actor, project.id)).rows[0]!.position,
    }
  })
}
const everywhere = (position: string | null) => ({
  roster: position,
  file: position,
  certificate: position,
  persons: position,
  attendances: position,
})
const [LOWER, HIGHER] = ['00000000-0000-4000-8000-', 'ffffffff-ffff-4fff-bfff-']
let n = 100_000_000_000
const id = (start: string) => start + String(++n)

test('of two posts begun on one day the same one stands on the roster, in the files, on the certificate and in the project', async () => {
  const a = { position: 'психолог', startsOn: '2026-01-01' }
  const b = { position: 'логопед', startsOn: '2026-01-01' }
  expect(await postsShown([{ id: id(LOWER), ...a }, { id: id(HIGHER), ...b }])).toEqual(everywhere('психолог')) // prettier-ignore
  expect(await postsShown([{ id: id(HIGHER), ...a }, { id: id(LOWER), ...b }])).toEqual(everywhere('логопед')) // prettier-ignore
})

test('it is the post of that day: begun by then and not ended, its first and last day counted', async () => {
  const post = (position: string, startsOn: string, endsOn?: string) => ({ id: id(LOWER), position, startsOn, endsOn })
  expect(
    await postsShown([
      post('стажант', '2025-01-01'),
      post('психолог', '2026-11-02', '2026-11-02'),
      post('ръководител', '2026-11-03'),
      post('касиер', '2026-10-01', '2026-11-01'),
    ]),
  ).toEqual(everywhere('психолог'))
  expect(await postsShown([post('касиер', '2025-10-01', '2026-11-01'), post('ръководител', '2026-11-03')])).toEqual(everywhere(null))
})

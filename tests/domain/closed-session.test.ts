import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cancelSession } from '~/domain/session/cancel-session.server'
import { moveSession } from '~/domain/session/move-session.server'
import { cancelTraining } from '~/domain/training/cancel-training.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { aTraining } from '../factories'
import { closed, marked } from '../platform/evidence-rows'
import { within } from '../platform/raw-sql'

let owner: pg.Client
beforeAll(async () => {
  owner = new pg.Client(process.env.DATABASE_OWNER_URL)
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await disconnect()
})

/** A training of one session, 09:00–16:00 with a break from 12 to 13, whose sheet is closed with everybody on it present. */
async function aClosedTraining(people: number) {
  const w = await aTraining({ people })
  const [municipalityId, sessionId] = [w.municipalityId, w.sessions[0]!.id]
  await within(owner, municipalityId, async () => {
    for (const { id: personId } of w.people) await marked(owner, { municipalityId, sessionId, personId })
    await closed(owner, { municipalityId, sessionId })
  })
  return { ...w, sessionId }
}
type World = Awaited<ReturnType<typeof aClosedTraining>>

const typed = (over: { from?: string; to?: string; breaks?: { from: string; to: string; index: number }[]; place?: string } = {}) => ({
  date: '2026-11-02',
  from: '09:00',
  to: '16:00',
  breaks: [{ from: '12:00', to: '13:00', index: 0 }],
  field: '',
  place: 'Зала 1',
  onlineUrl: null,
  ...over,
})
const stateOf = ({ municipalityId, sessionId, training }: World) =>
  inMunicipality({ municipalityId }, async (tx) => ({
    session: await tx.session.findUniqueOrThrow({
      where: { id: sessionId },
      include: { breaks: true, attendances: { omit: { neededClaims: true } } },
    }),
    training: await tx.training.findUniqueOrThrow({ where: { id: training.id } }),
    events: await tx.auditEvent.count(),
  }))

test.each([
  ['a later start', typed({ from: '09:15' })],
  ['an earlier end', typed({ to: '15:45' })],
  ['no break', typed({ breaks: [] })],
  ['a shorter break', typed({ breaks: [{ from: '12:00', to: '12:45', index: 0 }] })],
  ['a second break', typed({ breaks: [...typed().breaks, { from: '14:00', to: '14:15', index: 1 }] })],
])('a closed session with %s is refused in words, and nothing changes', async (_, input) => {
  const w = await aClosedTraining(2)
  const before = await stateOf(w)
  await expect(moveSession(w.coordinator.actor, w.training.id, w.sessionId, input)).rejects.toMatchObject({
    code: 'conflict',
    messageKey: 'session.closed',
  })
  expect(await stateOf(w)).toEqual(before)
})

test('a closed session is given another place, its times and breaks as they were', async () => {
  const w = await aClosedTraining(2)
  const before = await stateOf(w)
  await moveSession(w.coordinator.actor, w.training.id, w.sessionId, typed({ place: 'Зала 2' }))
  const { session } = await stateOf(w)
  expect(session.place).toBe('Зала 2')
  expect(session.breaks).toEqual(before.session.breaks)
  expect(session.startsAt).toEqual(new Date('2026-11-02T07:00:00Z'))
})

test('a session closed with nobody on its sheet is not cancelled, and neither is its training', async () => {
  const w = await aClosedTraining(0)
  const before = await stateOf(w)
  await expect(cancelSession(w.coordinator.actor, w.training.id, w.sessionId, 'няма участници')).rejects.toMatchObject({
    code: 'conflict',
    messageKey: 'session.closed_takes_place',
  })
  await expect(cancelTraining(w.coordinator.actor, w.training.id, 'няма участници')).rejects.toMatchObject({
    code: 'conflict',
    messageKey: 'training.has_closed_session',
  })
  expect(await stateOf(w)).toEqual(before)
})

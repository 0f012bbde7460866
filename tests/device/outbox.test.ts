import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { bodyOf, nextBatch } from '~/device/outbox'
import type { Waiting } from '~/device/store'
import { action } from '~/routes/sessions.$sessionId.marks'
import { aTraining } from '../factories'
import { call } from '../http'

const ROWS = 1000
const waiting = (owner: string, sessionId: string, saves: number, rows: number): Waiting[] =>
  Array.from({ length: saves }, (_, id) => ({
    id,
    for: owner,
    sessionId,
    when: '',
    names: {},
    save: {
      key: randomUUID(),
      at: Date.parse('2026-11-02T08:00:00Z'),
      seen: '0',
      after: Array.from({ length: rows === ROWS ? 200 : 0 }, () => randomUUID()),
      drawn: 'x'.repeat(150),
      reason: rows === ROWS ? 'дълга причина '.repeat(70) : null,
      rows: Array.from({ length: rows }, () => ({ personId: randomUUID(), mark: 'present', lateMinutes: 10, leftEarlyMinutes: 10 })),
    },
  }))

test('the fullest saves there may be are sent in parts the server takes, in order, and none is left behind', async () => {
  const w = await aTraining()
  const sessionId = w.sessions[0]!.id
  const owner = `${w.municipalityId}.${w.trainer.accountId}`
  let left = waiting(owner, sessionId, 8, ROWS)
  const all = left.map(({ save }) => save.key)
  const sent: string[] = []
  while (left.length > 0) {
    const batch = nextBatch(left)
    const form = Object.fromEntries(bodyOf(owner, batch)) as Record<string, string>
    const answer = await call(action, `/sessions/${sessionId}/marks`, { as: w.trainer, params: { sessionId }, form })
    expect(answer.status).toBe(200)
    expect(answer.body.answers).toHaveLength(batch.length * ROWS)
    sent.push(...batch.map(({ save }) => save.key))
    left = left.slice(batch.length)
  }
  expect(sent).toEqual(all)
})

test('small saves go together, those of one session at a time', () => {
  const [one, other] = [randomUUID(), randomUUID()]
  const small = [...waiting('x', one, 3, 2), ...waiting('x', other, 1, 2), ...waiting('x', one, 30, 2)]
  expect(nextBatch(small).map(({ sessionId }) => sessionId)).toEqual(Array.from({ length: 20 }, () => one))
})

import type pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { aPerson, aSession, aTraining, enrolled, somebody } from '../factories'
import { issue, keepBlob } from './full-municipality'
import { asApp, asOwner, endConnections, rowsOf, valueOf, within } from './raw-sql'

let owner: pg.Client
endConnections()
beforeAll(async () => {
  owner = await asOwner()
})

const settled = async (attempts: Promise<unknown>[]) => {
  const results = await Promise.allSettled(attempts)
  return {
    done: results.filter((one) => one.status === 'fulfilled').length,
    refused: results.flatMap((one) => (one.status === 'rejected' ? [(one.reason as pg.DatabaseError).constraint] : [])),
  }
}
const apps = (count: number) => Promise.all(Array.from({ length: count }, asApp))

test('one trainer is booked once, across municipalities too', async () => {
  const [here, there] = [await aTraining({ people: 0 }), await aTraining({ people: 0 })]
  await somebody(there.municipalityId, 'trainer', { accountId: here.otherTrainer.accountId })
  const clients = await apps(6)
  const book = (client: pg.Client, municipalityId: string) =>
    within(client, municipalityId, () =>
      client.query(
        `insert into "Session" ("municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt") values ($1, 'supervision', $2, '2026-12-01T08:00Z', '2026-12-01T10:00Z')`,
        [municipalityId, here.otherTrainer.accountId],
      ),
    )
  const result = await settled(clients.map((client, i) => book(client, i % 2 ? here.municipalityId : there.municipalityId)))
  expect(result).toEqual({ done: 1, refused: Array(5).fill('session_leader_is_free') })
})

test('two sessions of one training do not overlap, whoever leads them', async () => {
  const { municipalityId, training, trainer, otherTrainer } = await aTraining({ people: 0 })
  const clients = await apps(2)
  const result = await settled(
    [trainer, otherTrainer].map((leader, i) =>
      within(clients[i]!, municipalityId, async () => {
        const { rows } = await clients[i]!.query(
          `insert into "Session" ("municipalityId", "kind", "leaderAccountId", "startsAt", "endsAt") values ($1, 'training', $2, '2026-12-01T08:00Z', '2026-12-01T10:00Z') returning "id"`,
          [municipalityId, leader.accountId],
        )
        await clients[i]!.query(`insert into "TrainingSession" ("sessionId", "municipalityId", "trainingId") values ($1, $2, $3)`, [
          rows[0].id,
          municipalityId,
          training.id,
        ])
      }),
    ),
  )
  expect(result).toEqual({ done: 1, refused: ['training_sessions_apart'] })
  expect(await valueOf(owner, `select "endsAt" from "Training" where "id" = $1`, [training.id])).toEqual(new Date('2026-12-01T10:00:00Z'))
})

test('a break put down and a session cut short leave no break outside', async () => {
  const { municipalityId, training } = await aTraining({ people: 0 })
  for (let day = 10; day < 20; day++) {
    const session = await aSession(municipalityId, training, { startsAt: `2026-12-${day}T07:00:00Z`, endsAt: `2026-12-${day}T12:00:00Z` })
    const [one, other] = await apps(2)
    const result = await settled([
      within(one!, municipalityId, () =>
        one!.query(`insert into "SessionBreak" ("municipalityId", "sessionId", "startsAt", "endsAt") values ($1, $2, $3, $4)`, [
          municipalityId,
          session.id,
          `2026-12-${day}T11:00Z`,
          `2026-12-${day}T11:30Z`,
        ]),
      ),
      within(other!, municipalityId, () =>
        other!.query(`update "Session" set "endsAt" = $2 where "id" = $1`, [session.id, `2026-12-${day}T09:00Z`]),
      ),
    ])
    expect(result).toEqual({ done: 1, refused: ['session_break_within'] })
  }
})

test('twenty approvals for five seats give five', async () => {
  const { municipalityId, training } = await aTraining({ capacity: 5, people: 0 })
  const enrolments: { id: string }[] = []
  for (let i = 0; i < 20; i++) enrolments.push(await enrolled(municipalityId, training.id, (await aPerson(municipalityId)).id, 'requested'))
  const clients = await apps(10)
  const step = (client: pg.Client, enrolmentId: string, state: string) =>
    within(client, municipalityId, () =>
      client.query(
        `insert into "EnrolmentStep" ("municipalityId", "enrolmentId", "state", "actorKind", "actorName") values ($1, $2, $3, 'account', 'Координатор')`,
        [municipalityId, enrolmentId, state],
      ),
    )
  const results = [
    await settled(clients.map((client, i) => step(client, enrolments[i]!.id, 'approved'))),
    await settled(clients.map((client, i) => step(client, enrolments[10 + i]!.id, 'approved'))),
  ]
  expect(results.map((one) => one.done)).toEqual([5, 0])
  expect(new Set(results.flatMap((one) => one.refused))).toEqual(new Set(['training_capacity_holds']))
  const state = () =>
    rowsOf(
      owner,
      `select "seatsTaken", (select count(*)::int from "Enrolment" where "trainingId" = "Training"."id" and "state" = 'approved') as approved from "Training" where "id" = $1`,
      [training.id],
    )
  expect(await state()).toEqual([{ seatsTaken: 5, approved: 5 }])
  // one person approved twice at once takes one seat, and gives one back
  const [seated] = await rowsOf(owner, `select "id" from "Enrolment" where "trainingId" = $1 and "state" = 'approved'`, [training.id])
  await settled(clients.slice(0, 4).map((client) => step(client, seated!['id'], 'withdrawn')))
  expect(await state()).toEqual([{ seatsTaken: 4, approved: 4 }])
  await settled(clients.slice(0, 4).map((client) => step(client, seated!['id'], 'approved')))
  expect(await state()).toEqual([{ seatsTaken: 5, approved: 5 }])
})

test('numbers of the register follow one another, also when some are taken back', async () => {
  const { municipalityId, training } = await aTraining({ people: 0 })
  const people: { id: string }[] = []
  for (let i = 0; i < 12; i++) people.push(await aPerson(municipalityId))
  const clients = await apps(12)
  const result = await settled(
    clients.map((client, i) =>
      within(client, municipalityId, async () => {
        await issue(client, municipalityId, training.id, people[i]!.id)
        if (i % 3 === 0) throw Object.assign(new Error('taken back'), { constraint: 'taken back' })
      }),
    ),
  )
  expect(result).toEqual({ done: 8, refused: Array(4).fill('taken back') })
  const numbers = await rowsOf(owner, `select "registerNumber" as n from "Certificate" where "municipalityId" = $1 order by 1`, [
    municipalityId,
  ])
  expect(numbers.map((row) => row['n'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('one person has one valid certificate of a training', async () => {
  const { municipalityId, training, people } = await aTraining({ people: 1 })
  const clients = await apps(4)
  const result = await settled(
    clients.map((client) => within(client, municipalityId, () => issue(client, municipalityId, training.id, people[0]!.id))),
  )
  expect(result).toEqual({ done: 1, refused: Array(3).fill('Certificate_trainingId_personId_ordinal_key') })
  expect(await valueOf(owner, `select "lastNumber" from "RegisterCounter" where "municipalityId" = $1`, [municipalityId])).toBe(1)
})

test('the same file kept twice is one blob of its municipality', async () => {
  const [{ municipalityId }, other] = [await aTraining({ people: 0 }), await aTraining({ people: 0 })]
  const clients = await apps(2)
  const result = await settled(
    clients.map((client) => within(client, municipalityId, () => keepBlob(client, municipalityId, Buffer.from('едно')))),
  )
  expect(result).toEqual({ done: 1, refused: ['Blob_pkey'] })
  await within(clients[0]!, other.municipalityId, () => keepBlob(clients[0]!, other.municipalityId, Buffer.from('едно')))
})

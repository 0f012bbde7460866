import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { atInstant } from '~/platform/clock.server'
import { disconnect } from '~/platform/db.server'
import { seedDemo } from '../../prisma/seed/demo'

const NOW = new Date('2026-03-29T08:00:00Z')
let owner: pg.Client
beforeAll(async () => {
  owner = new pg.Client(process.env.DATABASE_OWNER_URL)
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await disconnect()
})

const count = async (sql: string) => (await owner.query<{ n: number }>(`select count(*)::int as n from ${sql}`)).rows[0]!.n
const told = async () => ({
  municipalities: await count('"Municipality"'),
  certificates: await count('"Certificate"'),
  requested: await count(`"EnrolmentStep" where "actorKind" = 'account'`),
  invited: await count('"PasswordLink"'),
  finished: await count(`"AuditEvent" where "action" = 'demo.finished'`),
})

const breaking = async (table: string, run: () => Promise<unknown>) => {
  await owner.query(`create function break_off() returns trigger language plpgsql as $$ begin raise exception 'broken off'; end $$`)
  await owner.query(`create trigger break_off before insert on "${table}" for each row execute function break_off()`)
  await run()
  await owner.query('drop function break_off cascade')
}

test('what was cut off in the middle is done at the next start, and only once', async () => {
  const start = () => atInstant(NOW, seedDemo)
  await breaking('Activity', () => expect(start()).rejects.toThrow())
  expect(await told()).toEqual({ municipalities: 0, certificates: 0, requested: 0, invited: 0, finished: 0 })
  await breaking('Certificate', () => expect(start()).rejects.toThrow())
  expect(await told()).toEqual({ municipalities: 1, certificates: 0, requested: 0, invited: 0, finished: 0 })
  await breaking('PasswordLink', () => expect(start()).rejects.toThrow())
  expect(await told()).toEqual({ municipalities: 1, certificates: 17, requested: 4, invited: 0, finished: 0 })
  await start()
  // Елена 3 + 3 + 3 of the project and 8 of this year, Черноочене 5 of the project, and 7 of this year in each of the others
  const whole = { municipalities: 5, certificates: 17 + 5 + 4 * 7, requested: 4, invited: 1, finished: 5 }
  expect(await told()).toEqual(whole)
  // one municipality's contradicting mark was there before the break; nothing is told of it a second time
  expect(await count(`"AuditPayload" where "payload" like '%"rows":1,"present":1,"claims":"%'`)).toBe(5)
  expect(await count(`"AuditPayload" where "payload" like '%"rows":1,"present":1,"claims":null%'`)).toBe(0)
  await start()
  expect(await told()).toEqual(whole)
})

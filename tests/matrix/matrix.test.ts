import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { atInstant } from '~/platform/clock.server'
import { call, type Answer } from '../http'
import { asOwner, endConnections, rowsOf } from '../platform/raw-sql'
import type { Outcome, Row } from './row'
import { accountRows } from './rows-accounts'
import { certificateRows } from './rows-certificates'
import { checkInRows } from './rows-check-in'
import { deviceRows } from './rows-device'
import { paperRows } from './rows-paper'
import { fileRows } from './rows-files'
import { projectRows } from './rows-projects'
import { sheetRows } from './rows-sheets'
import { scanRows } from './rows-scans'
import { staffRows } from './rows-staff'
import { trainingRows } from './rows-trainings'
import { aWorld, NOW, SECRET, strangers, WHO, type Who, type World } from './world'

type Handlers = Partial<Record<Row['method'], (args: never) => unknown>>
const modules = import.meta.glob<Handlers>('../../app/routes/*.{ts,tsx}', { eager: true })
const routes = new Map(
  Object.entries(modules).map(([file, module]) => [file.slice('../../app/routes/'.length).replace(/\.tsx?$/, ''), module]),
)
const ROWS = [
  ...fileRows,
  ...trainingRows,
  ...sheetRows,
  ...certificateRows,
  ...checkInRows,
  ...staffRows,
  ...projectRows,
  ...paperRows,
  ...scanRows,
  ...deviceRows,
  ...accountRows, // the last of them sign everybody out
]

/** What requests leave behind whoever sends them: sessions, counted attempts, what was typed. */
const TRACES = ['LoginSession', 'PendingSubmission', 'rate_limit', '_prisma_migrations']

let owner: pg.Client
let apart: Awaited<ReturnType<typeof strangers>>
let world: World
let tables: string[]
/** The rows as the last check left them. */
let known: { rows: Record<string, string>; events: number } | undefined
endConnections()
beforeAll(async () => {
  owner = await asOwner()
  apart = await strangers()
  world = await aWorld()
  tables = (
    await rowsOf(owner, `select tablename as name from pg_tables where schemaname = 'public' and tablename <> all ($1)`, [TRACES])
  ).map((row) => row['name'])
})

/** Every row of the database in one number a table. */
async function everything(): Promise<Record<string, string>> {
  const rows = await rowsOf(
    owner,
    tables
      .map((table) => `select '${table}' as t, count(*) || ':' || coalesce(sum(hashtextextended(x::text, 0)), 0) as n from "${table}" x`)
      .join(' union all '),
  )
  return Object.fromEntries(rows.map((row) => [row['t'], row['n']]))
}
const events = async () => Number((await rowsOf(owner, `select sum("seq") as n from "AuditHead"`))[0]!['n'])

const whoIs = (who: Who) => (who === 'nobody' ? undefined : who === 'foreign' || who === 'installation' ? apart[who] : world[who])

/** What every form of a page drawn for that account carries. */
function drawnFor(who: Who): Record<string, string> {
  if (who === 'nobody' || who === 'installation') return {}
  const { actor } = who === 'foreign' ? apart.foreign : world[who]
  return { _for: `${actor.municipalityId}.${actor.accountId}` }
}

function ask(row: Row, who: Who): Promise<Answer> {
  const handler = routes.get(row.route)![row.method]!
  const form = row.form && { _key: crypto.randomUUID(), ...drawnFor(who), ...row.form(world) }
  return atInstant(NOW, () =>
    call(handler as never, row.path(world), {
      as: whoIs(who),
      params: row.params(world),
      ...(form ? { form: form as Record<string, string> } : {}),
    }),
  )
}

const kindOf = ({ status, location }: Answer): Outcome | string => {
  if (status < 300) return 'page'
  if (status >= 400) return status as Outcome
  if (location?.startsWith('/login')) return 'login'
  return location === '/admin/system' ? 'system' : location === '/' ? 'home' : 'elsewhere'
}

/** What the outcome of a row looks like as an answer. */
const LOOKS: Record<string, unknown[]> = { sees: ['page'], blank: ['page'], same: ['page'], done: ['page', 'elsewhere'] }

async function check(row: Row, who: Who) {
  const outcome = row.outcomes[who]
  const before = (known ??= { rows: await everything(), events: await events() })
  known = undefined
  const answer = await ask(row, who)
  const text = JSON.stringify([answer.body, answer.location, ...answer.cookies.filter((cookie) => !cookie.startsWith('session='))])
  expect(LOOKS[outcome] ?? [outcome], text.slice(0, 600)).toContain(kindOf(answer))
  if (outcome === 'sees') expect(text).toContain(row.marker(world))
  else if (row.marker(world)) expect(text).not.toContain(row.marker(world))
  for (const concealed of row.conceals[who]?.(world) ?? []) expect(text).not.toContain(concealed)
  if (!row.isPublic && ['nobody', 'foreign', 'installation'].includes(who)) expect(text).not.toContain(SECRET)
  const after = { rows: await everything(), events: await events() }
  if (outcome === 'done') {
    expect(after.rows).not.toEqual(before.rows)
    expect(after.events - before.events).toBe(row.events)
    if (who !== 'installation' && who !== 'foreign') world = await aWorld()
  } else {
    expect(after).toEqual(before)
    known = after
  }
}

test('every loader and action of every route has a row, and every row a route', () => {
  const handlers = [...routes].flatMap(([route, module]) =>
    (['loader', 'action'] as const).filter((method) => module[method]).map((method) => `${route} ${method}`),
  )
  expect([...new Set(ROWS.map((row) => `${row.route} ${row.method}`))].sort()).toEqual(handlers.sort())
})

describe.each(ROWS.map((row) => [`${row.method} of ${row.route}${row.about && `, ${row.about}`}`, row] as const))('%s', (_, row) => {
  // refusals first: they leave the world as it is
  const changing = (who: Who) => row.outcomes[who] === 'done'
  test.each([...WHO].sort((a, b) => Number(changing(a)) - Number(changing(b))).map((who) => [who, row.outcomes[who]] as const))(
    '%s: %s',
    (who) => check(row, who),
  )
})

import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { atInstant } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { aCourse, aPerson, aProject, aService, aSession, aTraining, enrolled, somebody } from '../factories'
import { call } from '../http'

const NOW = new Date('2026-11-10T09:00:00Z')
/** An hour after the session that is marked: later a mark needs a reason. */
const AFTERWARDS = new Date('2026-11-02T15:00:00Z')
const FEW = 2
const MANY = 60

/** Every statement sent within a call, the driver's own beginnings and ends of transactions among them. */
const counted = new AsyncLocalStorage<string[]>()
const send = pg.Client.prototype.query as (this: pg.Client, ...args: unknown[]) => unknown
;(pg.Client.prototype as { query: unknown }).query = function (this: pg.Client, ...args: unknown[]) {
  const [statement] = args
  const text = typeof statement === 'string' ? statement : String((statement as { text?: string } | undefined)?.text)
  // news told to other processes after the commit go when they go
  if (!text.includes('pg_notify')) counted.getStore()?.push(text)
  return send.apply(this, args)
}

type World = Awaited<ReturnType<typeof world>>
async function world(rows: number) {
  const base = await aTraining({ people: rows, capacity: 100 })
  const { municipalityId, training, session, coordinator, people, trainer } = { ...base, session: base.sessions[0]! }
  const project = await aProject(municipalityId)
  await inMunicipality({ municipalityId }, (tx) => tx.training.update({ where: { id: training.id }, data: { projectId: project.id } }))
  await atInstant(AFTERWARDS, async () => {
    const marks = people.map(({ id }) => ({ personId: id, typed: { mark: 'present' as const, lateMinutes: 0, leftEarlyMinutes: 0 } }))
    await recordAttendance(coordinator.actor, {
      trainingId: training.id,
      sessionId: session.id,
      seen: '0',
      key: crypto.randomUUID(),
      rows: marks,
      markRestPresent: false,
    })
  })
  await atInstant(NOW, () => issueCertificates(coordinator.actor, training.id, null, null))
  for (let i = 1; i < rows; i++) {
    const course = await aCourse(municipalityId)
    const coming = await inMunicipality({ municipalityId }, (tx) =>
      tx.training.create({
        data: {
          municipalityId,
          courseId: course.id,
          projectId: project.id,
          trainerAccountId: trainer.accountId,
          place: 'Зала',
          capacity: 5,
        },
      }),
    )
    const day = new Date(Date.UTC(2026, 10, 10 + Math.floor(i / 8), 6 + (i % 8)))
    await aSession(municipalityId, coming, { startsAt: day.toISOString(), endsAt: new Date(+day + 3_000_000).toISOString() })
    await enrolled(municipalityId, coming.id, (await aPerson(municipalityId, { service: base.service })).id, 'requested')
    await aService(municipalityId, { annexes: [7, 8] })
    await aProject(municipalityId)
    await somebody(municipalityId, 'employee')
  }
  return { ...base, session, project }
}

let few: World
let many: World
beforeAll(async () => {
  ;[few, many] = [await world(FEW), await world(MANY)]
})

type Page = [string, string, (w: World) => { path: string; params?: Record<string, string> }]
const list = (name: string, path: string): Page => [name, path, () => ({ path })]
const PAGES: Page[] = [
  list('_app._index', '/'),
  list('_app', '/'),
  list('_app.trainings._index', '/trainings?view=all'),
  list('_app.trainings._index', '/trainings?q=курс'),
  list('_app.trainings.new', '/trainings/new'),
  list('_app.sheets', '/sheets'),
  list('_app.sheets', '/sheets?q=курс&state=open'),
  ...['', '.attendance', '.certificates', '.enrol', '.edit', '.sessions.new'].map((page): Page => [
    `_app.trainings.$trainingId${page || '._index'}`,
    `/trainings/…${page}`,
    (w) => ({ path: `/trainings/${w.training.id}`, params: { trainingId: w.training.id } }),
  ]),
  list('_app.staff._index', '/staff'),
  list('_app.staff._index', '/staff?q=име'),
  ['_app.staff.$personId._index', '/staff/…', (w) => ({ path: '/staff/x', params: { personId: w.people[0]!.id } })],
  list('_app.staff.new', '/staff/new'),
  list('_app.services._index', '/services'),
  list('_app.courses._index', '/courses'),
  list('_app.projects._index', '/projects'),
  ...['_index', 'persons', 'attendances'].map((page): Page => [
    `_app.projects.$projectId.${page}`,
    `/projects/…/${page}`,
    (w) => ({ path: '/projects/x', params: { projectId: w.project.id } }),
  ]),
  list('_app.certificates._index', '/certificates'),
]
const BY_ADMIN: Page[] = [
  list('_app.admin.accounts._index', '/admin/accounts'),
  list('_app.admin.accounts.new', '/admin/accounts/new'),
  list('_app.admin.audit', '/admin/audit'),
]

const modules = import.meta.glob<Record<string, never>>('../../app/routes/*.{ts,tsx}')
const routeOf = (name: string) => modules[`../../app/routes/${name}.tsx`]!()

async function statements(run: () => Promise<unknown>, at = NOW): Promise<string[]> {
  const sent: string[] = []
  await counted.run(sent, () => atInstant(at, run))
  return sent
}

async function load([name, , at]: Page, w: World, as: { cookie: string }) {
  const route = await routeOf(name)
  const { path, params } = at(w)
  let status = 0
  const sent = await statements(async () => {
    status = (await call(route['loader']!, path, { as, ...(params ? { params } : {}) })).status
  })
  expect(status).toBe(200)
  expect(sent.length).toBeGreaterThan(0)
  return sent
}

test('statements are counted: one look at who is asking, then the page’s own', async () => {
  const sent = await load(list('_app.courses._index', '/courses'), few, few.coordinator)
  expect(sent.filter((one) => one.includes('resolve_login_session'))).toHaveLength(1)
  expect(sent.filter((one) => one.includes('app.municipalities'))).toHaveLength(1)
  expect(sent.some((one) => one.includes('"Course"'))).toBe(true)
})

test('a question asked for each row would be noticed', async () => {
  const each = (w: World) =>
    statements(() =>
      inMunicipality(w, async (tx) => {
        for (const { id } of w.people) await tx.person.findUnique({ where: { id } })
      }),
    )
  expect((await each(many)).length - (await each(few)).length).toBe(MANY - FEW)
})

describe('as many statements for sixty rows as for two', () => {
  test.each(PAGES.map((page) => [page[1], page[0], page] as const))('%s (%s), for the coordinator', async (_, __, page) => {
    const [two, sixty] = [await load(page, few, few.coordinator), await load(page, many, many.coordinator)]
    expect(sixty).toHaveLength(two.length)
  })

  test.each(BY_ADMIN.map((page) => [page[1], page] as const))('%s, for the administrator', async (_, page) => {
    const [two, sixty] = [await load(page, few, few.admin), await load(page, many, many.admin)]
    expect(sixty).toHaveLength(two.length)
  })

  test.each(['employee', 'trainer', 'manager'] as const)('the home and the list of trainings, for the %s', async (role) => {
    for (const page of [list('_app._index', '/'), list('_app.trainings._index', '/trainings?view=all')])
      expect(await load(page, many, many[role])).toHaveLength((await load(page, few, few[role])).length)
  })

  test('/trainings/…/nominate, for the manager', async () => {
    const page: Page = ['_app.trainings.$trainingId.nominate', '', (w) => ({ path: '/trainings/x', params: { trainingId: w.training.id } })]
    expect(await load(page, many, many.manager)).toHaveLength((await load(page, few, few.manager)).length)
  })

  test('saving the roster', async () => {
    const { action } = await routeOf('_app.trainings.$trainingId.attendance')
    const save = (w: World) =>
      statements(async () => {
        const marks = Object.fromEntries(w.people.map(({ id }) => [`mark.${id}`, 'absent']))
        const form = { sessionId: w.session.id, seen: '999999999', intent: 'save', _key: crypto.randomUUID(), ...marks }
        const answer = await call(action!, `/trainings/${w.training.id}/attendance`, {
          as: w.coordinator,
          params: { trainingId: w.training.id },
          form,
        })
        expect(answer).toMatchObject({ status: 302, location: `/trainings/${w.training.id}/attendance?session=${w.session.id}` })
      }, AFTERWARDS)
    const [two, sixty] = [await save(few), await save(many)]
    expect(sixty).toHaveLength(two.length)
    for (const w of [few, many])
      expect(await inMunicipality(w, (tx) => tx.attendance.count({ where: { mark: 'absent' } }))).toBe(w.people.length)
  })
})

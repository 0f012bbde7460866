import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { checkIn } from '~/domain/check-in/check-in.server'
import { codeAt } from '~/domain/check-in/codes.server'
import { ticketFor } from '~/domain/check-in/ticket.server'
import { atInstant } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { aTraining, type Somebody } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { Line } from './line'
import { Visitor } from './visitor'

const MINUTE = 60_000
let app: RunningApp
let line: Line
let browser: Browser
beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp(), launchBrowser()])
  line = await Line.to(Number(new URL(app.baseUrl).port))
})
afterEach(() => line.be('up'))
afterAll(async () => {
  await browser?.close()
  await line?.close()
  await app?.stop()
})

const aRoom = (from: number, to: number, people = 2) =>
  aTraining({
    people,
    capacity: people,
    sessions: [{ startsAt: new Date(Date.now() + from * MINUTE).toISOString(), endsAt: new Date(Date.now() + to * MINUTE).toISOString() }],
  })

async function visitor(who: Somebody, baseUrl = app.baseUrl) {
  const made = await Visitor.enter(browser, baseUrl)
  const [name, value] = who.cookie.split('=') as [string, string]
  await made.context.addCookies([{ name, value, url: baseUrl }])
  return made
}

test.each([
  ['the login is over', async (_: Awaited<ReturnType<typeof aRoom>>, screen: Visitor) => screen.context.clearCookies({ name: 'session' })],
  [
    'the training was given to somebody else',
    async (w: Awaited<ReturnType<typeof aRoom>>) => {
      await inMunicipality(w.coordinator.actor, (tx) =>
        tx.training.update({ where: { id: w.training.id }, data: { trainerAccountId: w.otherTrainer.accountId } }),
      )
    },
  ],
])('a screen whose line was cut and which may not look any more says so: %s', async (_, change) => {
  const w = await aRoom(-10, 60)
  const screen = await visitor(w.trainer, line.baseUrl)
  await screen.go(`/sessions/${w.sessions[0]!.id}/screen`, w.course.title)
  line.be('down')
  await screen.page.getByText('Няма връзка със сървъра').waitFor()
  await change(w, screen)
  line.be('up')
  await screen.page.getByText('Вече нямате достъп до този екран или входът Ви е изтекъл.').waitFor()
  await screen.page.getByText('Няма връзка със сървъра').waitFor({ state: 'hidden' })
  await screen.context.close()
})

test('a screen whose line was cut goes on when it is back', async () => {
  const w = await aRoom(-10, 60)
  const screen = await visitor(w.trainer, line.baseUrl)
  await screen.go(`/sessions/${w.sessions[0]!.id}/screen`, w.course.title)
  line.be('down')
  await screen.page.getByText('Няма връзка със сървъра').waitFor()
  line.be('up')
  await screen.page.getByText('Няма връзка със сървъра').waitFor({ state: 'hidden' })
  await screen.seesNot('Вече нямате достъп')
  await screen.context.close()
})

test('a list longer than the wall is scrolled by keyboard', async () => {
  const w = await aRoom(-10, 60, 60)
  await recordAttendance(w.trainer.actor, {
    trainingId: w.training.id,
    sessionId: w.sessions[0]!.id,
    seen: '0',
    key: randomUUID(),
    rows: [],
    markRestPresent: true,
  })
  const screen = await visitor(w.trainer)
  await screen.go(`/sessions/${w.sessions[0]!.id}/screen`, w.course.title)
  const list = screen.page.getByRole('list', { name: 'Отбелязани' })
  expect(await list.getByRole('listitem').count()).toBe(60)
  const scrolled = () => list.evaluate((one) => one.scrollTop)
  expect(await scrolled()).toBe(0)
  const isThere = () => list.evaluate((one) => one === document.activeElement)
  for (let presses = 0; presses < 12 && !(await isThere()); presses++) await screen.page.keyboard.press('Tab')
  expect(await isThere()).toBe(true)
  await screen.page.keyboard.press('End')
  await expect.poll(scrolled).toBeGreaterThan(100)
  screen.requireNoFaults()
})

test('who goes out too late is told that it does not count, and tells the trainer', async () => {
  const w = await aRoom(-120, -40)
  const sessionId = w.sessions[0]!.id
  await inMunicipality(w.coordinator.actor, (tx) => tx.session.update({ where: { id: sessionId }, data: { hasCheckOut: true } }))
  const scannedAt = new Date(Date.now() - 110 * MINUTE)
  const ticket = ticketFor(w.employee.accountId, { sessionId, code: 'ABE234', source: 'qr', at: scannedAt })
  expect(await atInstant(scannedAt, () => checkIn(w.employee.actor, sessionId, ticket, 'check_in'))).toEqual({ is: 'recorded' })
  const phone = await visitor(w.employee)
  await phone.go(`/sessions/${sessionId}/check-in?code=${codeAt(sessionId, 20, new Date()).code}`, 'Присъствието Ви е отбелязано')
  await phone.sees('Излизането не може да се отбележи', 'Излизане се отбелязва до половин час след края на занятието.')
  await phone.seesNot('Когато си тръгвате')
  await phone.press('Съобщи на обучителя, че излизам', { text: 'може да отбележи излизането Ви' })
  await phone.seesNot('Когато си тръгвате', 'Съобщи на обучителя')
  phone.requireNoFaults()
  const trainer = await visitor(w.trainer)
  await trainer.go(`/trainings/${w.training.id}/attendance?session=${sessionId}`, 'Присъствие')
  await trainer.sees('Незачетени', new RegExp(`${w.people[0]!.familyName}.*сканирал/а в .* след края`))
})

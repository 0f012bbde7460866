import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { inMunicipality } from '~/platform/db.server'
import { aTraining, withPassword, type Somebody } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { Line } from './line'
import { Phone } from './phone'
import { PASSWORD } from './town'
import { Visitor } from './visitor'

const MINUTE_MS = 60_000
const THERE = 'Присъствал/а'
const NOT_THERE = 'Отсъствал/а'

let app: RunningApp
let line: Line
let browser: Browser
let w: Awaited<ReturnType<typeof aTraining>>
let roster: string
const opened: { throwAway(): Promise<void> }[] = []

beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp(), launchBrowser()])
  line = await Line.to(Number(new URL(app.baseUrl).port))
})
beforeEach(async () => {
  line.be('up')
  const at = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS).toISOString()
  w = await aTraining({ people: 3, sessions: [{ startsAt: at(-30), endsAt: at(90) }] })
  await withPassword(w.trainer.accountId, PASSWORD)
  roster = `/trainings/${w.training.id}/attendance?session=${w.sessions[0]!.id}`
})
afterAll(async () => {
  for (const one of opened) await one.throwAway()
  await browser?.close()
  await line?.close()
  await app?.stop()
})

const claims = () =>
  inMunicipality(w.coordinator.actor, (tx) =>
    tx.attendanceClaim.findMany({ where: { sessionId: w.sessions[0]!.id }, orderBy: { id: 'asc' } }),
  )

async function visitor(who: Somebody) {
  const made = await Visitor.enter(browser, app.baseUrl)
  opened.push({ throwAway: () => made.context.close() })
  const [name, value] = who.cookie.split('=') as [string, string]
  await made.context.addCookies([{ name, value, url: app.baseUrl }])
  return made
}

/** The trainer's phone, with the roster opened while there was a line. */
async function trainersPhone() {
  const phone = await Phone.of(line.baseUrl)
  opened.push(phone)
  await phone.signIn(w.trainer.login, roster)
  await phone.isKept(roster)
  return phone
}

test('two phones and a screen: one phone loses its line, is closed and comes back; what both said is there once, side by side', async () => {
  const [first, second] = w.people.map((one) => one.familyName!) as [string, string]
  const screen = await visitor(w.coordinator)
  const scanning = await visitor(w.employee)
  const phone = await trainersPhone()
  await screen.go(`/sessions/${w.sessions[0]!.id}/screen`, w.course.title)
  await screen.sees('0 от 3')
  const listed = (name: string) => screen.page.locator('.room-list li', { hasText: name })

  line.be('down')
  await phone.mark(first, NOT_THERE)
  await phone.mark(second, THERE)
  await phone.save()
  await phone.sees('2 отметки чакат изпращане')
  await phone.turnOff()

  const code = (await screen.page.locator('.room-signs').innerText()).replace('-', '')
  await scanning.go(`/sessions/${w.sessions[0]!.id}/check-in?code=${code}`, 'Потвърдете присъствието си')
  await scanning.press('Потвърждавам присъствието си', 'Присъствието Ви е отбелязано')
  await scanning.sees(w.course.title, /Отбелязано в \d{2}:\d{2}/)
  await listed(first).waitFor()
  await screen.sees('1 от 3')
  expect((await claims()).map(({ kind }) => kind)).toEqual(['check_in'])

  line.be('up')
  await phone.turnOn()
  await phone.open(roster)
  await phone.isEmptied()
  await listed(second).waitFor()
  const made = await claims()
  expect(made.map(({ kind, personId, mark }) => [kind, personId, mark]).sort()).toEqual(
    [
      ['check_in', w.people[0]!.id, null],
      ['mark', w.people[0]!.id, 'absent'],
      ['mark', w.people[1]!.id, 'present'],
    ].sort(),
  )
  await phone.reload()
  await phone.sees('При 1 участник отметките си противоречат')
  await phone.isMarked(second, THERE)
  phone.requireNoFaults()
  screen.requireNoFaults()
  scanning.requireNoFaults()
})

test('with no page open the worker sends what waits when the browser tells it that the line is back', async () => {
  const phone = await trainersPhone()
  line.be('down')
  await phone.mark(w.people[2]!.familyName!, THERE)
  await phone.save()
  await phone.sees('1 отметка чака изпращане')
  await phone.page.goto('about:blank')
  line.be('up')
  const before = await claims()
  expect(before).toEqual([])
  // a browser asks again while the worker says that it could not send, as when an earlier try without a line has not given up yet
  const arrived = () => phone.lineIsBack().then(async () => (await claims()).map(({ personId }) => personId))
  await expect.poll(arrived, { interval: 1_000 }).toEqual([w.people[2]!.id])
  await phone.open(roster)
  await phone.isEmptied()
  expect(await claims()).toHaveLength(1)
  phone.requireNoFaults()
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inMunicipality } from '~/platform/db.server'
import { aTraining, withPassword } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { day } from './calendar'
import { Line } from './line'
import { PASSWORD } from './town'
import { Visitor } from './visitor'

const LOST = 'Не е сигурно, че въведеното е записано. Пазим го, докато не затворите страницата.'
const STAYS = 'Няма връзка с интернет. Нищо не е изпратено, въведеното остава тук.'
const RESTORED = 'Възстановихме това, което бяхте въвели'
const AGAIN = 'Опитайте отново'
const YESTERDAY = [{ startsAt: `${day(-1)}T07:00:00Z`, endsAt: `${day(-1)}T10:00:00Z` }]

let app: RunningApp
let browser: Browser
let line: Line
let w: Awaited<ReturnType<typeof aTraining>>

beforeAll(async () => {
  ;[app, browser, w] = await Promise.all([startApp(), launchBrowser(), aTraining({ people: 3, sessions: YESTERDAY })])
  line = await Line.to(Number(new URL(app.baseUrl).port))
  for (const { accountId } of [w.coordinator, w.trainer]) await withPassword(accountId, PASSWORD)
})
beforeEach(() => line.be('up'))
afterAll(async () => {
  await browser?.close()
  await line?.close()
  await app?.stop()
})

const staffNamed = (givenName: string) =>
  inMunicipality({ municipalityId: w.municipalityId }, (tx) => tx.person.count({ where: { givenName } }))

async function as(login: string, run: (visitor: Visitor) => Promise<void>) {
  const visitor = await Visitor.enter(browser, line.baseUrl)
  try {
    await visitor.signIn(login, PASSWORD)
    await run(visitor)
  } finally {
    await visitor.context.close()
  }
}

/** A new employee's form, filled in and not yet sent. */
async function filledIn(visitor: Visitor, name: string) {
  await visitor.go('/staff/new', 'Нов служител')
  await visitor.fill({ 'Име (собствено)': name, Фамилия: 'Зад Баира' })
}
const click = (visitor: Visitor, name: string) => visitor.button(name).first().click()
const comes = (visitor: Visitor, text: string) => visitor.page.getByText(text).first().waitFor()
const openAgain = (visitor: Visitor) => visitor.page.getByRole('link', { name: AGAIN }).click()
const seesFilledIn = async (visitor: Visitor, name: string) => {
  expect(await visitor.control('Име (собствено)').inputValue()).toBe(name)
  expect(await visitor.control('Фамилия').inputValue()).toBe('Зад Баира')
}

describe('what was typed is not lost', () => {
  test('when the line is lost before the form arrives: its page begins with it, also after a second try in vain', () =>
    as(w.coordinator.login, async (visitor) => {
      await filledIn(visitor, 'Първан')
      line.be('down')
      await click(visitor, 'Запази')
      await comes(visitor, LOST)
      await Promise.all([visitor.page.waitForEvent('requestfailed'), openAgain(visitor)])
      await comes(visitor, LOST)
      line.be('up')
      await openAgain(visitor)
      await comes(visitor, RESTORED)
      await seesFilledIn(visitor, 'Първан')
      await visitor.press('Запази', 'Първан Зад Баира')
      expect(await staffNamed('Първан')).toBe(1)
      await visitor.go('/staff/new', 'Нов служител')
      await visitor.seesNot(RESTORED)
    }))

  test('when only the answer is lost: the same form sent again is the same employee', () =>
    as(w.coordinator.login, async (visitor) => {
      await filledIn(visitor, 'Вторан')
      line.be('deaf')
      await click(visitor, 'Запази')
      await comes(visitor, LOST)
      await expect.poll(() => staffNamed('Вторан')).toBe(1)
      line.be('up')
      await openAgain(visitor)
      await comes(visitor, RESTORED)
      await seesFilledIn(visitor, 'Вторан')
      await visitor.press('Запази', 'Вторан Зад Баира')
      expect(await staffNamed('Вторан')).toBe(1)
    }))

  test('nor what a field says of it: the hours of a course’s length', () =>
    as(w.coordinator.login, async (visitor) => {
      await visitor.go('/courses/new', 'Нов курс')
      await visitor.fill({ Заглавие: 'Курс зад баира', Вид: 'надграждащо', 'Времетраене в минути': '360' })
      line.be('down')
      await click(visitor, 'Запази')
      await comes(visitor, LOST)
      line.be('up')
      await openAgain(visitor)
      await comes(visitor, RESTORED)
      expect(await visitor.control('Времетраене в минути').inputValue()).toBe('360')
      await comes(visitor, 'Това са 8,0 ак. ч.')
    }))

  test('when the browser knows that there is no line: the form stays', () =>
    as(w.coordinator.login, async (visitor) => {
      await filledIn(visitor, 'Третан')
      await visitor.context.setOffline(true)
      await click(visitor, 'Запази')
      await comes(visitor, STAYS)
      expect(await visitor.page.evaluate(() => document.activeElement?.textContent)).toContain(STAYS)
      await seesFilledIn(visitor, 'Третан')
      await visitor.context.setOffline(false)
      await visitor.press('Запази', 'Третан Зад Баира')
      expect(await staffNamed('Третан')).toBe(1)
    }))

  test('when thirty rows were copied from paper', () =>
    as(w.trainer.login, async (visitor) => {
      const paper = `/trainings/${w.training.id}/attendance/paper?session=${w.sessions[0]!.id}`
      await visitor.go(paper, 'Хартия и присъствие')
      const rows = () => visitor.page.locator('.roster-rows fieldset')
      expect(await rows().count()).toBe(3)
      for (const row of await rows().all()) await row.getByLabel('Отсъствал/а').first().check()
      line.be('down')
      await click(visitor, 'Запази присъствието')
      await comes(visitor, LOST)
      line.be('up')
      await openAgain(visitor)
      await comes(visitor, RESTORED)
      for (const row of await rows().all()) expect(await row.getByLabel('Отсъствал/а').first().isChecked()).toBe(true)
      await click(visitor, 'Запази присъствието')
      await comes(visitor, 'Променени редове: 3')
    }))
})

test('a browser that wrongly believes in no line still sends its form', () =>
  as(w.coordinator.login, async (visitor) => {
    await visitor.page.addInitScript(() => Object.defineProperty(navigator, 'onLine', { get: () => false }))
    await filledIn(visitor, 'Четвъртан')
    await visitor.press('Запази', 'Четвъртан Зад Баира')
    expect(await staffNamed('Четвъртан')).toBe(1)
  }))

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aTraining, withPassword } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { day } from './calendar'
import { PASSWORD } from './town'
import { Visitor } from './visitor'

let app: RunningApp
let browser: Browser
let world: Awaited<ReturnType<typeof aTraining>>

beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp(), launchBrowser()])
  world = await aTraining({ people: 3, sessions: [{ startsAt: `${day(-1)}T07:00:00Z`, endsAt: `${day(-1)}T10:00:00Z` }] })
  for (const { accountId } of [world.trainer, world.coordinator]) await withPassword(accountId, PASSWORD)
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function trainerAtHome() {
  const visitor = await Visitor.enter(browser, app.baseUrl)
  await visitor.go('/login', 'Вход')
  const { keyboard } = visitor.page
  await visitor.control('Електронна поща или потребителско име').focus()
  await keyboard.type(world.trainer.login)
  await keyboard.press('Tab')
  await keyboard.type(PASSWORD)
  await keyboard.press('Enter')
  await visitor.arrive('Днес')
  return visitor
}
const focused = (visitor: Visitor) => visitor.page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.id)

test('the first key leads past the frame, and the focus goes into each new page', async () => {
  const visitor = await trainerAtHome()
  await visitor.go('/trainings', 'Обучения')
  const { page } = visitor
  const { keyboard } = page
  await keyboard.press('Tab')
  expect(await focused(visitor)).toBe('Към съдържанието')
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  expect(await page.evaluate(() => document.querySelector('main')!.contains(document.activeElement))).toBe(true)
  visitor.requireNoFaults()
})

test('menus open by Enter, close by Escape and give the focus back', async () => {
  const visitor = await trainerAtHome()
  const { page } = visitor
  const menu = page.locator('.shell-account')
  await menu.locator('summary').focus()
  await page.keyboard.press('Enter')
  expect(await menu.getAttribute('open')).not.toBeNull()
  await visitor.inspect()
  await page.keyboard.press('Tab')
  expect(await focused(visitor)).toBe('Моят профил')
  await page.keyboard.press('Escape')
  expect(await menu.getAttribute('open')).toBeNull()
  expect(await focused(visitor)).toContain('Профил')
  visitor.requireNoFaults()
})

test('a menu opened before the scripts have come stays open, and closes when the page changes', async () => {
  const visitor = await trainerAtHome()
  const { page } = visitor
  let letCome = () => {}
  const mayCome = new Promise<void>((resolve) => (letCome = resolve))
  await page.route('**/assets/*.js', async (route) => {
    await mayCome
    await route.continue()
  })
  await page.reload({ waitUntil: 'commit' })
  const menu = page.locator('.shell-account')
  await menu.locator('summary').click()
  letCome()
  await visitor.arrive('Днес')
  expect(await menu.getAttribute('open')).not.toBeNull()
  await visitor.press('Моят профил', 'Моят профил')
  expect(await menu.getAttribute('open')).toBeNull()
  visitor.requireNoFaults()
})

test('a roster is marked, guarded and saved without a mouse', async () => {
  const visitor = await trainerAtHome()
  const { page } = visitor
  await visitor.go(`/trainings/${world.training.id}/attendance`, 'Присъствие')
  const radios = page.locator('.roster-rows input[type=radio]')
  await radios.first().focus()
  for (const key of ['g', 'j', 'u']) await page.keyboard.press(key)
  await visitor.sees('3 от 3 отбелязани')
  const marks = await page.locator('.roster-rows input:checked').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
  expect(marks).toEqual(['present', 'absent', 'excused'])
  await page.keyboard.press('ArrowLeft')
  expect(await page.locator('.roster-rows fieldset').nth(2).getByLabel('Отсъствал/а').isChecked()).toBe(true)

  await page.getByRole('link', { name: 'Обучения' }).first().focus()
  await page.keyboard.press('Enter')
  await visitor.arrive({ text: 'Имате незапазени отметки' })
  expect(await focused(visitor)).toBe('Остани')
  await page.keyboard.press('Escape')
  await visitor.sees('3 от 3 отбелязани')

  await page.locator('.roster-bar .button-primary').focus()
  await page.keyboard.press('Enter')
  await visitor.arrive({ text: 'Присъствието е записано' })
  visitor.requireNoFaults()
})

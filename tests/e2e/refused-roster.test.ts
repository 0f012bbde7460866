import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { inMunicipality } from '~/platform/db.server'
import { aPerson, aTraining, enrolled, withPassword } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { day } from './calendar'
import { PASSWORD } from './town'
import { Visitor } from './visitor'

const [THERE, AWAY, EXCUSED] = ['Присъствал/а', 'Отсъствал/а', 'По уважителна причина']
const SAVE = 'Запази присъствието'
const SAVED = { text: /Присъствието е записано/ }
const RESTORED = 'Възстановихме това, което бяхте въвели'
const DIFFERENTLY = { text: /Докато попълвахте, друг е отбелязал по различен начин/ }
const NOWHERE = /Не затваряйте страницата и запазете отново, когато връзката се върне/
const EVERYTHING = '9'.repeat(18)
type Word = 'present' | 'absent' | 'excused'

let app: RunningApp
let browser: Browser
beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** Three people in a training with two sessions yesterday; the first two were absent from the first of them. */
async function aSheet() {
  const sessions = ['07', '11'].map((hour) => ({ startsAt: `${day(-1)}T${hour}:00:00Z`, endsAt: `${day(-1)}T${hour}:45:00Z` }))
  const w = await aTraining({ people: 3, sessions })
  await withPassword(w.trainer.accountId, PASSWORD)
  const [first, second] = w.sessions.map(({ id }) => id) as [string, string]
  const ids = w.people.map(({ id }) => id) as [string, string, string]
  /** What somebody else records meanwhile, who has seen everything. */
  const says = (marks: { [personId: string]: Word }) =>
    recordAttendance(w.coordinator.actor, {
      trainingId: w.training.id,
      sessionId: first,
      seen: EVERYTHING,
      key: randomUUID(),
      rows: Object.entries(marks).map(([personId, mark]) => ({ personId, typed: { mark, lateMinutes: 0, leftEarlyMinutes: 0 } })),
      markRestPresent: false,
    })
  await says({ [ids[0]]: 'absent', [ids[1]]: 'absent' })
  const stored = (sessionId: string) =>
    inMunicipality(w, async (tx) => {
      const rows = await tx.attendance.findMany({ where: { sessionId } })
      return ids.map((id) => rows.find(({ personId }) => personId === id)?.mark ?? null)
    })
  const base = `/trainings/${w.training.id}/attendance`
  return { ...w, first, second, ids, says, stored, base, names: w.people.map(({ familyName }) => familyName!) }
}
type Sheet = Awaited<ReturnType<typeof aSheet>>

const row = (visitor: Visitor, name: string) =>
  visitor.page.locator('.roster-rows fieldset').filter({ has: visitor.page.locator('legend', { hasText: name }) })
const mark = (visitor: Visitor, name: string, label: string) => row(visitor, name).getByLabel(label!).check()
const isMarked = async (visitor: Visitor, name: string, label: string | null) =>
  expect(await row(visitor, name).locator('label:has(input:checked)').allInnerTexts(), name).toEqual(label ? [label] : [])

async function signInAgain(visitor: Visitor, sheet: Sheet, expected: string) {
  await visitor.fill({ 'Електронна поща или потребителско име': sheet.trainer.login, Парола: PASSWORD })
  await visitor.press('Влез', expected)
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_, javaScript) => {
  async function asTrainer(run: (visitor: Visitor, sheet: Sheet) => Promise<void>) {
    const sheet = await aSheet()
    const visitor = await Visitor.enter(browser, app.baseUrl, { javaScript })
    try {
      await visitor.signIn(sheet.trainer.login, PASSWORD)
      await run(visitor, sheet)
      visitor.requireNoFaults()
    } finally {
      await visitor.context.close()
    }
  }

  test.each([
    ['roster', ''],
    ['paper roster', '/paper'],
  ])('on the %s two different words are settled by the second save, and nobody else’s word is lost', (_, path) =>
    asTrainer(async (visitor, sheet) => {
      const [a, b, c] = sheet.names as [string, string, string]
      await visitor.go(`${sheet.base}${path}?session=${sheet.first}`, sheet.course.title)
      await sheet.says({ [sheet.ids[0]]: 'present', [sheet.ids[1]]: 'excused' })
      await mark(visitor, b, THERE!)
      await mark(visitor, c, THERE!)
      await visitor.press(SAVE, DIFFERENTLY, { status: 409 })
      expect(await sheet.stored(sheet.first)).toEqual(['present', 'excused', null])
      await isMarked(visitor, a, THERE!)
      await isMarked(visitor, b, THERE!)
      await isMarked(visitor, c, THERE!)
      expect(await row(visitor, b).locator('legend').innerText()).toContain(`междувременно е записано: ${EXCUSED}`)
      expect(await row(visitor, a).locator('legend').innerText()).not.toContain('междувременно')
      if (javaScript) {
        await visitor.sees('2 незапазени промени')
        await row(visitor, b).getByRole('link', { name: 'История' }).click()
        await visitor.arrive({ text: 'Имате незапазени отметки' })
        await visitor.press('Остани', { text: '2 незапазени промени' })
        await isMarked(visitor, b, THERE!)
      }
      // the one in conflict is changed once more before the second save, which therefore speaks of something not yet shown
      await sheet.says({ [sheet.ids[1]]: 'absent' })
      await visitor.press(SAVE, DIFFERENTLY, { status: 409 })
      // the same sentence was there before: what is new is the word beside the row
      await expect.poll(() => row(visitor, b).locator('legend').innerText()).toContain(`междувременно е записано: ${AWAY}`)
      expect(await sheet.stored(sheet.first)).toEqual(['present', 'absent', null])
      await sheet.says({ [sheet.ids[0]]: 'excused' })
      await visitor.press(SAVE, SAVED)
      expect(await sheet.stored(sheet.first)).toEqual(['excused', 'present', 'present'])
      await isMarked(visitor, a, EXCUSED!)
    }),
  )

  const withScripts = () =>
    test('a refused roster that cannot be sent for want of a line stays as it is, and is settled when the line is back', () =>
      asTrainer(async (visitor, sheet) => {
        const [a, b, c] = sheet.names as [string, string, string]
        await visitor.go(`${sheet.base}?session=${sheet.first}`, sheet.course.title)
        await sheet.says({ [sheet.ids[0]]: 'present', [sheet.ids[1]]: 'excused' })
        await mark(visitor, b, THERE!)
        await mark(visitor, c, AWAY!)
        await visitor.press(SAVE, DIFFERENTLY, { status: 409 })
        await visitor.context.setOffline(true)
        await visitor.button(SAVE).first().click()
        await visitor.page.getByText(NOWHERE).waitFor()
        for (const [name, label] of [[a, THERE], [b, THERE], [c, AWAY]] as const) await isMarked(visitor, name, label!) // prettier-ignore
        await visitor.sees('2 незапазени промени')
        visitor.faults.splice(0) // the browser tells of the request without a line
        await visitor.context.setOffline(false)
        await visitor.press(SAVE, SAVED)
        expect(await sheet.stored(sheet.first)).toEqual(['present', 'present', 'absent'])
      }))
  // without JavaScript the browser's own page says that there is no line, and Back brings the form again
  if (javaScript) withScripts()

  test('a row that only others had changed can be changed after the refusal', () =>
    asTrainer(async (visitor, sheet) => {
      const [a, b] = sheet.names as [string, string]
      await visitor.go(`${sheet.base}?session=${sheet.first}`, sheet.course.title)
      await sheet.says({ [sheet.ids[0]]: 'present', [sheet.ids[1]]: 'excused' })
      await mark(visitor, b, THERE!)
      await visitor.press(SAVE, DIFFERENTLY, { status: 409 })
      await isMarked(visitor, a, THERE!)
      await mark(visitor, a, AWAY!)
      await visitor.press(SAVE, SAVED)
      expect(await sheet.stored(sheet.first)).toEqual(['absent', 'present', null])
    }))

  test('wrong minutes: what others recorded meanwhile stays', () =>
    asTrainer(async (visitor, sheet) => {
      const [, , c] = sheet.names as [string, string, string]
      await visitor.go(`${sheet.base}?session=${sheet.first}`, sheet.course.title)
      await sheet.says({ [sheet.ids[0]]: 'present' })
      await mark(visitor, c, THERE!)
      if (!(await row(visitor, c).getByLabel('Закъснял/а, мин.').isVisible())) await row(visitor, c).locator('summary').click()
      await row(visitor, c).getByLabel('Закъснял/а, мин.').fill('10')
      await mark(visitor, c, AWAY!)
      await visitor.press(SAVE, { text: 'Минути за закъснение или напускане се въвеждат само за присъствал участник' }, { status: 422 })
      await mark(visitor, c, THERE!)
      await visitor.press(SAVE, SAVED)
      expect(await sheet.stored(sheet.first)).toEqual(['present', 'absent', 'present'])
    }))

  test('a login that expires: the rows come back to their own session, are unsaved there, and overwrite nobody', () =>
    asTrainer(async (visitor, sheet) => {
      const [a, b, c] = sheet.names as [string, string, string]
      const tab = (index: number) => visitor.page.locator('nav.tabs a').nth(index)
      await visitor.go(`${sheet.base}?session=${sheet.first}`, sheet.course.title)
      await mark(visitor, c, EXCUSED!)
      await visitor.context.clearCookies({ name: 'session' })
      await visitor.press(SAVE, 'Вход')
      await sheet.says({ [sheet.ids[0]]: 'present' })
      await signInAgain(visitor, sheet, sheet.course.title)
      await visitor.sees(RESTORED)
      await isMarked(visitor, c, EXCUSED!)
      if (javaScript) {
        expect(await visitor.words()).toMatch(/незапазен/)
        await tab(1).click()
        await visitor.press('Напусни', { text: '0 от 3 отбелязани' })
      } else {
        await tab(1).click()
        await visitor.arrive({ text: '0 от 3 отбелязани' })
      }
      await visitor.seesNot(RESTORED)
      await isMarked(visitor, c, null)
      await mark(visitor, b, AWAY!)
      await visitor.press(SAVE, SAVED)
      expect(await sheet.stored(sheet.second)).toEqual([null, 'absent', null])
      expect(await sheet.stored(sheet.first)).toEqual(['present', 'absent', null])
      await isMarked(visitor, a, null)
      // the other session was saved, and this one still waits
      await tab(0).click()
      await visitor.arrive({ text: RESTORED })
      await isMarked(visitor, c, EXCUSED!)
      await visitor.press(SAVE, SAVED)
      await visitor.seesNot(RESTORED)
      expect(await sheet.stored(sheet.first)).toEqual(['present', 'absent', 'excused'])
    }))

  test('what was restored is saved into its session and leaves the words of others', () =>
    asTrainer(async (visitor, sheet) => {
      await visitor.go(`${sheet.base}?session=${sheet.first}`, sheet.course.title)
      await mark(visitor, sheet.names[2]!, EXCUSED!)
      await visitor.context.clearCookies({ name: 'session' })
      await visitor.press(SAVE, 'Вход')
      await sheet.says({ [sheet.ids[0]]: 'present' })
      await signInAgain(visitor, sheet, sheet.course.title)
      await visitor.press(SAVE, SAVED)
      expect(await sheet.stored(sheet.first)).toEqual(['present', 'absent', 'excused'])
    }))

  test('the page of one person: a new mark is drawn after the refusal, and the second save counts', () =>
    asTrainer(async (visitor, sheet) => {
      const name = sheet.names[0]!
      await visitor.go(`${sheet.base}/${sheet.ids[0]}?session=${sheet.first}`, name)
      await sheet.says({ [sheet.ids[0]]: 'present' })
      await visitor.fill({ [EXCUSED!]: true })
      await visitor.press('Запази отметката', { text: 'за този участник е постъпила нова отметка' }, { status: 409 })
      expect(await visitor.page.locator('ol.timeline > li').count()).toBe(2)
      expect(await visitor.page.getByLabel(EXCUSED!).isChecked()).toBe(true)
      expect(await sheet.stored(sheet.first)).toEqual(['present', 'absent', null])
      await visitor.press('Запази отметката', 'Присъствие')
      expect(await sheet.stored(sheet.first)).toEqual(['excused', 'absent', null])
    }))

  test('the page of one person: what was typed for one session is not for the other, nor over a word it has not shown', () =>
    asTrainer(async (visitor, sheet) => {
      const page = (session: string) => `${sheet.base}/${sheet.ids[0]}?session=${session}`
      const name = sheet.names[0]!
      await visitor.go(page(sheet.first), name)
      await visitor.fill({ [EXCUSED!]: true })
      await visitor.context.clearCookies({ name: 'session' })
      await visitor.press('Запази отметката', 'Вход')
      await sheet.says({ [sheet.ids[0]]: 'present' })
      await signInAgain(visitor, sheet, name)
      await visitor.sees(RESTORED)
      await visitor.go(page(sheet.second), name)
      await visitor.seesNot(RESTORED)
      expect(await visitor.page.getByLabel(EXCUSED!).isChecked()).toBe(false)
      await visitor.go(page(sheet.first), name)
      await visitor.press('Запази отметката', { text: 'за този участник е постъпила нова отметка' }, { status: 409 })
      expect(await sheet.stored(sheet.first)).toEqual(['present', 'absent', null])
    }))

  test('a file: its preview is drawn again after a wrong choice, a conflict and an expired login', () =>
    asTrainer(async (visitor, sheet) => {
      const [a] = sheet.ids
      for (const position of ['психолог', 'готвач']) {
        const person = await aPerson(sheet.municipalityId, { givenName: 'Ана', familyName: 'Близнакова', position })
        await enrolled(sheet.municipalityId, sheet.training.id, person.id)
      }
      const known = [sheet.people[0]!.givenName, sheet.names[0]].join(' ')
      const file = ['Име;Отметка', `${known};по уважителна причина`, 'Ана Близнакова;да', 'Ана Близнакова;да', 'Няма Такъв;да']
      const now = () => visitor.page.locator('tbody tr').filter({ hasText: sheet.names[0]! }).innerText()
      const choose = (row: number, person: number) => visitor.page.locator('select').nth(row).selectOption({ index: person })
      await visitor.go(`${sheet.base}/import?session=${sheet.first}`, 'Внасяне на отметки')
      const csv = { name: 'отметки.csv', mimeType: 'text/csv', buffer: Buffer.from(file.join('\n')) }
      await visitor.page.setInputFiles('input[type=file]', csv)
      await visitor.press('Прочети файла', { text: 'Какво ще бъде записано' })
      expect(await now()).toContain(AWAY)
      await choose(0, 1)
      await choose(1, 1)
      await visitor.press('Запиши отметките', { text: 'Това лице вече има отметка от друг ред на файла' }, { status: 422 })
      await visitor.sees('отметки.csv', 'Няма Такъв')
      expect(await visitor.page.locator('#f-who-4').count()).toBe(1)
      await choose(1, 2)
      await sheet.says({ [a]: 'present' })
      await visitor.press('Запиши отметките', DIFFERENTLY, { status: 409 })
      expect(await now()).toContain(THERE)
      await visitor.context.clearCookies({ name: 'session' })
      await visitor.press('Запиши отметките', 'Вход')
      await signInAgain(visitor, sheet, 'Внасяне на отметки')
      await visitor.sees(RESTORED, 'отметки.csv', 'Няма Такъв')
      expect(await sheet.stored(sheet.first)).toEqual(['present', 'absent', null])
      await visitor.press('Запиши отметките', 'Присъствие')
      await visitor.sees('Променени редове: 3')
      expect(await sheet.stored(sheet.first)).toEqual(['excused', 'absent', null])
    }))
})

import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSheet, writeClaims } from '~/domain/attendance/claims.server'
import { claimsOf } from '~/domain/attendance/read-claims.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { recountAttendance } from '~/domain/attendance/recount.server'
import { inMunicipality } from '~/platform/db.server'
import { aTraining, withPassword } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { day } from './calendar'
import { PASSWORD } from './town'
import { Visitor } from './visitor'

const YESTERDAY = [{ startsAt: `${day(-1)}T07:00:00Z`, endsAt: `${day(-1)}T10:00:00Z` }]
const LONG_AGO = [{ startsAt: `${day(-9)}T07:00:00Z`, endsAt: `${day(-9)}T10:00:00Z` }]

let app: RunningApp
let browser: Browser
beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** Three people, all marked by the trainer: the second absent, whom the coordinator then marks present without having seen that. */
async function aContradictingSheet() {
  const w = await aTraining({ people: 3, sessions: YESTERDAY })
  for (const { accountId } of [w.coordinator, w.trainer]) await withPassword(accountId, PASSWORD)
  const { id: sessionId } = w.sessions[0]!
  await recordAttendance(w.trainer.actor, {
    trainingId: w.training.id,
    sessionId,
    seen: '0',
    key: randomUUID(),
    rows: w.people.map(({ id }, index) => ({
      personId: id,
      typed: { mark: index === 1 ? 'absent' : 'present', lateMinutes: 0, leftEarlyMinutes: 0 },
    })),
    markRestPresent: false,
  })
  await inMunicipality(w.coordinator.actor, async (tx) => {
    const sheet = await findSheet(tx, w.coordinator.actor, sessionId, { lock: true })
    const draft = { personId: w.people[1]!.id, key: randomUUID(), mark: 'present', lateMinutes: 20, leftEarlyMinutes: 0 } as const
    await writeClaims(tx, w.coordinator.actor, sheet, await claimsOf(tx, sessionId), { kind: 'mark', source: 'paper' }, [
      { ...draft, basedOn: [] },
    ])
  })
  return { ...w, sessionId, roster: `/trainings/${w.training.id}/attendance?session=${sessionId}` }
}
const nameOf = ({ givenName, familyName }: { givenName: string; familyName: string | null }) => `${givenName} ${familyName}`

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_, javaScript) => {
  test('a contradiction is settled, the sheet is closed, corrected with a reason, and the correction stays visible', async () => {
    const w = await aContradictingSheet()
    const [first, second] = w.people
    const trainer = await Visitor.enter(browser, app.baseUrl, { javaScript })
    await trainer.signIn(w.trainer.login, PASSWORD)
    await trainer.sees('Присъствени списъци за приключване', 'противоречиви отметки')
    await trainer.go('/sheets', 'Присъствени списъци')
    await trainer.sees('1 отворен', '1 с противоречия', 'противоречиви отметки')

    // not before the contradiction is settled
    await trainer.go(w.roster.replace('attendance?', 'attendance/close?'), 'Приключване на списъка')
    await trainer.sees('Списъкът още не може да се приключи', 'С противоречиви отметки (1)', second!.familyName!)
    await trainer.press('Отбележи', nameOf(second!))
    await trainer.sees(
      'Отметките си противоречат',
      `Според ${w.trainer.actor.name}`,
      `Според ${w.coordinator.actor.name}`,
      'закъснение 20 мин.',
    )
    await trainer.press('Приеми тази отметка: Присъствал/а, закъснение 20 мин.', { text: 'Корекцията е записана' })
    await trainer.sees('Всички са отбелязани')

    await trainer.press('Приключи списъка', 'Приключване на списъка')
    await trainer.sees('3 в списъка', '3 присъствали', '0 отсъствали', 'Това не може да бъде отменено')
    await trainer.fill({ 'Вашето потвърждение': 'Потвърждавам присъствието на тримата.' })
    await trainer.press('Приключи списъка', { text: 'Списъкът за присъствие е приключен.' })
    await trainer.sees(`от ${w.trainer.actor.name}`, '„Потвърждавам присъствието на тримата.“')
    await trainer.seesNot('Запази присъствието', 'Всички присъстват')

    // a correction without a reason is sent back with what was typed
    const row = (visitor: Visitor) =>
      visitor.page.getByRole('group').filter({ has: visitor.page.locator('legend', { hasText: first!.familyName! }) })
    await trainer.press('Коригирай', nameOf(first!), { within: row(trainer) as never })
    await trainer.fill({ 'Отсъствал/а': true, Причина: ' ' })
    await trainer.press('Запиши корекцията', { text: 'Посочете защо присъствието се въвежда или променя впоследствие' }, { status: 422 })
    expect(await trainer.control('Отсъствал/а').isChecked()).toBe(true)
    await trainer.fill({ Причина: 'Подписът не е неин.' })
    await trainer.press('Запиши корекцията', { text: 'Корекцията е записана' })
    await trainer.sees(
      'коригирано, бел. 1',
      'Корекции след приключването',
      'преди – Присъствал/а; сега – Отсъствал/а; причина – Подписът не е неин.',
    )
    trainer.requireNoFaults()
    await trainer.context.close()

    const coordinator = await Visitor.enter(browser, app.baseUrl, { javaScript })
    await coordinator.signIn(w.coordinator.login, PASSWORD)
    await coordinator.go('/sheets?state=corrected', 'Присъствени списъци')
    await coordinator.sees('1 списък', 'приключен', 'коригиран', '3 от 3', '2 присъствали')
    await coordinator.go(w.roster, 'Присъствие')
    await coordinator.sees('коригирано, бел. 1', 'Подписът не е неин.')
    await coordinator.go('/admin/audit?check=attendance', 'Одитна следа')
    await coordinator.sees(
      'Присъствията са верни, а приключените списъци – непроменени. Проверени редове: 3, занятия: 1, приключени списъци: 1.',
    )
    coordinator.requireNoFaults()
    await coordinator.context.close()
    expect((await inMunicipality(w.coordinator.actor, (tx) => recountAttendance(tx, w.municipalityId))).faults).toEqual([])
  })

  test('a sheet filled in more than a week later asks why, and keeps the marks until it is told', async () => {
    const w = await aTraining({ people: 2, sessions: LONG_AGO })
    await withPassword(w.trainer.accountId, PASSWORD)
    const trainer = await Visitor.enter(browser, app.baseUrl, { javaScript })
    await trainer.signIn(w.trainer.login, PASSWORD)
    await trainer.go(`/trainings/${w.training.id}/attendance`, 'Присъствие')
    for (const person of await trainer.page.locator('.roster-rows fieldset').all()) await person.getByLabel('Отсъствал/а').check()
    await trainer.fill({ 'Причина за въвеждането впоследствие': ' ' })
    await trainer.press('Запази присъствието', { text: 'Посочете защо присъствието се въвежда' }, { status: 422 })
    for (const person of await trainer.page.locator('.roster-rows fieldset').all())
      expect(await person.getByLabel('Отсъствал/а').isChecked()).toBe(true)
    await trainer.fill({ 'Причина за въвеждането впоследствие': 'Обучителят беше болен.' })
    await trainer.press('Запази присъствието', { text: /Присъствието е записано/ })
    const claims = await inMunicipality(w.trainer.actor, (tx) => tx.attendanceClaim.findMany())
    expect(claims.map(({ source, reason }) => [source, reason])).toEqual(Array(2).fill(['late_entry', 'Обучителят беше болен.']))
    trainer.requireNoFaults()
    await trainer.context.close()
  })
})

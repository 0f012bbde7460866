import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import type { Visitor } from './visitor'
import { COURSE } from './town'
import type { Walk } from './walk'

type Step = (title: string, run: () => Promise<void>) => void

const row = (trainer: Visitor, name: string, position = ''): Locator =>
  trainer.page.getByRole('group').filter({ has: trainer.page.locator('legend', { hasText: name }).filter({ hasText: position }) })

const sessionTab = (trainer: Visitor, index: number) => trainer.page.locator('nav.tabs a').nth(index)

async function minutes(trainer: Visitor, of: Locator, values: { late?: string; early?: string }) {
  if ((await of.locator('details').getAttribute('open')) === null) await of.getByText('Закъснение, напускане', { exact: true }).click()
  if (values.late) await of.getByLabel('Закъснял/а, мин.').fill(values.late)
  if (values.early) await of.getByLabel('Напуснал/а по-рано, мин.').fill(values.early)
  await trainer.inspect()
}

/**
 * The two rosters. Attended of 360 minutes: the social worker 360, the psychologist 330 (late by 30), the driver 180 (absent once), the
 * therapist 285 after the first correction and 288, exactly 80 %, after the second.
 */
export function roster(walk: Walk, step: Step) {
  step('the trainer marks the first session by letters and minutes', async () => {
    const trainer = await walk.town.visitor('trainer')
    await trainer.go('/', 'Днес')
    await trainer.go(walk.held, COURSE)
    await trainer.press('Отбележи присъствие', 'Присъствие')
    await sessionTab(trainer, 0).click()
    await trainer.arrive({ text: 'почивки: 10:30\u2060–\u206010:45' })
    await trainer.sees('0 от 4 отбелязани', 'Съфинансирано от Европейския съюз')
    await trainer.seesNot('незапазен')
    if (walk.javaScript) await byKeyboard(trainer)
    else {
      for (const name of ['Райков', 'Петрова-Йовкова']) await row(trainer, name).getByLabel('Присъствал/а').check()
      await row(trainer, 'Георгиева', 'психолог').getByLabel('Присъствал/а').check()
      await row(trainer, 'Георгиева', 'рехабилитатор').getByLabel('По уважителна причина').check()
    }
    await trainer.press('Запази присъствието', { text: /Присъствието е записано/ })
    await trainer.sees('4 от 4 отбелязани')
  })

  step('leaving with unsaved marks is asked about', async () => {
    const trainer = await walk.town.visitor('trainer')
    const second = sessionTab(trainer, 1)
    if (!walk.javaScript) {
      await second.click()
      return trainer.arrive({ text: '0 от 4 отбелязани' })
    }
    await row(trainer, 'Райков').getByLabel('Отсъствал/а').check()
    await trainer.sees('1 незапазена промяна')
    await second.click()
    await trainer.arrive({ text: 'Имате незапазени отметки' })
    await trainer.press('Остани', { text: '1 незапазена промяна' })
    await second.click()
    await trainer.press('Напусни', { text: '0 от 4 отбелязани' })
  })

  step('the second session: everybody present but one, one late', async () => {
    const trainer = await walk.town.visitor('trainer')
    await row(trainer, 'Райков').getByLabel('Отсъствал/а').check()
    const psychologist = row(trainer, 'Георгиева', 'психолог')
    await psychologist.getByLabel('Присъствал/а').check()
    await minutes(trainer, psychologist, { late: '30' })
    await trainer.button('Всички присъстват').click()
    if (walk.javaScript) {
      await trainer.sees('4 от 4 отбелязани')
      await trainer.button('Запази присъствието').last().click()
    }
    await trainer.arrive({ text: /Присъствието е записано/ })
    await trainer.sees('4 от 4 отбелязани')
    expect(await row(trainer, 'Райков').getByLabel('Отсъствал/а').isChecked()).toBe(true)
    expect(await psychologist.getByLabel('Закъснял/а, мин.').inputValue()).toBe('30')
  })

  step('a mark is corrected twice, and the history keeps all', async () => {
    const trainer = await walk.town.visitor('trainer')
    await sessionTab(trainer, 0).click()
    const therapist = row(trainer, 'Георгиева', 'рехабилитатор')
    await trainer.arrive('Присъствие')
    expect(await therapist.getByLabel('По уважителна причина').isChecked()).toBe(true)
    await therapist.getByLabel('Присъствал/а').check()
    await minutes(trainer, therapist, { late: '30', early: '45' })
    await trainer.press('Запази присъствието', { text: /Присъствието е записано/ })
    await trainer.go(trainer.page.url(), 'Присъствие')
    expect(await therapist.getByLabel('Напуснал/а по-рано, мин.').inputValue()).toBe('45')
    await minutes(trainer, therapist, { late: '27' })
    await trainer.press('Запази присъствието', { text: /Присъствието е записано/ })
    await therapist.getByRole('link', { name: 'История' }).click()
    await trainer.arrive({ text: 'История на отметката' })
    await trainer.sees('закъснение 27 мин.', 'закъснение 30 мин.', 'напускане 45 мин. по-рано', 'По уважителна причина')
    await trainer.seesNot('Присъствието е записано')
  })
}

/** The letters as a Bulgarian keyboard sends them, and one as a Latin one does; each sets a mark and goes on to the next row. */
async function byKeyboard(trainer: Visitor) {
  const keys = await trainer.context.newCDPSession(trainer.page)
  const order = await trainer.page.locator('.roster-rows legend').allInnerTexts()
  await trainer.page.locator('.roster-rows input[type=radio]').first().focus()
  for (const name of order) {
    const key = name.includes('рехабилитатор') ? 'у' : name.includes('Райков') ? 'g' : 'п'
    await keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key })
    await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', key })
  }
  await trainer.sees('4 от 4 отбелязани', '4 незапазени промени')
}

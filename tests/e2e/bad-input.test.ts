import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inMunicipality } from '~/platform/db.server'
import { aTraining, somebody, withPassword } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { day, nextSkippedHour } from './calendar'
import { PASSWORD } from './town'
import { Visitor } from './visitor'

type World = Awaited<ReturnType<typeof aTraining>>
const MISTAKE = 'Има нещо за поправяне'
const YESTERDAY = [{ startsAt: `${day(-1)}T07:00:00Z`, endsAt: `${day(-1)}T10:00:00Z` }]

let app: RunningApp
let browser: Browser
let here: World
/** Another municipality the coordinator works in, and one that is none of his. */
let second: World
let foreign: World

beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp(), launchBrowser()])
  ;[here, second, foreign] = [await aTraining({ sessions: YESTERDAY }), await aTraining(), await aTraining()]
  for (const { accountId } of [here.coordinator, here.trainer]) await withPassword(accountId, PASSWORD)
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const staffNamed = (givenName: string) =>
  inMunicipality({ municipalityId: here.municipalityId }, (tx) => tx.person.count({ where: { givenName } }))

/** What an old browser lets through: the rules the server put into the fields are taken away. */
const withoutBrowserRules = (visitor: Visitor) =>
  visitor.page.evaluate(() => {
    for (const form of document.forms) form.noValidate = true
    for (const field of document.querySelectorAll('[maxlength]')) field.removeAttribute('maxlength')
  })

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_, javaScript) => {
  const ahead = javaScript ? 3 : 13
  const unique = (name: string) => `${name} ${javaScript ? 'А' : 'Б'}`

  async function asCoordinator(run: (visitor: Visitor) => Promise<void>) {
    const visitor = await Visitor.enter(browser, app.baseUrl, { javaScript })
    try {
      await visitor.signIn(here.coordinator.login, PASSWORD)
      await run(visitor)
      visitor.requireNoFaults()
    } finally {
      await visitor.context.close()
    }
  }
  async function newPerson(visitor: Visitor, names: Record<string, string>) {
    await visitor.go('/staff/new', 'Нов служител')
    await visitor.fill(names)
  }

  test('a login that expires in the middle of a form gives back what was typed', () =>
    asCoordinator(async (visitor) => {
      const name = unique('Изгора')
      await newPerson(visitor, { 'Име (собствено)': name, Фамилия: 'Недовършена' })
      await visitor.context.clearCookies({ name: 'session' })
      await visitor.press('Запази', 'Вход')
      await visitor.fill({ 'Електронна поща или потребителско име': here.coordinator.login, Парола: PASSWORD })
      await visitor.press('Влез', 'Нов служител')
      await visitor.sees('Възстановихме това, което бяхте въвели')
      expect(await visitor.control('Фамилия').inputValue()).toBe('Недовършена')
      await visitor.press('Запази', name)
      expect(await staffNamed(name)).toBe(1)
    }))

  test('the same form pressed twice is one person', () =>
    asCoordinator(async (visitor) => {
      const name = unique('Двойна')
      await newPerson(visitor, { 'Име (собствено)': name })
      await visitor.page.locator('main form .button-primary').dblclick()
      await visitor.arrive(name)
      expect(await staffNamed(name)).toBe(1)
    }))

  test('after Back the same person is asked about, and another one is made', () =>
    asCoordinator(async (visitor) => {
      const [first, other] = [unique('Първа'), unique('Втора')]
      await newPerson(visitor, { 'Име (собствено)': first })
      await visitor.press('Запази', first)
      await visitor.page.goBack()
      await visitor.arrive('Нов служител')
      await visitor.fill({ 'Име (собствено)': first })
      await visitor.press('Запази', { text: 'В списъка вече има служител с името' }, { status: 409 })
      expect(await staffNamed(first)).toBe(1)
      await visitor.fill({ 'Име (собствено)': other })
      await visitor.press('Запази', other)
      expect([await staffNamed(first), await staffNamed(other)]).toEqual([1, 1])
    }))

  const FORMS = {
    course: (title: string) => ({ Заглавие: title, Вид: 'друго', 'Времетраене в минути': '90' }),
    project: (title: string) => ({ Заглавие: title, 'Номер, както е изписан': title, Начало: '2026-01-15' }),
  }
  test.each([
    ['course', '/courses/new', 'Нов курс', 'Вече има курс', 'Вижте курса, който вече има'],
    ['project', '/projects/new', 'Нов проект', 'Вече има проект с този номер', 'Вижте проекта, който вече има'],
  ] as const)(
    'after Back and a reload the same %s sent again is asked about, and added when it is another one',
    (noun, path, form, asks, see) =>
      asCoordinator(async (visitor) => {
        const title = unique('Изпратено пак')
        const rows = () =>
          inMunicipality({ municipalityId: here.municipalityId }, (tx) =>
            noun === 'course' ? tx.course.count({ where: { title } }) : tx.project.count({ where: { title } }),
          )
        await visitor.go(path, form)
        await visitor.fill(FORMS[noun](title))
        await visitor.press('Запази', title)
        const first = new URL(visitor.page.url()).pathname
        await visitor.page.goBack()
        await visitor.page.reload()
        await visitor.arrive(form)
        await visitor.fill(FORMS[noun](title))
        await visitor.press('Запази', { text: asks }, { status: 409 })
        expect(await rows()).toBe(1)
        expect(await visitor.control('Заглавие').inputValue()).toBe(title)
        const link = visitor.page.getByRole('link', { name: see })
        expect(await link.getAttribute('href')).toBe(first)
        await visitor.fill({ 'Добави въпреки това': true })
        await visitor.press('Запази', title)
        expect(await rows()).toBe(2)
      }),
  )

  test('markup and formulas are no names of people; as the title of a course they are text', () =>
    asCoordinator(async (visitor) => {
      visitor.page.on('dialog', (dialog) => visitor.faults.push(`a script ran: ${dialog.message()}`))
      const [markup, formula] = ['<img src=x onerror=alert(1)>', `=HYPERLINK("http://evil.example") ${unique('')}`]
      await newPerson(visitor, { 'Име (собствено)': markup, Фамилия: formula })
      await visitor.press('Запази', { text: MISTAKE }, { status: 422 })
      await visitor.sees('Въведете името само с букви; разрешени са тире, апостроф и точка')
      expect(await visitor.control('Име (собствено)').inputValue()).toBe(markup)
      await visitor.go('/courses/new', 'Нов курс')
      await visitor.fill({
        Заглавие: `${markup}${formula}`,
        Вид: 'друго',
        'Времетраене в минути': '90',
        Материали: `<script>alert(1)</script>`,
      })
      await visitor.press('Запази', `${markup}${formula}`)
      await visitor.sees('<script>alert(1)</script>')
      await visitor.go('/courses?q=HYPERLINK', 'Курсове')
      await visitor.sees(markup)
    }))

  test('ten thousand characters are refused beside the field, and everything typed stays', () =>
    asCoordinator(async (visitor) => {
      await newPerson(visitor, { Фамилия: 'Запазена' })
      await withoutBrowserRules(visitor)
      await visitor.fill({ 'Име (собствено)': 'Я'.repeat(10_000) })
      await visitor.press('Запази', { text: MISTAKE }, { status: 422 })
      await visitor.sees('Съкратете текста: най-много 100 знака')
      expect((await visitor.control('Име (собствено)').inputValue()).length).toBe(10_000)
      expect(await visitor.control('Фамилия').inputValue()).toBe('Запазена')
    }))

  test('a session that ends before it starts, overlaps another, or begins at a skipped hour is refused beside its field', () =>
    asCoordinator(async (visitor) => {
      const [planned, dayAfter] = [day(ahead), day(ahead + 1)]
      await visitor.go('/trainings/new', 'Ново обучение')
      await visitor.fill({ Курс: here.course.title, Обучител: here.otherTrainer.actor.name, Място: 'Зала', 'Брой места': '5' })
      await visitor.press('Добави занятие', { text: 'Занятие 2' })
      const [one, two] = [1, 2].map((number) => visitor.page.getByRole('group', { name: `Занятие ${number}` })) as [never, never]
      await visitor.fill({ Дата: planned, Начало: '10:00', Край: '09:00' }, one)
      await visitor.press('Планирай обучение', { text: MISTAKE }, { status: 422 })
      await visitor.sees('Крайният час трябва да е след началния')
      await visitor.fill({ Дата: planned, Начало: '09:00', Край: '12:00' }, one)
      await visitor.fill({ Дата: planned, Начало: '11:00', Край: '13:00' }, two)
      await visitor.press('Планирай обучение', { text: 'се застъпва' }, { status: 409 })
      expect(await visitor.control('Място').inputValue()).toBe('Зала')
      await visitor.fill({ Дата: nextSkippedHour(), Начало: '03:30', Край: '05:00' }, two)
      await visitor.press('Планирай обучение', { text: 'Часът 03:30 не съществува на тази дата' }, { status: 422 })
      await visitor.fill({ Дата: dayAfter, Начало: '11:00', Край: '13:00' }, two)
      await visitor.press('Планирай обучение', here.course.title)
    }))

  test('a capacity that is no number, and a date that is none, keep the rest of the form', () =>
    asCoordinator(async (visitor) => {
      await visitor.go('/courses/new', 'Нов курс')
      await visitor.fill({ Заглавие: unique('Курс'), Вид: 'друго', 'Времетраене в минути': '0' })
      await withoutBrowserRules(visitor)
      await visitor.press('Запази', { text: MISTAKE }, { status: 422 })
      expect(await visitor.control('Заглавие').inputValue()).toBe(unique('Курс'))
    }))

  test('what belongs to another municipality is not there, unless one works in it', () =>
    asCoordinator(async (visitor) => {
      await visitor.go(`/trainings/${foreign.training.id}`, 'не беше намерена', { status: 404 })
      await visitor.seesNot(foreign.course.title)
      await visitor.go('/trainings/not-an-id', 'не беше намерена', { status: 404 })
      await visitor.press('Към началната страница', 'Днес')
      await visitor.go('/trainings?page=-3&view=xyz', 'Обучения')
    }))

  test('minutes longer than the session are refused beside the person, and every mark stays as typed', async () => {
    const visitor = await Visitor.enter(browser, app.baseUrl, { javaScript })
    await visitor.signIn(here.trainer.login, PASSWORD)
    await visitor.go(`/trainings/${here.training.id}/attendance`, 'Присъствие')
    const sets = visitor.page.locator('.roster-rows fieldset')
    await sets.nth(0).getByLabel('Присъствал/а').check()
    await sets.nth(1).getByLabel('Отсъствал/а').check()
    await sets.nth(0).getByText('Закъснение, напускане', { exact: true }).click()
    await sets.nth(0).getByLabel('Закъснял/а, мин.').fill('2000')
    await withoutBrowserRules(visitor)
    await visitor.press('Запази присъствието', { text: MISTAKE }, { status: 422 })
    expect(await sets.nth(0).getByLabel('Закъснял/а, мин.').inputValue()).toBe('2000')
    expect(await sets.nth(1).getByLabel('Отсъствал/а').isChecked()).toBe(true)
    visitor.requireNoFaults()
    await visitor.context.close()
  })
})

test('two tabs in two municipalities: the form of the first is not saved in the second, and nothing typed is lost', async () => {
  await somebody(second.municipalityId, 'coordinator', { accountId: here.coordinator.accountId })
  const visitor = await Visitor.enter(browser, app.baseUrl)
  await visitor.signIn(here.coordinator.login, PASSWORD)
  await visitor.go('/staff/new', 'Нов служител')
  await visitor.fill({ 'Име (собствено)': 'Раздвоена' })
  const other = await visitor.context.newPage()
  await other.goto('/')
  await other.locator('summary', { hasText: here.municipality.name }).click()
  await other.getByRole('button', { name: second.municipality.name }).click()
  await other.locator('summary', { hasText: second.municipality.name }).waitFor()
  await visitor.press('Запази', { text: 'Формулярът е отворен за друга община' }, { status: 409 })
  expect(await staffNamed('Раздвоена')).toBe(0)
  await visitor.press(`Превключи към ${here.municipality.name}`, 'Нов служител')
  expect(await visitor.control('Име (собствено)').inputValue()).toBe('Раздвоена')
  await visitor.press('Запази', 'Раздвоена')
  await visitor.go(`/trainings/${second.training.id}`, 'не беше намерена', { status: 404 })
  await visitor.press(`Превключи към ${second.municipality.name}`, second.course.title)
  visitor.requireNoFaults()
  await visitor.context.close()
})

test('a violation of the policy, an error in the console and an axe finding are all seen by the visitor', async () => {
  const visitor = await Visitor.enter(browser, app.baseUrl)
  await visitor.go('/login', 'Вход')
  await visitor.page.evaluate(() => document.body.setAttribute('style', 'width: 2000px'))
  await visitor.page.evaluate(
    () => (document.querySelector('h1')!.outerHTML = '<h1>Вход</h1><h2 class="alien">Нещо</h2><img src="/favicon.svg">'),
  )
  await visitor.inspect()
  const said = visitor.faults.join('\n')
  expect(said).toContain('Policy violated: style-src-attr')
  expect(said).toContain('image-alt')
  await visitor.context.close()
})

import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { day } from './calendar'
import { Visitor } from './visitor'

/** The whole cast of the walk. Nobody of them exists. */
export const PASSWORD = 'седем зелени охлюва'
export const LOGIN = {
  admin: 'admin@reka.test',
  coordinator: 'koordinator@reka.test',
  trainer: 'obuchitel@reka.test',
  manager: 'rakovoditel@reka.test',
  employee: 'a.yovkova',
} as const

export const PEOPLE = {
  ana: { given: 'Ана-Мария', middle: '', family: 'Петрова-Йовкова', position: 'социален работник' },
  maria: { given: 'Мария', middle: 'Иванова', family: 'Георгиева', position: 'психолог' },
  namesake: { given: 'Мария', middle: 'Иванова', family: 'Георгиева', position: 'рехабилитатор' },
  yordan: { given: 'Йордан', middle: '', family: 'Райков', position: 'шофьор' },
} as const
export const SERVICE = 'Дневна грижа „Извор“'
export const COURSE = 'Стандарти за качество на услугата'
export const PROJECT = 'Силен екип за община Река'

const SETUP_PAGE = 'Първоначална настройка'

/** One installation as it stands after its first start, a browser, and those who come to it. */
export class Town {
  readonly visitors = new Map<string, Visitor>()

  private constructor(
    readonly app: RunningApp,
    private readonly browser: Browser,
    readonly javaScript: boolean,
  ) {}

  static async open(javaScript: boolean): Promise<Town> {
    const [app, browser] = await Promise.all([startApp(), launchBrowser()])
    return new Town(app, browser, javaScript)
  }

  /** The same person comes back to the same browser; who comes for the first time is signed in to nothing. */
  async visitor(name: string): Promise<Visitor> {
    const known = this.visitors.get(name)
    if (known) return known
    const visitor = await Visitor.enter(this.browser, this.app.baseUrl, { javaScript: this.javaScript })
    this.visitors.set(name, visitor)
    return visitor
  }

  requireNoFaults() {
    expect([...this.visitors].flatMap(([name, visitor]) => visitor.faults.splice(0).map((fault) => `${name}: ${fault}`))).toEqual([])
  }

  async close() {
    await this.browser.close()
    await this.app.stop()
  }
}

/** The one-time code of the set-up, as the start has printed it. */
export const setupCode = (app: RunningApp) => /въведете кода (\S+)/.exec(app.output())![1]!

export async function setUp(admin: Visitor, code: string) {
  await admin.go('/setup', SETUP_PAGE)
  await admin.fill({
    'Код за настройка': code,
    'Вашето име': 'Адриана Ковачка',
    'Електронна поща или потребителско име': LOGIN.admin,
    Парола: PASSWORD,
    'Паролата още веднъж': PASSWORD,
    Община: 'Река',
    Област: 'Търговище',
    'Код на НСИ': 'tgv99',
  })
  await admin.press('Завърши настройката', 'Система')
}

/** The administrator invites somebody; returns the address of the link that is shown once. */
export async function invite(admin: Visitor, name: string, login: string, role: string, more: { service?: string; person?: string } = {}) {
  await admin.go('/admin/accounts/new', 'Покана на потребител')
  if (more.person) {
    await admin.fill({ 'Търсене на служител без профил': more.person })
    await admin.press('Търси', 'Покана на потребител')
    await admin.press(new RegExp(more.person), { text: 'Избран служител' })
  }
  await admin.fill({ Име: name, 'Име за вход': login, [role]: true, ...(more.service ? { [more.service]: true } : {}) })
  await admin.press('Покани', name)
  return admin.control('Еднократна връзка').inputValue()
}

/** Opens the link of an invitation, chooses a password and so comes in. */
export async function accept(visitor: Visitor, link: string) {
  await visitor.go(link, 'Добре дошли')
  await visitor.fill({ Парола: PASSWORD, 'Паролата още веднъж': PASSWORD })
  await visitor.press('Запази и влез', 'Днес')
}

export async function addPerson(coordinator: Visitor, person: (typeof PEOPLE)[keyof typeof PEOPLE], isNamesake = false) {
  await coordinator.go('/staff/new', 'Нов служител')
  await coordinator.fill({
    'Име (собствено)': person.given,
    'Бащино име': person.middle,
    Фамилия: person.family,
    'Място на работа': `${SERVICE} (Доставчик „Надежда“)`,
    Длъжност: person.position,
    'Категория персонал': 'основен специалист',
    От: '2024-01-15',
  })
  if (isNamesake) {
    await coordinator.press('Запази', { text: 'Има нещо за поправяне' }, { status: 409 })
    await coordinator.fill({ 'Това е друго лице със същото име': true })
  }
  await coordinator.press('Запази', person.family)
}

type Times = { date: string; from: string; to: string; break?: { from: string; to: string } }

/** Plans a training of the walk's course; further sessions get their fields from the server, one at a time. Returns its address. */
export async function planTraining(
  coordinator: Visitor,
  { work = 'Без проект', capacity, sessions }: { work?: string; capacity: number; sessions: Times[] },
) {
  await coordinator.go('/trainings/new', 'Ново обучение')
  await coordinator.fill({
    Курс: COURSE,
    'Проект и дейност': work,
    Обучител: 'Тодор Явашев',
    Място: 'Читалище „Пробуда“, зала 2',
    'Брой места': String(capacity),
  })
  for (const [index, times] of sessions.entries()) {
    if (index > 0) await coordinator.press('Добави занятие', { text: `Занятие ${index + 1}` })
    const row = coordinator.page.getByRole('group', { name: `Занятие ${index + 1}` })
    await coordinator.fill({ Дата: times.date, Начало: times.from, Край: times.to }, row)
    if (!times.break) continue
    const breaks = row.locator('details')
    if ((await breaks.getAttribute('open')) === null) await breaks.locator('summary').click()
    await coordinator.fill({ 'Почивка 1, от': times.break.from, 'Почивка 1, до': times.break.to }, row)
  }
  await coordinator.press('Планирай обучение', COURSE)
  return new URL(coordinator.page.url()).pathname
}

/** Two sessions of three academic halves of a day each, already held: 180 minutes without the break, and 180. */
export const HELD: Times[] = [
  { date: day(-3), from: '09:00', to: '12:15', break: { from: '10:30', to: '10:45' } },
  { date: day(-2), from: '09:00', to: '12:00' },
]

import { afterAll, beforeAll, describe, test } from 'vitest'
import { day, shown } from './calendar'
import {
  accept,
  addPerson,
  COURSE,
  HELD,
  invite,
  LOGIN,
  PASSWORD,
  PEOPLE,
  planTraining,
  PROJECT,
  SERVICE,
  setUp,
  setupCode,
  Town,
} from './town'
import { certificatesAndProject } from './walk-certificates'
import { enrolment } from './walk-enrolment'
import { roster } from './walk-roster'

/** What the steps of one walk leave for those after them. */
export type Walk = {
  town: Town
  javaScript: boolean
  /** Addresses. */
  held: string
  coming: string
  project: string
}

/** The whole job from an empty installation to the count on the project's page, each step on what the steps before it have left. */
export function describeWalk(name: string, javaScript: boolean) {
  describe(`the whole job ${name}`, () => {
    const walk = { javaScript } as Walk
    let broken = false
    const step = (title: string, run: () => Promise<void>) =>
      // tried once: a second try would begin in the middle of what the first one did
      test(`${title}`, { retry: 0 }, async ({ skip }) => {
        if (broken) skip('an earlier step has failed')
        broken = true
        await run().catch((error: Error) => {
          throw new Error(`${error.message}\nThe app said:\n${walk.town.app.output().slice(-3000)}`, { cause: error })
        })
        walk.town.requireNoFaults()
        broken = false
      })

    beforeAll(async () => void (walk.town = await Town.open(javaScript)))
    afterAll(() => walk.town?.close())

    step('the installation is set up once, with the code its start has printed', async () => {
      const admin = await walk.town.visitor('admin')
      const stranger = await walk.town.visitor('stranger')
      await stranger.go('/', 'Вход')
      await setUp(admin, setupCode(walk.town.app))
      await admin.sees('Община', 'Река', 'веригата е цяла')
      await stranger.go('/setup', 'Тази страница не беше намерена', { status: 404 })
    })

    step('the administrator invites a coordinator and a trainer, who set their passwords', async () => {
      const admin = await walk.town.visitor('admin')
      await admin.go('/', 'Днес')
      const link = await invite(admin, 'Калина Бодурова', LOGIN.coordinator, 'координатор')
      await accept(await walk.town.visitor('coordinator'), link)
      const stranger = await walk.town.visitor('stranger')
      await stranger.go(link, { text: 'Връзката не е валидна' }, { status: 404 })
      await accept(await walk.town.visitor('trainer'), await invite(admin, 'Тодор Явашев', LOGIN.trainer, 'обучител'))
    })

    step('the coordinator enters employer, service and staff, namesakes among them', async () => {
      const coordinator = await walk.town.visitor('coordinator')
      await coordinator.go('/services', 'Работодатели и услуги')
      await coordinator.press('Добави работодател', 'Нов работодател')
      await coordinator.fill({ Наименование: 'Доставчик „Надежда“', 'доставчик на социални услуги': true })
      await coordinator.press('Запази', 'Работодатели и услуги')
      await coordinator.press('Добави услуга', 'Нова услуга')
      await coordinator.fill({ Работодател: 'Доставчик „Надежда“', Наименование: SERVICE })
      await coordinator.page.locator('input[name=annexes][value="8"]').check()
      await coordinator.press('Запази', 'Работодатели и услуги')
      await coordinator.sees(SERVICE, 'Приложение № 8')
      for (const [key, person] of Object.entries(PEOPLE)) await addPerson(coordinator, person, key === 'namesake')
      await coordinator.go('/staff', 'Служители')
      await coordinator.sees('Георгиева, Мария Иванова психолог', 'Георгиева, Мария Иванова рехабилитатор', 'Петрова-Йовкова, Ана-Мария')
      // й typed as и with a breve, a Latin „o“ and a long dash in the middle
      await coordinator.fill({ 'Име или служебен номер': 'ПЕТРОВA\u2013И\u0306oвк' })
      await coordinator.press('Покажи', { text: '1 служител' })
      await coordinator.sees('Петрова-Йовкова, Ана-Мария')
      await coordinator.seesNot('Райков')
    })

    step('a manager and an employee without e-mail are invited', async () => {
      const admin = await walk.town.visitor('admin')
      const link = await invite(admin, 'Румен Сойков', LOGIN.manager, 'ръководител на услуга', { service: SERVICE })
      await accept(await walk.town.visitor('manager'), link)
      const own = await invite(admin, 'Ана-Мария Петрова-Йовкова', LOGIN.employee, 'служител', { person: 'Ана-Мария' })
      const employee = await walk.town.visitor('employee')
      await accept(employee, own)
      await employee.press('Изход', 'Вход', { open: 'Профил' })
      await employee.signIn(LOGIN.employee, PASSWORD)
    })

    step('the coordinator enters a course, a project with an activity, and plans two trainings', async () => {
      const coordinator = await walk.town.visitor('coordinator')
      await coordinator.go('/courses', 'Курсове')
      await coordinator.press('Добави курс', 'Нов курс')
      await coordinator.fill({
        Заглавие: COURSE,
        'Заглавие на английски': 'Quality standards of the service',
        Вид: 'надграждащо',
        Теми: 'Критерии и индикатори\nИзточници на информация',
        'Времетраене в минути': '360',
        'Правно основание': 'ЗСУ, чл. 120, ал. 1',
        Материали: 'Донесете плана на услугата.',
      })
      if (walk.javaScript) await coordinator.sees('Това са 8,0 ак. ч.')
      await coordinator.press('Запази', COURSE)
      await coordinator.go('/projects', 'Проекти')
      await coordinator.press('Добави проект', 'Нов проект')
      await coordinator.fill({
        Заглавие: PROJECT,
        'Номер, както е изписан': 'BG05SFRP002-2.002-0999',
        'Сума в левове, както е подписана': '49 128,00',
        'безвъзмездна финансова помощ': true,
        Начало: day(-60),
        Край: day(300),
      })
      await coordinator.press('Запази', PROJECT)
      walk.project = new URL(coordinator.page.url()).pathname
      await coordinator.sees(
        'Кодът на програмата е изписан BG05SFRP002. Правилно е BG05SFPR002',
        '49 128,00 лв.',
        '25 118,75 €',
        'не е посочено',
        'Съфинансирано от Европейския съюз',
      )
      await coordinator.press('Добави дейност', 'Нова дейност')
      await coordinator.fill({ Дейност: 'Обучения на служителите' })
      await coordinator.press('Запази', PROJECT)
      walk.held = await planTraining(coordinator, { work: `${PROJECT} – 1. Обучения на служителите`, capacity: 10, sessions: HELD })
      await coordinator.sees(shown(HELD[0]!.date), 'почивки: 10:30\u2060–\u206010:45', 'Съфинансирано от Европейския съюз')
      walk.coming = await planTraining(coordinator, { capacity: 2, sessions: [{ date: day(7), from: '13:30', to: '16:30' }] })
      await coordinator.seesNot('Съфинансирано от Европейския съюз')
      await coordinator.go('/trainings', 'Обучения')
    })

    enrolment(walk, step)
    roster(walk, step)
    certificatesAndProject(walk, step)
  })
}

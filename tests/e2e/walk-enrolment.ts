import type { Visitor } from './visitor'
import { COURSE } from './town'
import type { Walk } from './walk'

type Step = (title: string, run: () => Promise<void>) => void

/** Opens the page of one person's enrolment from the list of a training's people; namesakes are told apart by post. */
async function openEnrolment(coordinator: Visitor, training: string, name: string, position: string) {
  await coordinator.go(training, COURSE)
  await coordinator.page.getByRole('row').filter({ hasText: name }).filter({ hasText: position }).getByRole('link').first().click()
  await coordinator.arrive(name)
}

/** Nomination, request, decisions, and a waiting list that advances by itself in a training of two places. */
export function enrolment(walk: Walk, step: Step) {
  step('the manager nominates own people, the employee asks for a place', async () => {
    const manager = await walk.town.visitor('manager')
    await manager.go('/trainings', 'Обучения')
    await manager.go(walk.coming, COURSE)
    await manager.press('Предложи служители', 'Предлагане на служители')
    await manager.fill({ 'Защо ги предлагате': 'Работят по новия стандарт.' })
    for (const position of ['психолог', 'рехабилитатор', 'шофьор']) await manager.control(new RegExp(position)).check()
    await manager.press('Предложи избраните', COURSE)
    await manager.sees('Предложени: 3')

    const employee = await walk.town.visitor('employee')
    await employee.go(walk.coming, COURSE)
    await employee.press('Поискай място', 'Заявка за място')
    await employee.fill({ 'Съобщение до координатора': 'Не бях на предишното.' })
    await employee.press('Поискай място', COURSE)
    await employee.sees('Поискахте място. Координаторът ще реши.')
    await employee.seesNot('Райков')
  })

  step('the coordinator approves, refuses with a reason, and fills the waiting list', async () => {
    const coordinator = await walk.town.visitor('coordinator')
    await coordinator.go('/', 'Днес')
    await openEnrolment(coordinator, walk.coming, 'Ана-Мария Петрова-Йовкова', '')
    await coordinator.sees('Не бях на предишното.', 'Свободни са 2 места.')
    await coordinator.press('Одобри', { text: 'Записването е одобрено.' })
    await openEnrolment(coordinator, walk.coming, 'Мария Иванова Георгиева', 'психолог')
    await coordinator.press('Одобри', { text: 'Записването е одобрено.' })

    await openEnrolment(coordinator, walk.coming, 'Мария Иванова Георгиева', 'рехабилитатор')
    await coordinator.sees('Няма свободни места.')
    await coordinator.press('Одобри', { text: 'Може да включите лицето в списъка на чакащите.' }, { status: 409 })
    await coordinator.control('При липса на места: в списъка на чакащите').check()
    await coordinator.press('Одобри', { text: 'лицето е в списъка на чакащите' })

    await openEnrolment(coordinator, walk.coming, 'Йордан Райков', '')
    await coordinator.fill({ 'Причина за отказа': 'Обучението е за специалисти.' })
    await coordinator.press('Откажи', { text: 'Записването е отказано.' })
    await coordinator.sees('Обучението е за специалисти.')
  })

  step('whoever waits gets the place that becomes free', async () => {
    const coordinator = await walk.town.visitor('coordinator')
    await openEnrolment(coordinator, walk.coming, 'Мария Иванова Георгиева', 'психолог')
    await coordinator.press('Отпиши', { text: 'Лицето е отписано.' })
    await openEnrolment(coordinator, walk.coming, 'Мария Иванова Георгиева', 'рехабилитатор')
    await coordinator.sees('Записан/а от списъка на чакащите: освободено място')
    const employee = await walk.town.visitor('employee')
    await employee.go(walk.coming, COURSE)
    await employee.sees('Записан/а сте.', '2 от 2')
  })

  step('the coordinator enrols the whole staff into the other training from the list', async () => {
    const coordinator = await walk.town.visitor('coordinator')
    await coordinator.go(`${walk.held}/enrol`, 'Записване на служители')
    await coordinator.fill({ 'Име или служебен номер': 'георгиева' })
    await coordinator.press('Покажи', { text: '2 служители' })
    await coordinator.press('Изчисти', { text: '4 служители' })
    for (const position of ['социален работник', 'психолог', 'рехабилитатор', 'шофьор'])
      await coordinator.control(new RegExp(position)).check()
    await coordinator.press('Запиши избраните', COURSE)
    await coordinator.sees('Записани: 4.')
  })
}

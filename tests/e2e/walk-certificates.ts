import { expect } from 'vitest'
import { checkPdf, decodeQr, pdfText } from '../pdf-tools'
import { hugeFile } from './huge-file'
import { COURSE, PROJECT } from './town'
import type { Visitor } from './visitor'
import type { Walk } from './walk'

type Step = (title: string, run: () => Promise<void>) => void
const NAMES = ['Ана-Мария Петрова-Йовкова', 'Мария Иванова Георгиева']

/** The file of the first certificate of a list, once its job has made it. */
async function fileOf(visitor: Visitor, address: string): Promise<Buffer> {
  let file: Buffer | undefined
  await expect
    .poll(
      async () => {
        const answer = await visitor.context.request.get(`${address}.pdf`)
        if (answer.status() === 200) file = await answer.body()
        return answer.status()
      },
      { interval: 200 },
    )
    .toBe(200)
  return file!
}

const upload = (stranger: Visitor, name: string, buffer: Buffer) =>
  stranger.control('Файл на удостоверението (PDF)').setInputFiles({ name, mimeType: 'application/pdf', buffer })

export function certificatesAndProject(walk: Walk, step: Step) {
  let file: Buffer
  let verifyAt: string

  step('the coordinator issues certificates to all who were there long enough', async () => {
    const coordinator = await walk.town.visitor('coordinator')
    await coordinator.go(`${walk.held}/certificates`, 'Удостоверения')
    await coordinator.sees('3 за издаване', '3 ч. от 6 ч. (50 %)', '4 ч. 48 мин. от 6 ч. (80 %)', 'недостатъчно присъствие')
    await coordinator.press('Издай удостоверения', 'Издаване на удостоверения')
    await coordinator.sees('Ще бъдат издадени 3 удостоверения', 'Това не може да бъде отменено')
    await coordinator.seesNot('Райков')
    await coordinator.press('Издай удостоверения', { text: 'Издадени удостоверения: 3' })
    await coordinator.go('/certificates', 'Регистър на удостоверенията')
    await coordinator.sees('№ 1 /', '№ 2 /', '№ 3 /')
    await coordinator.page.getByRole('rowheader').filter({ hasText: '№ 3 /' }).getByRole('link').click()
    await coordinator.arrive('Удостоверение № 3')
    file = await fileOf(coordinator, new URL(coordinator.page.url()).pathname)
    await coordinator.go(new URL(coordinator.page.url()).pathname, 'Удостоверение № 3')
    await coordinator.sees('SHA-256 на файла')
  })

  step('the file is a whole PDF with the facts, and its code leads to the page that verifies it', async () => {
    await checkPdf(file)
    const text = await pdfText(file)
    expect(text).toContain(NAMES[0])
    expect(text).toContain(COURSE)
    expect(text).toContain('Съфинансирано от Европейския съюз')
    verifyAt = (await decodeQr(file))!
    expect(verifyAt).toMatch(new RegExp(`^${walk.town.app.baseUrl}/verify/[^/]+$`))
  })

  step('a stranger verifies it and tells the issued file from any other', async () => {
    const stranger = await walk.town.visitor('stranger')
    await stranger.go('/verify', 'Проверка на удостоверение')
    await stranger.fill({ 'Код за проверка': 'XXXX-XXXX-XXXX-XXXX' })
    await stranger.press('Провери', { text: 'Няма удостоверение с такъв код' }, { status: 404 })
    await stranger.fill({ 'Код за проверка': verifyAt.split('/').at(-1)!.toLowerCase() })
    await stranger.press('Провери', { text: 'Удостоверението е валидно' })
    await stranger.go(verifyAt, { text: 'Удостоверението е валидно' })
    await stranger.sees(NAMES[0]!, COURSE, 'Община Река', PROJECT, 'Съфинансирано от Европейския съюз')
    await upload(stranger, 'udostoverenie.pdf', file)
    await stranger.press('Сравни', { text: 'Файлът е точно издаденият' })
    const changed = Buffer.from(file)
    changed[changed.length - 10]! ^= 1
    await upload(stranger, 'udostoverenie.pdf', changed)
    await stranger.press('Сравни', { text: 'Файлът не е издаденият' })
    await upload(stranger, 'pismo.pdf', Buffer.from('Уважаеми колеги,'))
    await stranger.press('Сравни', { text: 'Има нещо за поправяне' }, { status: 422 })
    await stranger.sees('Удостоверението е валидно')
    const huge = hugeFile()
    await stranger.control('Файл на удостоверението (PDF)').setInputFiles(huge.path)
    await stranger.press('Сравни', { text: 'Файлът е твърде голям' }, { status: 413 })
    await stranger.sees('Удостоверението е валидно')
    huge.remove()
  })

  step('the employee finds the own certificate', async () => {
    const employee = await walk.town.visitor('employee')
    await employee.go('/', 'Днес')
    await employee.go('/certificates', 'Вашите удостоверения')
    await employee.sees('№ 3 /')
    await employee.seesNot('№ 1 /')
  })

  step('a certificate is revoked with a reason, which the stranger sees', async () => {
    const coordinator = await walk.town.visitor('coordinator')
    await coordinator.press('Анулирай', 'Анулиране на удостоверение № 3')
    await coordinator.fill({ Причина: 'Грешно изписано име' })
    await coordinator.press('Анулирай', 'Удостоверение № 3')
    await coordinator.sees('Анулирано на', 'Грешно изписано име')
    const stranger = await walk.town.visitor('stranger')
    await stranger.go(verifyAt, { text: 'Удостоверението е анулирано на' })
    await stranger.sees('Грешно изписано име')
  })

  step('the project page shows three numbers, and the list behind each adds up to it', async () => {
    // first session 180 + 180 + 180 + 108 minutes, second 180 + 150 + 180: 1158 minutes are 25,7 academic hours
    const coordinator = await walk.town.visitor('coordinator')
    await coordinator.go(walk.project, PROJECT)
    await coordinator.sees('4 обучени лица', '7 присъствия', '25,7 академични часа присъствие 19 ч. 18 мин.')
    await coordinator.press(/обучени лица/, 'Обучени лица')
    const rows = coordinator.page.locator('tbody tr')
    expect(await rows.count()).toBe(4)
    const attendances = await rows.locator('td[data-label="Присъствия"]').allInnerTexts()
    expect(attendances.map(Number).reduce((sum, one) => sum + one)).toBe(7)
    await coordinator.go(walk.project, PROJECT)
    await coordinator.press(/^7 присъствия/, 'Присъствия и часове')
    expect(await rows.count()).toBe(7)
    await coordinator.sees('25,7 ак. ч. (19 ч. 18 мин.)')
    await coordinator.go(walk.project, PROJECT)
    await coordinator.press(/академични часа/, 'Присъствия и часове')
  })

  step('the audit trail closes over all of it', async () => {
    const admin = await walk.town.visitor('admin')
    await admin.go('/admin/audit', 'Одитна следа')
    await admin.press('Провери за промени', { text: 'няма променени и няма липсващи' })
    await admin.sees('издаде удостоверения', 'отбеляза присъствие', 'анулира удостоверение')
    await admin.go('/admin/accounts', 'Профили')
    await admin.go('/account', 'Моят профил')
  })
}

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { inMunicipality } from '~/platform/db.server'
import { aPerson, aProject, aTraining, somebody, withPassword, type Somebody } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { Visitor } from './visitor'

const PASSWORD = 'седем зелени охлюва'
/** Short windows, so that the codes change while somebody signs in. */
const CODE_SECONDS = 15
const MINUTE = 60_000

let app: RunningApp
let browser: Browser
let w: Awaited<ReturnType<typeof aTraining>>
let third: Somebody
const visitors: Visitor[] = []

const inSession = (run: (tx: Parameters<Parameters<typeof inMunicipality>[1]>[0]) => Promise<unknown>) =>
  inMunicipality(w.coordinator.actor, run)
const sessionId = () => w.sessions[0]!.id
const screenAddress = () => `/sessions/${sessionId()}/screen`
const claims = () =>
  inMunicipality(w.coordinator.actor, (tx) => tx.attendanceClaim.findMany({ where: { sessionId: sessionId() }, orderBy: { id: 'asc' } }))

async function visitor(who: Somebody | null, { javaScript = true } = {}) {
  const made = await Visitor.enter(browser, app.baseUrl, { javaScript })
  visitors.push(made)
  if (who) {
    const [name, value] = who.cookie.split('=') as [string, string]
    await made.context.addCookies([{ name, value, url: app.baseUrl }])
  }
  return made
}

/** What a phone's camera reads off the screen. */
async function scanned(page: Page): Promise<string> {
  const picture = sharp(await page.screenshot())
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const image = { data: new Uint8ClampedArray(data), width: info.width, height: info.height, colorSpace: 'srgb' } as ImageData
  const [code] = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1 })
  if (!code) throw new Error('no QR code can be read off the screen')
  return code.text
}
const shownCode = async (page: Page) => (await page.locator('.room-signs').innerText()).replace('-', '')
const codeIn = (address: string) => new URL(address).searchParams.get('code')

beforeAll(async () => {
  const now = Date.now()
  w = await aTraining({
    people: 3,
    capacity: 4,
    sessions: [{ startsAt: new Date(now + 10 * MINUTE).toISOString(), endsAt: new Date(now + 120 * MINUTE).toISOString() }],
  })
  third = await somebody(w.municipalityId, 'employee', { personId: w.people[2]!.id })
  const project = await aProject(w.municipalityId, { isEuFunded: true })
  await inSession((tx) => tx.training.update({ where: { id: w.training.id }, data: { projectId: project.id } }))
  await inSession((tx) => tx.session.update({ where: { id: sessionId() }, data: { codeSeconds: CODE_SECONDS } }))
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer } })
  ;[app, browser] = await Promise.all([startApp(), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

describe('a room', () => {
  let screen: Visitor
  const listed = (name: string) => screen.page.locator('.room-list li', { hasText: name })

  test('two screens show one code, and a camera reads it off them', async () => {
    screen = await visitor(w.trainer)
    const second = await visitor(w.coordinator)
    await screen.go(screenAddress(), w.course.title)
    await second.go(screenAddress(), w.course.title)
    await screen.sees('0 от 3', 'Още никой не се е отбелязал', `${new URL(app.baseUrl).host}/check-in`, 'Съфинансирано от Европейския съюз')
    await expect.poll(async () => (await shownCode(screen.page)) === (await shownCode(second.page))).toBe(true)
    await expect
      .poll(async () => {
        const address = await scanned(screen.page)
        expect(address).toContain(`${app.baseUrl}/sessions/${sessionId()}/check-in?code=`)
        return codeIn(address) === (await shownCode(screen.page))
      })
      .toBe(true)
    const before = await shownCode(screen.page)
    await screen.page.waitForFunction((code) => document.querySelector('.room-signs')?.textContent?.replace('-', '') !== code, before)
    await expect.poll(async () => (await shownCode(screen.page)) === (await shownCode(second.page))).toBe(true)
    // the camera sees what has changed, too
    expect(codeIn(await scanned(second.page))).not.toBe(before)
  })

  test('a phone scans and confirms; the list on the wall grows by itself', async () => {
    await screen.page.evaluate(() => ((window as unknown as { same: boolean }).same = true))
    const phone = await visitor(w.employee)
    // a telephone whose clock is a day behind
    await phone.context.clock.setSystemTime(new Date(Date.now() - 24 * 60 * MINUTE))
    await phone.go(await scanned(screen.page), 'Потвърдете присъствието си')
    await phone.sees(w.course.title, 'Зала 1', 'Съфинансирано от Европейския съюз')
    expect(await claims()).toEqual([])
    await phone.press('Потвърждавам присъствието си', 'Присъствието Ви е отбелязано')
    await phone.sees(w.course.title)
    const [claim] = await claims()
    expect(claim).toMatchObject({ personId: w.people[0]!.id, source: 'qr', kind: 'check_in' })
    await listed(w.people[0]!.familyName!).waitFor()
    await screen.sees('1 от 3')
    expect(await screen.page.evaluate(() => (window as unknown as { same?: boolean }).same), 'the page was not loaded again').toBe(true)
    // the same code once more, and the Back button: one row
    await phone.page.goBack()
    await phone.arrive({ text: 'Присъствието Ви е отбелязано' })
    expect(await claims()).toHaveLength(1)
  })

  test('a phone that is not signed in keeps its scan while the codes go on', async () => {
    const who = await somebody(w.municipalityId, 'employee', { personId: w.people[1]!.id })
    await withPassword(who.accountId, PASSWORD)
    const phone = await visitor(null)
    const [address, begun] = [await scanned(screen.page), Date.now()]
    await phone.go(address, 'Вход')
    const opened = Date.now()
    await phone.fill({ 'Електронна поща или потребителско име': who.login, Парола: PASSWORD })
    // both windows in which the code counts are over
    await expect.poll(() => Date.now() - begun, { timeout: 90_000, interval: 500 }).toBeGreaterThan(2 * CODE_SECONDS * 1000 + 500)
    expect(await shownCode(screen.page)).not.toBe(codeIn(address))
    await phone.press('Влез', 'Потвърдете присъствието си')
    await phone.press('Потвърждавам присъствието си', 'Присъствието Ви е отбелязано')
    const made = (await claims()).find(({ personId }) => personId === w.people[1]!.id)!
    expect(+made.madeAt!).toBeGreaterThanOrEqual(begun)
    expect(+made.madeAt!).toBeLessThanOrEqual(opened)
    await listed(w.people[1]!.familyName!).waitFor()
    // the same code in another browser is over
    const late = await visitor(third)
    await late.go(address, 'Кодът вече не важи')
    await late.sees('Кодът важеше до', 'Сканирайте новия код или помолете обучителя')
  })

  test('a code is typed by hand, without JavaScript, in Cyrillic', async () => {
    const phone = await visitor(third, { javaScript: false })
    await phone.go('/check-in', 'Отбелязване на присъствие')
    const LOOK_ALIKE: Record<string, string> = { A: 'а', B: 'в', E: 'е', K: 'к', M: 'м', H: 'н', P: 'р', C: 'с', T: 'т', X: 'х', Y: 'у' }
    await phone.fill({ 'Код от екрана': [...(await shownCode(screen.page))].map((sign) => LOOK_ALIKE[sign] ?? sign).join('') })
    await phone.press('Продължи', 'Потвърдете присъствието си')
    await phone.press('Потвърждавам присъствието си', 'Присъствието Ви е отбелязано')
    expect((await claims()).at(-1)).toMatchObject({ personId: w.people[2]!.id, source: 'code' })
    await listed(w.people[2]!.familyName!).waitFor()
    await phone.go('/check-in', 'Отбелязване на присъствие')
    await phone.fill({ 'Код от екрана': '222222' })
    await phone.press('Продължи', { text: 'Няма занятие с такъв код' }, { status: 422 })
  })

  test('somebody without a seat is told so, and let in from the screen', async () => {
    const person = await aPerson(w.municipalityId, { givenName: 'Надя', familyName: 'Гостева' })
    const phone = await visitor(await somebody(w.municipalityId, 'employee', { personId: person.id }))
    await phone.go(await scanned(screen.page), 'Нямате място в това обучение')
    await phone.press('Съобщи на обучителя, че съм тук', { text: 'Обучителят вижда, че сте сканирали кода' })
    await screen.page.locator('.room-refused', { hasText: 'Гостева, Надя' }).waitFor()
    await screen.inspect()
    await screen.page.getByRole('button', { name: 'Допусни Гостева, Надя' }).click()
    await listed('Гостева').waitFor()
    await screen.sees('4 от 4')
    await screen.seesNot('Незачетени')
    await phone.press('Провери отново', 'Присъствието Ви е отбелязано')
  })

  test('the wall may show no names, and a screen without JavaScript comes again by itself', async () => {
    await screen.page.getByRole('link', { name: 'Скрий имената' }).click()
    await screen.page.getByRole('link', { name: 'Покажи имената' }).waitFor()
    await screen.sees('4 от 4')
    await screen.seesNot('Гостева', w.people[0]!.familyName!)
    const plain = await visitor(w.trainer, { javaScript: false })
    await plain.go(screenAddress(), w.course.title)
    await plain.sees('Гостева', '4 от 4')
    let code = ''
    // the page may come anew between the two looks
    await expect.poll(async () => (code = await shownCode(plain.page)) === codeIn(await scanned(plain.page)), { interval: 500 }).toBe(true)
    await expect.poll(() => shownCode(plain.page), { interval: 1000 }).not.toBe(code)
  })

  test('the roster knows the times of the scans', async () => {
    const trainer = await visitor(w.trainer)
    await trainer.go(`/trainings/${w.training.id}/attendance?session=${sessionId()}`, 'Присъствие')
    expect((await trainer.words()).match(/вход \d\d:\d\d/g)).toHaveLength(4)
    await trainer.press('Екран за залата', w.course.title)
  })

  test('nothing was wrong on any page', () => {
    expect(visitors.flatMap((one) => one.faults.splice(0))).toEqual([])
  })

  test('open screens do not hold up the end of the app, and say that the line is gone', async () => {
    const events = await fetch(`${app.baseUrl}${screenAddress()}/events`, { headers: { cookie: w.trainer.cookie } })
    expect(events.status).toBe(200)
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader()
    for (let told = ''; !told.includes('event: room');) {
      const part = await reader.read()
      expect(part.done).toBe(false)
      told += part.value
    }
    const stopped = app.stop()
    // ended in good order; when the patience with running requests is over, it would be torn off
    while (!(await reader.read()).done);
    expect(await stopped).toBe(0)
    await screen.page.getByText('Няма връзка със сървъра').waitFor()
  })
})

import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inMunicipality } from '~/platform/db.server'
import { aTraining, withPassword } from '../factories'
import { pdfOf, scanned, scannerPdf, sheetPdf } from '../scan-pictures'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { day } from './calendar'
import { PASSWORD } from './town'
import { Visitor } from './visitor'

/** The reading of a file stands behind everything else the machine does. */
const READ_MS = 300_000
const TITLE = 'Сканирани списъци'

let app: RunningApp
let browser: Browser
let world: Awaited<ReturnType<typeof aTraining>>
let photos: Buffer[]

beforeAll(async () => {
  ;[app, browser] = await Promise.all([startApp(), launchBrowser()])
  const sessions = [-2, -1].map((days) => ({ startsAt: `${day(days)}T07:00:00Z`, endsAt: `${day(days)}T10:00:00Z` }))
  world = await aTraining({ people: 3, sessions })
  await withPassword(world.trainer.accountId, PASSWORD)
  const sheets = await Promise.all(world.sessions.map(({ id }) => sheetPdf(id, { people: 3 })))
  photos = await Promise.all(sheets.map((sheet, at) => scanned(sheet, { degrees: 90 * at, dpi: 150 })))
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function trainer(javaScript = true) {
  const visitor = await Visitor.enter(browser, app.baseUrl, { javaScript })
  await visitor.signIn(world.trainer.login, PASSWORD)
  return visitor
}

test('two photographs dropped at once file themselves, and paper stands beside the register', async () => {
  const visitor = await trainer()
  const { page } = visitor
  await visitor.go('/scans', TITLE)
  const files = photos.map((bytes, at) => ({ name: `снимка ${at}.jpg`, data: bytes.toString('base64') }))
  const dropped = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, data } of given)
      transfer.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], name, { type: 'image/jpeg' }))
    return transfer
  }, files)
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: dropped })
  await visitor.sees('снимка 0.jpg', 'снимка 1.jpg')
  await visitor.press('Изпрати', TITLE)
  await page.getByText('по кода').nth(1).waitFor({ timeout: READ_MS })
  await visitor.arrive(TITLE)
  await visitor.press('Сравнете с присъствието: снимка 1.jpg', 'Хартия и присъствие')
  const picture = page.locator('figure img')
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalHeight > image.naturalWidth))).toBe(
    true,
  )
  await page.locator('.roster-rows fieldset').first().getByLabel('Присъствал/а').check()
  const width = () => picture.evaluate((image: HTMLImageElement) => image.getBoundingClientRect().width)
  const small = await width()
  await visitor.fill({ Уголеми: true })
  expect(await width()).toBeGreaterThan(2 * small)
  await visitor.sees('1 незапазена промяна')
  await visitor.inspect()
  await visitor.press('Всички присъстват', 'Хартия и присъствие')
  await visitor.press(/^Запази/, { text: 'Променени редове: 3' })
  const claims = await inMunicipality(world, (tx) => tx.attendanceClaim.findMany({ where: { sessionId: world.sessions[1]!.id } }))
  expect(claims.map(({ source, mark }) => [source, mark])).toEqual(Array.from({ length: 3 }, () => ['paper', 'present']))
  visitor.requireNoFaults()
}, 600_000)

test('without JavaScript a picture without a code is sent, waits, and is placed by hand', async () => {
  const visitor = await trainer(false)
  const { page } = visitor
  await visitor.go('/scans', TITLE)
  const blank = await sharp({ create: { width: 800, height: 1100, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer()
  await page.setInputFiles('input[type=file]', [
    { name: 'без код.jpg', mimeType: 'image/jpeg', buffer: blank },
    { name: 'IMG_7.HEIC', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1') },
  ])
  await visitor.press('Изпрати', { text: 'HEIC не се чете' }, { status: 422 })
  await visitor.sees('Приети файлове: 1', 'без код.jpg')
  // a page that came anew would no longer say what was refused
  expect(await page.locator('meta[http-equiv=refresh]').count()).toBe(0)
  await expect
    .poll(async () => (await page.goto('/scans'), visitor.words()), { timeout: READ_MS, interval: 1000 })
    .toContain('Чакат да бъдат подредени')
  await visitor.go('/scans', TITLE)
  await visitor.press('Подреди: без код.jpg', 'Сканирана страница')
  const [option] = await page.locator('select option:nth-child(2)').allInnerTexts()
  await visitor.fill({ Занятие: option!, 'Страница от списъка': '2' })
  await visitor.press('Подреди', TITLE)
  await visitor.sees('Страницата е подредена', 'стр. 2')
  visitor.requireNoFaults()
}, 600_000)

/** A page no code is found on, however long it is looked for. */
const noise = (height: number) =>
  sharp({ create: { width: 900, height, channels: 3, background: '#ccc', noise: { type: 'gaussian', mean: 180, sigma: 9 } } })
    .jpeg()
    .toBuffer()

/** More than are read in one go: after five seconds no further page is begun, and five of these take longer than that. */
const PAGES = 5

test('a reader killed in the middle is followed by another, and each page is there once', async () => {
  const visitor = await trainer()
  const pages = await Promise.all(Array.from({ length: PAGES }, (_, i) => noise(1200 + i)))
  await visitor.go('/scans', TITLE)
  await visitor.page.setInputFiles('input[type=file]', [
    { name: 'пет страници.pdf', mimeType: 'application/pdf', buffer: await pdfOf(pages) },
  ])
  await visitor.press('Изпрати', TITLE)
  const scans = () =>
    inMunicipality(world, (tx) =>
      tx.sheetScan.findMany({ where: { upload: { fileName: 'пет страници.pdf' } }, include: { upload: { include: { reading: true } } } }),
    )
  await expect.poll(async () => (await scans()).length, { timeout: READ_MS, interval: 100 }).toBeGreaterThan(0)
  const read = await scans()
  process.kill(app.pid, 'SIGKILL')
  expect(read.length).toBeLessThan(PAGES)
  expect(read[0]!.upload.reading).toBeNull()
  app = await startApp()
  await expect.poll(async () => (await scans())[0]?.upload.reading?.pageCount, { timeout: READ_MS, interval: 500 }).toBe(PAGES)
  expect((await scans()).map(({ pageOfFile }) => pageOfFile).sort((a, b) => a - b)).toEqual(Array.from({ length: PAGES }, (_, i) => i + 1))
}, 900_000)

test('a PDF broken at its fifth page is refused with that page, also after a kill; mended, each page of it is there once', async () => {
  const name = 'подаване.pdf'
  const blank = await Promise.all(Array.from({ length: 4 }, (_, i) => noise(1300 + i)))
  const { bytes, pageAt } = await scannerPdf([...blank, photos[0]!, photos[1]!])
  const send = async (buffer: Buffer) => {
    const visitor = await trainer()
    await visitor.go('/scans', TITLE)
    await visitor.page.setInputFiles('input[type=file]', [{ name, mimeType: 'application/pdf', buffer }])
    await visitor.press('Изпрати', TITLE)
    return visitor
  }
  const uploads = () =>
    inMunicipality(world, (tx) =>
      tx.sheetUpload.findMany({
        where: { fileName: name },
        orderBy: { uploadedAt: 'asc' },
        select: { reading: { select: { pageCount: true, refusedPage: true } }, scans: { select: { pageOfFile: true } } },
      }),
    )
  await send(bytes.subarray(0, pageAt[4]! + 20))
  await expect.poll(async () => (await uploads())[0]?.scans.length, { timeout: READ_MS, interval: 100 }).toBeGreaterThan(0)
  process.kill(app.pid, 'SIGKILL')
  app = await startApp()
  await expect.poll(async () => (await uploads())[0]?.reading, { timeout: READ_MS, interval: 500 }).toMatchObject({ refusedPage: 5 })
  const visitor = await send(bytes)
  await visitor.sees('Страница 5 е повредена и не се отваря. Нито една страница от файла не е приета.')
  expect(await visitor.page.getByText(`${name}, страница`).count()).toBe(0)
  await expect.poll(async () => (await uploads())[1]?.reading?.pageCount, { timeout: READ_MS, interval: 500 }).toBe(6)
  await visitor.go('/scans', TITLE)
  const listed = await visitor.page.getByText(new RegExp(`^${name}, страница \\d от файла$`)).allInnerTexts()
  expect(listed.sort()).toEqual([1, 2, 3, 4, 5, 6].map((page) => `${name}, страница ${page} от файла`))
  visitor.requireNoFaults()
}, 1_200_000)

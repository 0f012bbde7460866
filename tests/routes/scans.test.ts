import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { sheetQrText } from '~/domain/attendance/sheet-qr'
import { giveUpScan, readScan } from '~/domain/scan/read-scan.server'
import { inMunicipality } from '~/platform/db.server'
import * as paper from '~/routes/_app.trainings.$trainingId.attendance_.paper'
import * as page from '~/routes/_app.scans.$scanId'
import * as list from '~/routes/_app.scans._index'
import * as image from '~/routes/scans.$scanId.image'
import * as original from '~/routes/scans.$scanId.original'
import { atInstant } from '~/platform/clock.server'
import { aSession, aTraining, somebody } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'
import { blankPng, bothOnTable, codesOnly, pdfOf, scanned, scannerPdf, sheetPdf } from '../scan-pictures'

type Town = Awaited<ReturnType<typeof aTraining>>
type Who = { cookie: string }
let town: Town
let abroad: Town
let sheets: Record<'first' | 'second' | 'foreign', Buffer>
let made = 0

const DAYS = [
  { startsAt: '2026-11-02T07:00:00Z', endsAt: '2026-11-02T14:00:00Z' },
  { startsAt: '2026-11-03T07:00:00Z', endsAt: '2026-11-03T14:00:00Z' },
]
beforeAll(async () => {
  town = await aTraining({ sessions: DAYS })
  abroad = await aTraining()
  const [first, second] = [town.sessions[0]!, town.sessions[1]!]
  sheets = { first: await sheetPdf(first.id), second: await sheetPdf(second.id), foreign: await sheetPdf(abroad.sessions[0]!.id) }
})

/** Another file each time, as another photograph of the same paper would be. */
const photo = (sheet: Buffer, over: Parameters<typeof scanned>[1] = {}) => scanned(sheet, { dpi: 110, quality: 60 + (made += 1), ...over })
const blank = () =>
  sharp({ create: { width: 300, height: 400 + (made += 1), channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer()
const file = (bytes: Uint8Array, name: string, type = '') => new File([new Uint8Array(bytes)], name, { type })
const send = (as: Who, files: File[]) =>
  call(list.action, '/scans?index', { as, form: { _key: crypto.randomUUID(), files: files as never } })
const within = <T>(run: Parameters<typeof inMunicipality<T>>[1], of: Town = town) =>
  inMunicipality({ municipalityId: of.municipalityId }, run)

/** Does the jobs that wait, as a worker would, with those that they leave. */
async function work(of: Town = town): Promise<void> {
  const waiting = await within((tx) => tx.sheetUpload.findMany({ where: { reading: null } }), of)
  for (const { id, municipalityId } of waiting) await readScan({ municipalityId, uploadId: id })
  if (waiting.length > 0) await work(of)
}
const listOf = async (as: Who) => (await call(list.loader, '/scans', { as })).body
const scansNamed = async (as: Who, name: string) => {
  const { waiting, settled } = await listOf(as)
  return [...waiting, ...settled].filter((scan: { fileName: string }) => scan.fileName === name)
}
const one = async (as: Who, name: string) => (await scansNamed(as, name))[0]

describe('scans that come in', () => {
  test('two sessions at once file themselves, one turned by 90°, one of two pages', async () => {
    const both = await pdfOf([await photo(sheets.second, { degrees: 180 }), await photo(sheets.second, { page: 2 })])
    const sent = await send(town.trainer, [file(await photo(sheets.first, { degrees: 90 }), 'първи.jpg'), file(both, 'втори.pdf')])
    expect([sent.status, sent.location]).toEqual([302, '/scans'])
    expect((await listOf(town.trainer)).reading.map((upload: { fileName: string }) => upload.fileName).sort()).toEqual([
      'втори.pdf',
      'първи.jpg',
    ])
    await work()
    const [first] = await scansNamed(town.trainer, 'първи.jpg')
    expect(first).toMatchObject({ sessionId: town.sessions[0]!.id, page: 1, isByQr: true })
    const second = await scansNamed(town.trainer, 'втори.pdf')
    expect(second.map((scan: { sessionId: string; page: number }) => [scan.sessionId, scan.page]).sort()).toEqual([
      [town.sessions[1]!.id, 1],
      [town.sessions[1]!.id, 2],
    ])
    expect((await listOf(town.trainer)).reading).toEqual([])
  })

  test('the list comes anew by itself while files are read, but not from under what was refused', async () => {
    const own = await aTraining()
    const answer = await send(own.trainer, [file(await photo(sheets.first), 'лист.jpg'), file(Buffer.from('not a picture'), 'бележки.jpg')])
    expect(answer.status).toBe(422)
    const lists = await listOf(own.trainer)
    const drawn = screen(list.default, lists, { actionData: answer.body })
    expect(drawn).toContain('бележки.jpg')
    for (const page of [drawn, screen(list.default, lists)]) expect(wordsOf(page)).toContain('лист.jpg')
    expect(drawn).not.toContain('http-equiv')
    expect(screen(list.default, lists)).toContain('http-equiv="refresh"')
  })

  test('the same file again, by anybody and in one go, is one row, and says so', async () => {
    const bytes = await photo(sheets.first)
    await send(town.trainer, [file(bytes, 'a.jpg'), file(bytes, 'b.jpg')])
    const again = await send(town.coordinator, [file(bytes, 'c.jpg')])
    expect(again.status).toBe(422)
    expect(again.body.error.files).toEqual(['c.jpg: този файл вече е изпратен и не се записва втори път.'])
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(await within((tx) => tx.sheetUpload.count({ where: { fileSha256: sha256 } }))).toBe(1)
    await work()
  })

  test('sent by two at the same moment it is still one row', async () => {
    const bytes = await photo(sheets.first)
    await Promise.all([town.trainer, town.coordinator, town.trainer].map((who) => send(who, [file(bytes, 'заедно.jpg')])))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(await within((tx) => tx.sheetUpload.count({ where: { fileSha256: sha256 } }))).toBe(1)
    await work()
  })

  test('a job done twice, or again after it was cut off, makes each page once', async () => {
    await send(town.trainer, [file(await pdfOf([await blank(), await blank()]), 'два пъти.pdf')])
    const upload = await within((tx) => tx.sheetUpload.findFirstOrThrow({ where: { fileName: 'два пъти.pdf' } }))
    const job = { municipalityId: town.municipalityId, uploadId: upload.id }
    await expect(readScan(job, AbortSignal.abort())).rejects.toThrow('for another')
    const done = () => within((tx) => tx.sheetReading.findUnique({ where: { uploadId: upload.id } }))
    while (!(await done())) await Promise.all([readScan(job), readScan(job)])
    await readScan(job)
    expect(await done()).toMatchObject({ pageCount: 2, refusedFor: null })
    const pages = await within((tx) => tx.sheetScan.findMany({ where: { uploadId: upload.id }, orderBy: { pageOfFile: 'asc' } }))
    expect(pages.map(({ pageOfFile }) => pageOfFile)).toEqual([1, 2])
  })

  test('sheets of two sessions in one photograph of a table lie in both, unless another trainer’s or another place’s is among them', async () => {
    const own = await aTraining({ people: 1, sessions: DAYS })
    const { municipalityId, course, otherTrainer, trainer } = own
    const ofAnother = { municipalityId, courseId: course.id, trainerAccountId: otherTrainer.accountId, place: 'Зала 2', capacity: 5 }
    const strange = await aSession(municipalityId, await within((tx) => tx.training.create({ data: ofAnother }), own), {
      startsAt: '2026-11-05T07:00:00Z',
      endsAt: '2026-11-05T09:00:00Z',
    })
    const [first, second] = [await sheetPdf(own.sessions[0]!.id), await sheetPdf(own.sessions[1]!.id)]
    await send(trainer, [
      file(await bothOnTable(first, second), 'маса.jpg'),
      file(await bothOnTable(first, await sheetPdf(strange.id)), 'чужд обучител.jpg'),
      file(await bothOnTable(second, sheets.foreign), 'чужда община.jpg'),
    ])
    await work(own)
    const placed = (await scansNamed(trainer, 'маса.jpg')).map((scan: { sessionId: string; page: number }) => [scan.sessionId, scan.page])
    expect(placed.sort()).toEqual(own.sessions.map(({ id }) => [id, 1]).sort())
    for (const name of ['чужд обучител.jpg', 'чужда община.jpg'])
      expect(await scansNamed(trainer, name), name).toMatchObject([{ sessionId: null, isSetAside: false, pageOfFile: 1 }])
  })

  test('two pages of one sheet in one photograph lie at both, each upright, once however often the job is done', async () => {
    const own = await aTraining({ people: 1, sessions: DAYS })
    const [sheet, session] = [await sheetPdf(own.sessions[0]!.id), own.sessions[0]!.id]
    const pair = await pdfOf([
      await scanned(sheet, { page: 3, dpi: 110 }),
      await bothOnTable(sheet, await sheetPdf(own.sessions[1]!.id), { rightPage: 2 }),
    ])
    await send(own.trainer, [file(await bothOnTable(sheet, sheet, { rightPage: 2 }), 'двете.jpg'), file(pair, 'смесено.pdf')])
    const { id } = await within((tx) => tx.sheetUpload.findFirstOrThrow({ where: { fileName: 'двете.jpg' } }), own)
    const job = { municipalityId: own.municipalityId, uploadId: id }
    await Promise.all([readScan(job), readScan(job)])
    await work(own)
    const path = `/trainings/${own.training.id}/attendance/paper?session=${session}`
    const { scans } = (await call(paper.loader, path, { as: own.trainer, params: { trainingId: own.training.id } })).body
    expect(scans.map((scan: { page: number; fileName: string }) => [scan.page, scan.fileName])).toEqual([
      [1, 'двете.jpg'],
      [1, 'смесено.pdf'],
      [2, 'двете.jpg'],
      [3, 'смесено.pdf'],
    ])
    const sizeOf = async (scanId: string) => {
      const select = { view: { select: { bytes: true } } }
      const { view } = await within((tx) => tx.sheetScan.findUniqueOrThrow({ where: { id: scanId }, select }), own)
      const { width, height } = await sharp(view.bytes).metadata()
      return [width, height]
    }
    expect([await sizeOf(scans[0].id), await sizeOf(scans[2].id)]).toEqual([
      [2400, 1800],
      [1800, 2400],
    ])
    expect(
      (await scansNamed(own.trainer, 'смесено.pdf')).map((scan: { sessionId: string; page: number }) => [scan.sessionId, scan.page]).sort(),
    ).toEqual(
      [
        [session, 1],
        [session, 3],
        [own.sessions[1]!.id, 2],
      ].sort(),
    )
    const { id: second } = scans[2]
    const form = { intent: 'aside', _key: crypto.randomUUID() }
    await call(page.action, `/scans/${second}`, { as: own.trainer, params: { scanId: second }, form })
    expect((await scansNamed(own.trainer, 'двете.jpg')).map((scan: { page: number | null }) => scan.page).sort()).toEqual([1, null])
  })

  test('a picture of twenty pages lies at all of them; one of more codes than sheets can lie in it waits for a hand', async () => {
    const own = await aTraining({ people: 1, sessions: DAYS })
    const pages = (count: number) =>
      Array.from({ length: count }, (_, i) => sheetQrText({ sessionId: own.sessions[0]!.id, layout: 'day', page: i + 1, pages: 21 }))
    const again = sheetQrText({ sessionId: own.sessions[0]!.id, layout: 'half-day', page: 1, pages: 1 })
    await send(own.trainer, [
      file(await codesOnly([...pages(20), again, ...pages(3)]), 'двайсет.png'),
      file(await codesOnly(pages(21)), 'двайсет и една.png'),
    ])
    await work(own)
    const placed = (await scansNamed(own.trainer, 'двайсет.png')).map((scan: { page: number }) => scan.page)
    expect(placed.sort((a: number, b: number) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    expect(await scansNamed(own.trainer, 'двайсет и една.png')).toMatchObject([{ sessionId: null, isSetAside: false }])
  })

  test('the code of another municipality places nothing', async () => {
    await send(town.trainer, [file(await photo(sheets.foreign), 'чужд.jpg')])
    await work()
    expect(await one(town.trainer, 'чужд.jpg')).toMatchObject({ sessionId: null, isSetAside: false })
  })
})

describe('what is no scan is refused by what is in it', () => {
  const jpeg = () => blank()
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['IMG_1.HEIC', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'HEIC не се чете'],
    ['снимка.jpg', () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'не е JPEG, PNG или PDF'],
    ['бомба.pdf', () => Buffer.from('PK\x03\x04бомба'), 'не е JPEG, PNG или PDF'],
    ['празен.png', () => Buffer.alloc(0), 'файлът е празен'],
    ['двойна.jpg', async () => Buffer.concat([await jpeg(), Buffer.from('\n%PDF-1.4\n1 0 obj')]), 'два вида съдържание'],
    ['архив.jpg', async () => Buffer.concat([await jpeg(), Buffer.from('PK\x05\x06'), Buffer.alloc(18)]), 'два вида съдържание'],
    ['страница.pdf', () => Buffer.from('%PDF-1.7\n<html><script>alert(1)</script></html>'), 'два вида съдържание'],
    ['голям.pdf', () => Buffer.alloc(15 * 1024 * 1024 + 1, '%PDF-'), 'най-много 15 MB'],
  ])('%s', async (name, bytes, sentence) => {
    const before = await within((tx) => tx.sheetUpload.count())
    const answer = await send(town.trainer, [file(await bytes(), name, 'image/jpeg')])
    expect(answer.status).toBe(422)
    expect(answer.body.error.files.join()).toContain(`${name}: `)
    expect(answer.body.error.files.join()).toContain(sentence)
    expect(await within((tx) => tx.sheetUpload.count())).toBe(before)
  })

  test('the good ones of several are taken all the same', async () => {
    const answer = await send(town.trainer, [file(await jpeg(), 'добра.jpg'), file(Buffer.from('MZ'), 'лоша.jpg')])
    expect(answer.status).toBe(422)
    expect(answer.body.error['']).toEqual(['Приети файлове: 1. Останалите не бяха приети.'])
    await work()
    expect(await one(town.trainer, 'добра.jpg')).toMatchObject({ sessionId: null })
  })

  test('nothing chosen, and too many', async () => {
    expect((await send(town.trainer, [file(new Uint8Array(), '')])).body.error.files).toEqual(['Изберете файл'])
    const many = Array.from({ length: 21 }, (_, i) => file(Buffer.from('x'), `${i}.jpg`))
    expect((await send(town.trainer, many)).body.error.files).toEqual(['Изберете най-много 20 файла наведнъж'])
  })

  test.each<[string, () => Promise<Uint8Array> | Uint8Array, string]>([
    ['20000.png', () => blankPng(20_000), 'pixels'],
    ['500.pdf', () => pdfOf([], { pages: 500 }), 'pages'],
    ['парола.pdf', () => pdfOf([], { pages: 1, password: 'secret' }), 'encrypted'],
  ])('%s is refused once it is looked into, and may be sent again', async (name, bytes, reason) => {
    const content = await bytes()
    await send(town.trainer, [file(content, name)])
    await work()
    const { refused } = await listOf(town.trainer)
    expect(refused.find((upload: { fileName: string }) => upload.fileName === name)).toMatchObject({ refusedFor: reason })
    expect((await send(town.trainer, [file(content, name)])).status).toBe(302)
    await work()
  })
})

describe('a PDF that breaks in the middle', () => {
  /** Does as much of a job as one page is, as if the process were to end then. */
  const readOnePage = (job: Parameters<typeof readScan>[0]) => {
    let looks = 0
    return readScan(job, { get aborted() { return (looks += 1) > 1 } } as AbortSignal) // prettier-ignore
  }

  async function aFeed() {
    const own = await aTraining({ people: 1, sessions: DAYS })
    const [first, second] = [await sheetPdf(own.sessions[0]!.id), await sheetPdf(own.sessions[1]!.id)]
    const plain = (sheet: Buffer, page: number) => scanned(sheet, { page, dpi: 110 })
    const pictures = [await plain(first, 1), await plain(first, 2), await plain(second, 1), await plain(second, 2), await blank()]
    const shown = async (session: { id: string }) => {
      const path = `/trainings/${own.training.id}/attendance/paper?session=${session.id}`
      const { body } = await call(paper.loader, path, { as: own.trainer, params: { trainingId: own.training.id } })
      return body.scans.map((scan: { page: number; pageOfFile: number }) => [scan.page, scan.pageOfFile])
    }
    const onPaper = async () => [await shown(own.sessions[0]!), await shown(own.sessions[1]!)]
    return { own, pdf: await scannerPdf(pictures), onPaper }
  }
  const none = [[], []]
  const once = [[[1, 1], [2, 2]], [[1, 3], [2, 4]]] // prettier-ignore

  type Pdf = Awaited<ReturnType<typeof scannerPdf>>
  const middle = (from: number, to: number) => Math.round((from + to) / 2)
  test.each<[string, number, (pdf: Pdf) => Buffer]>([
    ['ends within its third page', 3, ({ bytes, pageAt }) => bytes.subarray(0, pageAt[2]! + 20)],
    ['has nothing where its third page was', 3, ({ bytes, pageAt }) => Buffer.from(bytes).fill(0, pageAt[2], pageAt[2]! + 60)],
    [
      'is empty from the picture of its third page on',
      3,
      ({ bytes, pictureAt, pageAt }) => Buffer.from(bytes).fill(0, middle(pictureAt[2]!, pageAt[3]!)),
    ],
    ['ends within the picture of its last page', 5, ({ bytes, pictureAt }) => bytes.subarray(0, pictureAt[4]! + 500)],
  ])(
    'and %s: nothing of it is filed, page %i is named, and the mended file brings each page once',
    async (_, refusedPage, broken) => {
      const { own, pdf, onPaper } = await aFeed()
      await send(own.trainer, [file(broken(pdf), 'подаване.pdf')])
      await work(own)
      const lists = await listOf(own.trainer)
      expect(lists.refused).toMatchObject([{ fileName: 'подаване.pdf', refusedFor: 'broken', refusedPage }])
      expect([lists.reading, lists.waiting, lists.settled]).toEqual([[], [], []])
      expect(await onPaper()).toEqual(none)
      await send(own.trainer, [file(pdf.bytes, 'подаване.pdf')])
      await work(own)
      expect(await onPaper()).toEqual(once)
      expect((await scansNamed(own.trainer, 'подаване.pdf')).length).toBe(5)
    },
    120_000,
  )

  test('after two of its pages were kept by processes that ended: the same end, and those two stay unseen', async () => {
    const { own, pdf, onPaper } = await aFeed()
    const jobOf = async () => {
      const upload = await within((tx) => tx.sheetUpload.findFirstOrThrow({ where: { reading: null } }), own)
      return { municipalityId: own.municipalityId, uploadId: upload.id }
    }
    const kept = ({ uploadId }: { uploadId: string }) =>
      within((tx) => tx.sheetScan.findMany({ where: { uploadId }, orderBy: { pageOfFile: 'asc' } }), own)
    await send(own.trainer, [file(pdf.bytes.subarray(0, pdf.pageAt[2]! + 20), 'подаване.pdf')])
    const job = await jobOf()
    await readOnePage(job)
    await readOnePage(job)
    const early = await kept(job)
    expect(early.map(({ pageOfFile }) => pageOfFile)).toEqual([1, 2])
    const unseen = async () => {
      const { reading, waiting, settled } = await listOf(own.coordinator)
      expect([waiting, settled, await onPaper()]).toEqual([[], [], none])
      for (const { id } of early)
        for (const { loader } of [page, image, original])
          expect((await call(loader, `/scans/${id}`, { as: own.coordinator, params: { scanId: id } })).status).toBe(404)
      return reading.map(({ pages }: { pages: number }) => pages)
    }
    expect(await unseen()).toEqual([2])
    await Promise.all([readScan(job), readScan(job)])
    expect(await unseen()).toEqual([])
    expect((await listOf(own.trainer)).refused).toMatchObject([{ refusedFor: 'broken', refusedPage: 3 }])

    await send(own.trainer, [file(pdf.bytes, 'подаване.pdf')])
    const mended = await jobOf()
    await readOnePage(mended)
    expect(await unseen()).toEqual([1])
    await Promise.all([readScan(mended), readScan(mended)])
    await work(own)
    expect(await onPaper()).toEqual(once)
    expect((await kept(mended)).map(({ pageOfFile }) => pageOfFile)).toEqual([1, 2, 3, 4, 5])
  })

  test('a file given up after some of its pages were kept is filed nowhere', async () => {
    const { own, pdf, onPaper } = await aFeed()
    await send(own.trainer, [file(pdf.bytes, 'подаване.pdf')])
    const { id } = await within((tx) => tx.sheetUpload.findFirstOrThrow({ where: { reading: null } }), own)
    const job = { municipalityId: own.municipalityId, uploadId: id }
    await readOnePage(job)
    await giveUpScan(job)
    await readScan(job)
    const { reading, refused, waiting, settled } = await listOf(own.trainer)
    expect(refused).toMatchObject([{ refusedFor: 'time', refusedPage: null }])
    expect([reading, waiting, settled, await onPaper()]).toEqual([[], [], [], none])
    await send(own.trainer, [file(pdf.bytes, 'подаване.pdf')])
    await work(own)
    expect(await onPaper()).toEqual(once)
  })
})

describe('where a scan lies', () => {
  const place = (as: Who, id: string, form: Record<string, string>) =>
    call(page.action, `/scans/${id}`, { as, params: { scanId: id }, form: { _key: crypto.randomUUID(), ...form } })
  const NOW = new Date('2026-11-04T09:00:00Z')

  test('by hand, moved, set aside: the last word counts and all of them stay', async () => {
    await send(town.trainer, [file(await blank(), 'ръчно.jpg')])
    await work()
    const { id } = await one(town.trainer, 'ръчно.jpg')
    const shown = await atInstant(NOW, () => call(page.loader, `/scans/${id}`, { as: town.trainer, params: { scanId: id } }))
    expect(shown.body.sessions.map((session: { id: string }) => session.id)).toEqual([town.sessions[1]!.id, town.sessions[0]!.id])
    const [first, second] = town.sessions.map((session) => session.id) as [string, string]
    expect((await place(town.trainer, id, { intent: 'place', sessionId: first, page: '2' })).location).toBe('/scans')
    await place(town.trainer, id, { intent: 'place', sessionId: first, page: '2' })
    await place(town.coordinator, id, { intent: 'place', sessionId: second, page: '' })
    expect(await one(town.trainer, 'ръчно.jpg')).toMatchObject({ sessionId: second, page: null, isByQr: false })
    await place(town.trainer, id, { intent: 'aside' })
    expect(await one(town.trainer, 'ръчно.jpg')).toMatchObject({ sessionId: null, isSetAside: true })
    const kept = await within((tx) => tx.scanPlacement.findMany({ where: { scanId: id }, orderBy: { id: 'asc' } }))
    expect(kept.map((one) => [one.sessionId, one.page])).toEqual([
      [first, 2],
      [second, null],
      [null, null],
    ])
    const events = await within((tx) => tx.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: 'asc' } }))
    expect(events.map(({ action }) => action)).toEqual(['scan.placed', 'scan.placed', 'scan.set_aside'])
  })

  test('a session of another municipality, of another trainer, or no page is not to be had', async () => {
    await send(town.otherTrainer, [file(await blank(), 'на друг.jpg')])
    await work()
    const { id } = await one(town.otherTrainer, 'на друг.jpg')
    for (const sessionId of [abroad.sessions[0]!.id, town.sessions[0]!.id]) {
      const answer = await place(town.otherTrainer, id, { intent: 'place', sessionId, page: '1' })
      expect([answer.status, answer.body.error.sessionId]).toEqual([422, ['Изберете една от възможностите']])
    }
    expect((await place(town.coordinator, id, { intent: 'place', sessionId: town.sessions[0]!.id, page: '0' })).status).toBe(422)
    expect(await one(town.otherTrainer, 'на друг.jpg')).toMatchObject({ sessionId: null })
  })

  test('who sees the roster sees the scan in it; what waits is seen by who brought it; nobody else learns of it', async () => {
    await send(town.otherTrainer, [file(await photo(sheets.first), 'намерен.jpg'), file(await blank(), 'чакащ.jpg')])
    await work()
    const [found, waits] = [await one(town.coordinator, 'намерен.jpg'), await one(town.coordinator, 'чакащ.jpg')]
    const statusOf = async (as: Who, id: string) => {
      const options = { as, params: { scanId: id } }
      return [
        (await call(page.loader, `/scans/${id}`, options)).status,
        (await call(image.loader, `/scans/${id}/image`, options)).status,
        (await call(original.loader, `/scans/${id}/original`, options)).status,
      ]
    }
    for (const [who, ofFound, ofWaiting] of [
      [town.coordinator, 200, 200],
      [town.trainer, 200, 404],
      [town.otherTrainer, 404, 200],
      [town.employee, 404, 404],
      [town.manager, 404, 404],
      [town.admin, 404, 404],
      [town.supervisor, 404, 404],
      [abroad.coordinator, 404, 404],
    ] as const) {
      expect(await statusOf(who, found.id)).toEqual([ofFound, ofFound, ofFound])
      expect(await statusOf(who, waits.id)).toEqual([ofWaiting, ofWaiting, ofWaiting])
    }
  })

  test('a file of several pages is had whole only by who sees each of them', async () => {
    const mixed = await pdfOf([await photo(sheets.first), await blank()])
    await send(town.otherTrainer, [file(mixed, 'смесен.pdf')])
    await work()
    const pages = await scansNamed(town.coordinator, 'смесен.pdf')
    const get = (as: Who, id: string) => call(original.loader, `/scans/${id}/original`, { as, params: { scanId: id } })
    const placed = pages.find((scan: { sessionId: string | null }) => scan.sessionId)
    const waiting = pages.find((scan: { sessionId: string | null }) => !scan.sessionId)
    expect((await get(town.trainer, placed.id)).status).toBe(404)
    expect((await get(town.otherTrainer, waiting.id)).status).toBe(404)
    expect((await get(town.coordinator, waiting.id)).status).toBe(200)
  })

  test('the picture and the file carry headers under which nothing runs', async () => {
    await send(town.trainer, [file(await photo(sheets.first), 'опасно име "; x.html')])
    await work()
    const { id } = await one(town.trainer, 'опасно име "; x.html')
    const options = { as: town.trainer, params: { scanId: id } }
    const shown = (await call(image.loader, `/scans/${id}/image`, options)).headers
    const saved = (await call(original.loader, `/scans/${id}/original`, options)).headers
    expect([shown.get('content-type'), shown.get('content-disposition')]).toEqual([
      'image/webp',
      `inline; filename="skan-${id.slice(0, 8)}.webp"`,
    ])
    expect([saved.get('content-type'), saved.get('content-disposition')]).toEqual([
      'image/jpeg',
      `attachment; filename="skan-${id.slice(0, 8)}.jpg"`,
    ])
    for (const headers of [shown, saved]) {
      expect(headers.get('content-security-policy')).toContain("default-src 'none'; sandbox")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('private, no-store')
    }
  })
})

describe('paper beside the register', () => {
  const AFTER = new Date('2026-11-03T15:00:00Z')
  const at = (sessionId: string) => `/trainings/${town.training.id}/attendance/paper?session=${sessionId}`
  const params = () => ({ trainingId: town.training.id })

  test('shows the pages in order beside the rows, and saves what differs as read off paper', async () => {
    const session = town.sessions[1]!.id
    const shown = await call(paper.loader, at(session), { as: town.trainer, params: params() })
    expect(shown.body.scans.map((scan: { page: number }) => scan.page)).toEqual([1, 2])
    const person = town.people[0]!.id
    const form = { sessionId: session, seen: shown.body.seen, intent: 'save', _key: crypto.randomUUID(), [`mark.${person}`]: 'present' }
    const saved = await atInstant(AFTER, () => call(paper.action, at(session), { as: town.trainer, params: params(), form }))
    expect(saved.location).toBe(at(session))
    const claims = await within((tx) => tx.attendanceClaim.findMany({ where: { sessionId: session } }))
    expect(claims.map((claim) => [claim.personId, claim.source, claim.mark])).toEqual([[person, 'paper', 'present']])
  })

  test('of a session of another training there is none', async () => {
    const elsewhere = await aTraining()
    const who = await somebody(town.municipalityId, 'trainer')
    expect((await call(paper.loader, at(elsewhere.sessions[0]!.id), { as: town.trainer, params: params() })).status).toBe(404)
    expect((await call(paper.loader, at(town.sessions[0]!.id), { as: who, params: params() })).status).toBe(404)
  })
})

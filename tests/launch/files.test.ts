import { readFile, writeFile } from 'node:fs/promises'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { aPerson, aTraining, enrolled, type Somebody } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { launchBrowser } from '../setup/browser'
import { csvRows, rewritten, workbookOf } from '../tables'
import { metricsOfAll, webPids } from './embedded-app'

let app: RunningApp
let browser: Browser
let w: Awaited<ReturnType<typeof aTraining>>
const folder = mkdtempSync(join(tmpdir(), 'kapacitet-files-'))

const PATIENCE_MS = 90_000

/** A session that is over, so that it can be marked by the app's own clock. */
const PAST = { startsAt: '2024-03-30T23:30:00Z', endsAt: '2024-03-31T02:30:00Z' }

beforeAll(async () => {
  ;[app, browser, w] = await Promise.all([startApp(), launchBrowser(), aTraining({ people: 0, sessions: [PAST] })])
  for (const familyName of ['Арабова', 'Бонева']) {
    const person = await aPerson(w.municipalityId, { service: w.service, givenName: 'Ана', familyName })
    await enrolled(w.municipalityId, w.training.id, person.id)
  }
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await disconnect()
  rmSync(folder, { recursive: true, force: true })
})

const ask = (path: string, as: Somebody | null = w.coordinator, method = 'GET') =>
  fetch(app.baseUrl + path, { method, redirect: 'manual', headers: as ? { cookie: as.cookie } : {} })
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

describe('?format= on the address of a page', () => {
  test('is answered with a file of the same rows, filtered, whatever page was open', async () => {
    const answer = await ask('/staff?q=бонева&page=7&format=csv')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="sluzhiteli\.csv"; filename\*=UTF-8''/)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(csvRows(await bytesOf(answer)).map((row) => row[1])).toEqual(['Име', 'Ана Бонева'])
    for (const format of ['xlsx', 'ods'])
      expect(workbookOf(await bytesOf(await ask(`/staff?q=бонева&format=${format}`)))['Служители']).toHaveLength(2)
    expect((await bytesOf(await ask('/staff?format=pdf'))).subarray(0, 5).toString()).toBe('%PDF-')
    const asked = await ask('/staff?format=csv', w.coordinator, 'HEAD')
    expect([asked.status, await asked.text()]).toEqual([200, ''])
  })

  test.each(['', '/'])('of attendance is that of the training, or of the session named (address ending in „%s“)', async (end) => {
    const path = `/trainings/${w.training.id}/attendance${end}`
    expect(csvRows(await bytesOf(await ask(`${path}?format=csv`)))).toHaveLength(3)
    const answer = await ask(`${path}?session=${w.sessions[0]!.id}&format=csv`, w.trainer)
    expect(answer.headers.get('content-disposition')).toContain('prisastvie-zanyatie-2024-03-31.csv')
  })

  test('changes nothing where there is no file', async () => {
    const answer = await ask(`/courses/${w.course.id}?format=csv`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect((await ask('/nowhere?format=csv')).status).toBe(404)
  })

  test('is refused in words, with the way back', async () => {
    const unknown = await ask('/staff?q=бон&format=docx')
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8'])
    const page = await unknown.text()
    expect(page).toContain('Този вид файл не се изготвя.')
    expect(page).toContain('href="/staff?q=%D0%B1%D0%BE%D0%BD"')
    expect((await ask('/staff?format=csv', w.trainer)).status).toBe(403)
    const stranger = await ask('/staff?q=a&format=csv', null)
    expect([stranger.status, stranger.headers.get('location')]).toEqual([302, `/login?next=${encodeURIComponent('/staff?q=a')}`])
  })
})

describe('a file that is brought in', () => {
  /** The status of the page that answers, and its text. */
  async function offered(bytes: Buffer): Promise<[number, string]> {
    const form = new FormData()
    form.set('intent', 'read')
    form.set('file', new File([new Uint8Array(bytes)], 'отметки.ods'))
    const answer = await fetch(`${app.baseUrl}/trainings/${w.training.id}/attendance/import?session=${w.sessions[0]!.id}`, {
      method: 'POST',
      body: form,
      headers: { cookie: w.trainer.cookie },
    })
    return [answer.status, await answer.text()]
  }
  /** Process numbers of the readers which `web`, the processes of the app, have running. */
  const readersOf = (web: number[]) =>
    readdirSync('/proc').filter((pid) => {
      try {
        if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('table/reader-thread.mjs')) return false
        return web.includes(Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]))
      } catch {
        return false // it ended meanwhile
      }
    })
  /** How often, until `what` was done, every process of the app and a page answered while one and the same reader was at work. */
  async function answersBesideReaders(what: Promise<unknown>) {
    const web = await webPids(app.baseUrl)
    const looked = { isDone: false, times: 0 }
    const done = what.finally(() => (looked.isDone = true))
    while (!looked.isDone) {
      const before = readersOf(web)
      await metricsOfAll(app.baseUrl)
      expect((await fetch(`${app.baseUrl}/login`)).status).toBe(200)
      const after = readersOf(web)
      if (before.some((pid) => after.includes(pid))) looked.times += 1
      await sleep(100) // the readers stand behind requests
    }
    await done
    return looked.times
  }

  test('is read by a process of its own: one that unfolds without end is refused in words, and pages come as ever', async () => {
    const sound = await bytesOf(await ask(`/trainings/${w.training.id}/attendance?session=${w.sessions[0]!.id}&format=ods`, w.trainer))
    const bomb = await rewritten(sound, (text) =>
      text.replace('<table:table-row>', '<table:table-row table:number-rows-repeated="+99999999">'),
    )
    const answers = Promise.all([bomb, bomb, bomb, bomb].map(offered))
    expect(await answersBesideReaders(answers)).toBeGreaterThan(0)
    for (const [status, page] of await answers) {
      expect(status).toBe(422)
      expect(page).toContain('Файлът съдържа много повече данни от списък с хора.')
    }
    const [status, page] = await offered(sound)
    expect([status, page.includes('Арабова')]).toEqual([200, true])
    expect(app.output()).not.toMatch(/heap|SIGKILL|SIGABRT/)
  })
})

describe.each([true, false])('in a browser (JavaScript: %s)', (javaScriptEnabled) => {
  test('a file asked for after the login has expired leads to signing in', async () => {
    const context = await browser.newContext({ baseURL: app.baseUrl, javaScriptEnabled })
    context.setDefaultTimeout(PATIENCE_MS)
    const [name = '', value = ''] = w.coordinator.cookie.split('=')
    await context.addCookies([{ name, value, url: app.baseUrl }])
    const page = await context.newPage()
    await page.goto('/staff?q=бон')
    await page.getByText('Изтегли').first().click()
    await context.clearCookies()
    await page.getByRole('link', { name: 'CSV' }).click()
    await page.getByRole('heading', { name: 'Вход' }).waitFor()
    expect(new URL(page.url()).searchParams.get('next')).toBe(`/staff?q=${encodeURIComponent('бон')}`)
    await context.close()
  })

  test('a sheet is taken from the menu and its marks are read in again', async () => {
    const context = await browser.newContext({ baseURL: app.baseUrl, javaScriptEnabled, acceptDownloads: true })
    context.setDefaultTimeout(PATIENCE_MS)
    const [name = '', value = ''] = w.trainer.cookie.split('=')
    await context.addCookies([{ name, value, url: app.baseUrl }])
    const page = await context.newPage()
    const sheet = `/trainings/${w.training.id}/attendance?session=${w.sessions[0]!.id}`
    await page.goto(sheet)
    await page.getByText('Изтегли отметките').click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()])
    expect(download.suggestedFilename()).toBe('Присъствие в занятие 2024-03-31.csv')
    const text = await readFile((await download.path())!, 'utf8')
    expect(text.match(/неотбелязан\/а/g)?.length ?? 0).toBe(javaScriptEnabled ? 2 : 0)

    const edited = join(folder, `${javaScriptEnabled}.csv`)
    await writeFile(edited, text.replaceAll('неотбелязан/а', 'Присъствал/а').replaceAll('Присъствал/а;;', 'Присъствал/а;15;'))
    await page.getByRole('link', { name: 'Внеси отметки от файл' }).click()
    await page.getByLabel('Файл с отметките').setInputFiles(edited)
    await page.getByRole('button', { name: 'Прочети файла' }).click()
    await page.getByRole('heading', { name: 'Какво ще бъде записано' }).waitFor()
    expect(await page.getByRole('row').filter({ hasText: 'Арабова' }).innerText()).toContain(
      javaScriptEnabled ? 'закъснение 15 мин.' : 'без промяна',
    )
    await page.getByLabel('Причина за въвеждането впоследствие').fill('Списъкът дойде по пощата.')
    await page.getByRole('button', { name: 'Запиши отметките' }).click()
    await page
      .getByText(javaScriptEnabled ? 'Променени редове: 2' : 'Няма промени')
      .first()
      .waitFor()
    const claims = await inMunicipality(w, (tx) => tx.attendanceClaim.findMany({ select: { source: true, lateMinutes: true } }))
    expect(claims).toEqual([
      { source: 'import', lateMinutes: 15 },
      { source: 'import', lateMinutes: 15 },
    ])
    await context.close()
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchDevice } from '../setup/browser'
import { DESK, faultsOf } from './inspect'
import { PASSWORD } from './town'

/** A line that is back may be tried a minute later: the waits between two tries grow as long as it was gone. */
const PATIENCE_MS = 90_000
/** What a browser says of a line that is not there, and of the answers that were asked for. */
const OF_THE_LINE = /^Failed to load resource: (net::ERR_|the server responded with a status of (401|404|409|422|503))/

/** Somebody's own device: what its browser keeps outlives the browser being closed. */
export class Phone {
  readonly faults: string[] = []
  private context!: BrowserContext
  page!: Page

  private constructor(
    private readonly folder: string,
    readonly baseUrl: string,
  ) {}

  static async of(baseUrl: string): Promise<Phone> {
    const phone = new Phone(mkdtempSync(join(tmpdir(), 'phone-')), baseUrl)
    await phone.turnOn()
    return phone
  }

  async turnOn() {
    this.context = await launchDevice(this.folder, {
      baseURL: this.baseUrl,
      locale: 'bg-BG',
      timezoneId: 'Europe/Sofia',
      reducedMotion: 'reduce',
      viewport: DESK,
    })
    this.context.setDefaultTimeout(PATIENCE_MS)
    await this.context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`Policy violated: ${violatedDirective} ${blockedURI}`),
      ),
    )
    this.page = this.context.pages()[0] ?? (await this.context.newPage())
    this.listen(this.page)
  }

  private listen(page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error' && !OF_THE_LINE.test(message.text())) this.faults.push(`${page.url()} console: ${message.text()}`)
    })
    page.on('pageerror', (error) => this.faults.push(`${page.url()} error: ${error.message}`))
  }

  turnOff = () => this.context.close()

  async throwAway() {
    await this.context.close().catch(() => {})
    rmSync(this.folder, { recursive: true, force: true })
  }

  anotherTab = async () => {
    const page = await this.context.newPage()
    this.listen(page)
    return page
  }

  /**
   * Sets the clock of the pages. The worker's own stays, and what it sent would be from another clock than its marks: this browser has
   * no Background Sync, so that the page sends.
   */
  clockAhead = (ms: number) =>
    this.context.addInitScript((ms) => {
      const now = Date.now.bind(Date)
      Date.now = () => now() + ms
      if ('sync' in ServiceWorkerRegistration.prototype) delete ServiceWorkerRegistration.prototype.sync
    }, ms)

  /** From the next document on no page gets marks through, and only the worker is left to send them. */
  pagesCannotSend = () =>
    this.context.addInitScript(() => {
      const { fetch } = window
      window.fetch = (to, how) => (String(to).endsWith('/marks') ? Promise.reject(new TypeError('Failed to fetch')) : fetch(to, how))
    })

  /** What the browser does on its own when a line is back: it wakes the worker that asked to be told. */
  async lineIsBack() {
    const browser = await this.context.newCDPSession(this.page)
    const known = new Promise<string>((resolve) =>
      browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(this.baseUrl) && !isDeleted)
        if (ours) resolve(ours.registrationId)
      }),
    )
    await browser.send('ServiceWorker.enable')
    const sync = { origin: this.baseUrl, registrationId: await known, tag: 'outbox', lastChance: false }
    await browser.send('ServiceWorker.dispatchSyncEvent', sync)
    await browser.detach()
  }

  offline = (isOffline: boolean) => this.context.setOffline(isOffline)
  forgetLogin = () => this.context.clearCookies({ name: 'session' })

  async signIn(login: string, next = '/') {
    await this.page.goto(`/login?next=${encodeURIComponent(next)}`)
    await this.page.getByLabel('Електронна поща или потребителско име').fill(login)
    await this.page.getByLabel('Парола', { exact: true }).fill(PASSWORD)
    await this.page.getByRole('button', { name: 'Влез' }).click()
    await this.page.waitForURL((url) => url.pathname !== '/login')
    await this.alive()
  }

  signOut = async () => {
    await this.page.locator('.shell-account summary').click()
    await this.page.getByRole('button', { name: 'Изход' }).click()
    await this.page.waitForURL((url) => url.pathname === '/login')
  }

  async open(path: string) {
    await this.page.goto(path)
    await this.alive()
  }

  async reload() {
    await this.page.reload()
    await this.alive()
  }

  alive = () =>
    this.page.waitForFunction(() => Object.keys(document.querySelector('h1') ?? {}).some((key) => key.startsWith('__reactFiber')))

  row = (name: string): Locator => this.page.getByRole('group').filter({ has: this.page.locator('legend', { hasText: name }) })
  mark = (name: string, mark: string) => this.row(name).getByLabel(mark, { exact: true }).check()
  isMarked = async (name: string, mark: string) =>
    expect.poll(() => this.row(name).getByLabel(mark, { exact: true }).isChecked(), { timeout: PATIENCE_MS }).toBe(true)
  save = () => this.page.getByRole('button', { name: 'Запази присъствието' }).last().click()
  sees = (text: string | RegExp) => this.page.locator('body').getByText(text).first().waitFor()
  seesNot = (text: string | RegExp) => this.page.locator('body').getByText(text).first().waitFor({ state: 'hidden' })

  /** How long the document on the screen was waited for. */
  waitedMs = () => this.page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).responseStart)

  /** Until the page can be opened without a line, as it is now. */
  async isKept(path: string, since = 0) {
    const at = () =>
      this.stored('pages').then((pages) =>
        Math.max(0, ...pages.filter((page) => page['url'] === path).map((page) => Number(page['keptAt']))),
      )
    await expect.poll(at, { timeout: PATIENCE_MS }).toBeGreaterThan(since)
  }

  /** What the device holds in one of its stores; nothing where there is no database yet, and none is made by asking. */
  stored = (store: 'waiting' | 'refused' | 'pages'): Promise<Record<string, unknown>[]> =>
    this.page.evaluate(async (store) => {
      if (!(await indexedDB.databases()).some(({ name }) => name === 'kapacitet')) return []
      return new Promise<Record<string, unknown>[]>((resolve, reject) => {
        const request = indexedDB.open('kapacitet')
        request.addEventListener('error', () => reject(request.error))
        request.addEventListener('success', () => {
          const all = request.result.transaction(store).objectStore(store).getAll()
          all.addEventListener('success', () => {
            request.result.close()
            resolve(all.result)
          })
        })
      })
    }, store)

  isEmptied = () => expect.poll(async () => (await this.stored('waiting')).length).toBe(0)

  async inspect() {
    this.faults.push(...(await faultsOf(this.page)).map((fault) => `${this.page.url()} ${fault}`))
  }
  requireNoFaults() {
    expect(this.faults.splice(0)).toEqual([])
  }
}

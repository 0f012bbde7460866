import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { DESK, faultsOf, mirrorOf } from './inspect'

const PATIENCE_MS = 90_000
const REFUSED_BY_SERVER = /^Failed to load resource: the server responded with a status of 4\d\d/

type Values = Record<string, string | boolean>
/** What a page shows once it has come: a piece of its main heading, or of any sentence in it. */
type Expected = string | RegExp | { text: string | RegExp }
type Answer = { status?: number }

/** Kinds of pages inspected so far, with JavaScript and without: a page of the same address, headings and parts is looked at once. */
const INSPECTED = { scripted: new Set<string>(), plain: new Set<string>() }

/**
 * Somebody at a browser of his own. Every page that comes is inspected before the visitor goes on: axe, width, console, policy
 * violations, answers of the server. An answer of 400 or more is a fault unless the step names it.
 */
export class Visitor {
  readonly faults: string[] = []
  private refusals: { status: number; url: string }[] = []
  private pending = new Set<unknown>()

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly baseUrl: string,
    /** Where the pages of a visitor without JavaScript are looked at. */
    private readonly mirror: Page | null,
  ) {}

  static async enter(browser: Browser, baseUrl: string, { javaScript = true }: { javaScript?: boolean } = {}): Promise<Visitor> {
    const options = { baseURL: baseUrl, locale: 'bg-BG', timezoneId: 'Europe/Sofia', reducedMotion: 'reduce', viewport: DESK } as const
    const context = await browser.newContext({ ...options, javaScriptEnabled: javaScript })
    context.setDefaultTimeout(PATIENCE_MS)
    await context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`Policy violated: ${violatedDirective} ${blockedURI}`),
      ),
    )
    const visitor = new Visitor(await context.newPage(), context, baseUrl, javaScript ? null : await browser.newPage(options))
    visitor.listen()
    return visitor
  }

  private listen() {
    const { page } = this
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return
      if (!REFUSED_BY_SERVER.test(message.text())) this.faults.push(`${page.url()} console: ${message.text()}`)
    })
    page.on('pageerror', (error) => this.faults.push(`${page.url()} error: ${error.message}`))
    // an answer that stays open is never finished
    page.on('request', (request) => request.resourceType() !== 'eventsource' && this.pending.add(request))
    page.on('requestfailed', (request) => this.pending.delete(request))
    page.on('requestfinished', (request) => this.pending.delete(request))
    page.on('response', (response) => {
      if (response.status() >= 400) this.refusals.push({ status: response.status(), url: response.url() })
    })
  }

  /** Waits until the expected page stands still, then inspects it. */
  async arrive(expected: Expected, { status }: Answer = {}) {
    const { page } = this
    const place =
      typeof expected === 'string' || expected instanceof RegExp
        ? page.locator('h1', { hasText: expected })
        : page.locator('body').getByText(expected.text).first()
    await place.waitFor().catch(async (error) => {
      throw new Error(
        `${error.message}\nAt ${page.url()}: ${(await page.locator('main').innerText()).slice(0, 1500)}\n${this.faults.join('\n')}`,
      )
    })
    // what is waited for may have stood there before
    if (status) await expect.poll(() => this.refusals.length, { timeout: PATIENCE_MS }).toBeGreaterThan(0)
    await expect.poll(() => this.pending.size, { timeout: PATIENCE_MS }).toBe(0)
    if (!this.mirror) await this.hydrated()
    const refused = this.refusals.splice(0)
    expect(refused, `answers at ${page.url()}`).toEqual(status ? refused.map(({ url }) => ({ status, url })) : [])
    if (status) expect(refused.length, `${page.url()} was answered with ${status}`).toBeGreaterThan(0)
    await this.inspect()
  }

  private hydrated() {
    return this.page.waitForFunction(() => Object.keys(document.querySelector('h1')!).some((key) => key.startsWith('__reactFiber')))
  }

  /** Looks at the page as it stands, for what only a step inside a page has brought about. */
  async inspect() {
    const { page } = this
    const looked = () =>
      page.evaluate(() => {
        const parts = [
          ...document.querySelectorAll(
            'h1, h2, legend, label, summary, nav a, main button, [role=alert], .notice, .chip, dialog[open], details[open]',
          ),
        ]
        return (
          location.pathname.replace(/[\da-f]{8}-[\da-f-]{27}/g, ':id') +
          [...new Set(parts.map((part) => part.tagName + part.className))].join()
        )
      })
    // a page without JavaScript may come anew by itself while it is looked at
    const kind = await looked().catch((error) => (this.mirror ? looked() : Promise.reject(error)))
    const inspected = INSPECTED[this.mirror ? 'plain' : 'scripted']
    if (inspected.has(kind)) return
    inspected.add(kind)
    this.faults.push(...(await faultsOf(this.mirror ? await mirrorOf(page, this.mirror) : page)).map((fault) => `${page.url()} ${fault}`))
  }

  async go(path: string, expected: Expected, answer?: Answer) {
    await this.page.goto(path)
    await this.arrive(expected, answer)
  }

  /** A field by its label; of a choice the label may go on with its hint. */
  control(label: string | RegExp, within: Locator = this.page.locator('main')): Locator {
    if (typeof label !== 'string') return within.getByLabel(label)
    const begins = new RegExp(`^${escaped(label)}(?![\\p{L}])`, 'u')
    const choice = within.getByRole('checkbox', { name: begins }).or(within.getByRole('radio', { name: begins }))
    return within
      .getByLabel(new RegExp(`^\\s*${escaped(label)}(?:\\s*\\((?:по желание|optional)\\))?\\s*$`))
      .or(choice)
      .first()
  }

  /** Types, chooses and ticks by the labels of the fields. */
  async fill(values: Values, within?: Locator) {
    for (const [label, value] of Object.entries(values)) {
      const control = this.control(label, within)
      const kind = await control
        .evaluate((field) => (field instanceof HTMLInputElement ? field.type : field.tagName))
        .catch((error) => {
          throw new Error(`„${label}“ at ${this.page.url()}: ${error.message}`)
        })
      if (kind === 'SELECT') await control.selectOption({ label: String(value) })
      else if (kind === 'checkbox' || kind === 'radio') await control.setChecked(value === true)
      else await control.fill(String(value))
    }
  }

  button(name: string | RegExp, within: Locator | Page = this.page): Locator {
    return within.getByRole('button', { name, exact: true }).or(within.getByRole('link', { name, exact: true }))
  }

  /** Presses a button or link by its words and goes where it leads. */
  async press(name: string | RegExp, expected: Expected, answer: Answer & { within?: Locator; open?: string } = {}) {
    if (answer.open) await this.page.locator('summary', { hasText: answer.open }).first().click()
    await this.button(name, answer.within).first().click()
    await this.arrive(expected, answer)
  }

  /** The words of the page, white space as one space. */
  async words(): Promise<string> {
    return (await this.page.locator('main').innerText()).replace(/\s+/g, ' ')
  }

  async sees(...texts: (string | RegExp)[]) {
    const words = await this.words()
    for (const text of texts) expect(words).toMatch(typeof text === 'string' ? new RegExp(escaped(text.replace(/\s+/g, ' '))) : text)
  }

  async seesNot(...texts: string[]) {
    const words = await this.words()
    for (const text of texts) expect(words).not.toContain(text)
  }

  async signIn(login: string, password: string, expected: Expected = 'Днес') {
    await this.go('/login', 'Вход')
    await this.fill({ 'Електронна поща или потребителско име': login, Парола: password })
    await this.press('Влез', expected)
  }

  /** Fails with everything that was wrong on any page so far. */
  requireNoFaults() {
    expect(this.faults.splice(0)).toEqual([])
  }
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

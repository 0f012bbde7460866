import type { Record } from '~/domain/attendance/attendance'
import { marksOpenAt, verdictOn, type Meeting, type Refusal } from '~/domain/attendance/decision'
import type { DeviceSave } from '~/domain/attendance/device-marks'
import { OUTBOX_CHANNEL, keepSave, sendWaiting, type OnChannel, type SendState, type Sent, type Tally } from './outbox'
import { changedRows, keyOfForm, overlayOf, type ShownRow } from './saving'
import { ownerOf, refusedOf, waitingOf, type Refused, type Waiting } from './store'
import { dismissRefused } from './refused-marks'
import type { ToWorker } from './worker'

/** A roster as the page shows it. Moments are in milliseconds, by the server's clock. */
export type View = {
  for: string
  sessionId: string
  /** Its session's time, in words. */
  when: string
  /** The address it is kept under. */
  url: string
  seen: string
  drawnAt: number
  /** The server's proof of both. */
  drawn: string
  meeting: Meeting & { isCancelled: boolean; closedAt: Date | null }
  rows: readonly ShownRow[]
}

export type Snapshot = {
  line: 'there' | 'none' | 'login' | 'elsewhere'
  /** When the page was kept, by the device's clock; null when it has just come from the server. */
  keptAt: number | null
  /** Marks of this session that wait, and of others. */
  waiting: number
  waitingElsewhere: number
  waitingFor: ReadonlySet<string>
  overlay: ReadonlyMap<string, Record>
  refused: Refused[]
  /** What was sent of this session since the page was opened, by whichever page or worker of the device. */
  sent: Tally | null
  /** By the server's clock as far as the device can know it. */
  isOpenForMarks: boolean
}
export type Outcome = { kept: number } | { refused: Refusal | 'nowhere_to_keep' }

const FIRST_RETRY_MS = 3_000
const LAST_RETRY_MS = 60_000
const SETTLED_MS = 1_500

export type { Roster }

let opened: Roster | null = null

/** The roster that is on the screen. */
export const openRoster = () => opened

/** Begins to keep the roster on the screen, and what is said in it; `changed` is told what the device knows, `onSent` that the server has more. */
export function beginRoster(view: View, changed: (snapshot: Snapshot) => void, onSent: () => void): Roster {
  opened = new Roster(view, changed, onSent)
  return opened
}

class Roster {
  private waiting: Waiting[] = []
  private refused: Refused[] = []
  /** Said about this session on this device, on other tabs too, and perhaps not yet in what the page shows. */
  private said: DeviceSave[] = []
  private state: SendState = 'nothing'
  private sent: Snapshot['sent'] = null
  private retry: ReturnType<typeof setTimeout> | undefined
  private settle: ReturnType<typeof setTimeout> | undefined
  private readonly channel = new BroadcastChannel(OUTBOX_CHANNEL)
  private readonly stop = new AbortController()
  private keptAt = Number(document.documentElement.dataset['kept']) || null
  /** How far the server's clock is ahead of the device's. */
  private clockAhead: number

  constructor(
    private view: View,
    private readonly changed: (snapshot: Snapshot) => void,
    private readonly onSent: () => void,
  ) {
    this.clockAhead = view.drawnAt - (this.keptAt ?? Date.now())
    const { signal } = this.stop
    window.addEventListener('online', () => void this.send(), { signal })
    window.addEventListener('offline', () => this.tell(), { signal })
    this.channel.addEventListener('message', ({ data }: MessageEvent<OnChannel>) => void this.heard(data), { signal })
    void this.refresh().then(() => (this.waiting.length > 0 ? this.send() : undefined))
    void this.beKept(location.pathname + location.search)
  }

  close() {
    if (opened === this) opened = null
    this.stop.abort()
    document.documentElement.removeAttribute('data-unreached')
    this.channel.close()
    clearTimeout(this.retry)
    clearTimeout(this.settle)
  }

  /** The page shows something newer. */
  show(view: View) {
    const isNewer = view.seen !== this.view.seen || view.drawnAt !== this.view.drawnAt
    this.view = view
    if (!isNewer) return this.tell()
    // it has come from the server, whatever the page was at first
    this.keptAt = null
    this.clockAhead = view.drawnAt - Date.now()
    delete document.documentElement.dataset['kept']
    const still = new Set(this.waiting.map(({ save }) => save.key))
    this.said = this.said.filter(({ key }) => still.has(key))
    this.tell()
    clearTimeout(this.settle)
    this.settle = setTimeout(() => void this.beKept(null), SETTLED_MS)
  }

  /** Whether something said here is not yet in what the page shows: what is said next has to come after it. */
  hasUnseen = () => this.said.length > 0

  /** Keeps what a roster's form says on the device and sends it as soon as there is a line. */
  async keep(form: FormData): Promise<Outcome> {
    const { view } = this
    const rows = changedRows(form, view.rows, this.overlay())
    const reason = String(form.get('reason') ?? '').trim() || null
    const serverNow = new Date(Date.now() + this.clockAhead)
    const verdict = verdictOn(view.meeting, { kind: 'mark', at: serverNow, receivedAt: serverNow, isEnrolled: true, hasReason: !!reason })
    if ('refuse' in verdict) return { refused: verdict.refuse }
    if (rows.length === 0) return { kept: 0 }
    const save: DeviceSave = {
      key: await keyOfForm(form),
      at: Date.now(),
      seen: view.seen,
      after: this.said.map(({ key }) => key).slice(-200),
      drawn: view.drawn,
      reason,
      rows,
    }
    try {
      const names = Object.fromEntries(view.rows.map(({ id, name }) => [id, name]))
      await keepSave({
        for: view.for,
        sessionId: view.sessionId,
        when: view.when,
        save,
        names: Object.fromEntries(rows.map(({ personId }) => [personId, names[personId] ?? ''])),
      })
    } catch {
      return { refused: 'nowhere_to_keep' }
    }
    this.say({ type: 'kept' })
    this.state = navigator.onLine ? this.state : 'line'
    await this.refresh()
    void askForSync()
    void this.send()
    return { kept: rows.length }
  }

  /** Sends now what waits; tries again by itself, ever more slowly, while the server is not reached or what waits is not to be sent yet. */
  async send(delay = FIRST_RETRY_MS): Promise<void> {
    clearTimeout(this.retry)
    const { state, sent } = await sendWaiting().catch(() => ({ state: 'line' as const, sent: [] }))
    if (this.stop.signal.aborted) return
    this.state = state === 'nothing' ? await this.whyNothing(delay) : state
    this.count(sent)
    await this.refresh()
    if (sent.length > 0) {
      this.say({ type: 'sent', sent })
      await this.renew()
    }
    if (state === 'line' || state === 'busy' || (state === 'nothing' && this.waiting.length > 0))
      this.retry = setTimeout(() => void this.send(Math.min(LAST_RETRY_MS, delay * 2)), state === 'busy' ? FIRST_RETRY_MS : delay)
  }

  private say = (what: OnChannel) => this.channel.postMessage(what)

  /** Another page or the worker of this device kept or sent something. */
  private async heard(what: OnChannel) {
    if (what.type !== 'sent') return this.refresh()
    this.count(what.sent)
    // whoever sent it has reached the server
    if (this.state === 'line' && what.sent.some((one) => one.for === this.view.for)) this.state = 'sent'
    await this.refresh()
    await this.renew()
  }

  private count(sent: Sent[]) {
    const own = sent.filter((one) => one.for === this.view.for && one.sessionId === this.view.sessionId)
    if (own.length === 0) return
    const sum = (of: keyof Tally) => own.reduce((so, one) => so + one[of], this.sent?.[of] ?? 0)
    this.sent = { taken: sum('taken'), proposed: sum('proposed'), refused: sum('refused') }
  }

  /**
   * Why nothing was sent though something waits: on another tab somebody signed out, or in as somebody else. Said at the second asking:
   * of who has just signed in the worker hears in a moment.
   */
  private async whyNothing(delay: number): Promise<SendState> {
    const [waiting, owner] = await Promise.all([waitingOf(this.view.for), ownerOf()]).catch(() => [[], null] as const)
    if (waiting.length === 0 || owner?.for === this.view.for || delay === FIRST_RETRY_MS) return 'nothing'
    return owner ? 'elsewhere' : 'login'
  }

  /** Asks for the page anew, once the server has just been heard: a page that asks in vain is lost with what was typed in it. */
  private async renew() {
    const isThere = await fetch('/healthz', { signal: AbortSignal.timeout(5_000) })
      .then(({ ok }) => ok)
      .catch(() => false)
    if (isThere && !this.stop.signal.aborted) this.onSent()
  }

  /** What was refused has been read. */
  async dismissRefused() {
    await dismissRefused(this.refused)
    await this.refresh()
  }

  private ownWaiting = () => this.waiting.filter(({ sessionId }) => sessionId === this.view.sessionId).map(({ save }) => save)

  private overlay = () => overlayOf(this.view, this.said)

  private async refresh() {
    try {
      this.waiting = await waitingOf(this.view.for)
      const known = new Set(this.said.map(({ key }) => key))
      this.said.push(...this.ownWaiting().filter(({ key }) => !known.has(key)))
      this.refused = (await refusedOf(this.view.for)).filter(({ sessionId }) => sessionId === this.view.sessionId)
    } catch {
      this.waiting = []
    }
    this.tell()
  }

  private tell() {
    if (this.stop.signal.aborted) return
    const own = this.ownWaiting()
    document.documentElement.toggleAttribute('data-unreached', this.state === 'line')
    const marks = (saves: DeviceSave[]) => saves.reduce((sum, { rows }) => sum + rows.length, 0)
    this.changed({
      line:
        !navigator.onLine || this.state === 'line' ? 'none' : this.state === 'login' || this.state === 'elsewhere' ? this.state : 'there',
      keptAt: this.keptAt,
      waiting: marks(own),
      waitingElsewhere: marks(this.waiting.map(({ save }) => save)) - marks(own),
      waitingFor: new Set(own.flatMap(({ rows }) => rows.map(({ personId }) => personId))),
      overlay: this.overlay(),
      refused: this.refused,
      sent: this.sent,
      isOpenForMarks: Date.now() + this.clockAhead >= +marksOpenAt(this.view.meeting),
    })
  }

  /** Has the worker keep the page: the document that came for the address `from`, or one that is asked for anew. */
  private async beKept(from: string | null) {
    if (this.keptAt !== null || !navigator.serviceWorker) return
    if (document.readyState !== 'complete') await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }))
    const assets = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
    tellWorker(await navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready), {
      type: 'keep',
      from,
      page: {
        url: this.view.url,
        for: this.view.for,
        title: `${document.querySelector('h1')?.textContent} (${this.view.when})`,
        language: document.documentElement.lang,
        assets: assets
          .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
          .map(({ pathname }) => pathname),
      },
    })
  }
}

const tellWorker = (registration: ServiceWorkerRegistration, message: ToWorker) => registration.active?.postMessage(message)

type WithSync = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }

/** Asks the browser, where it can, to send what waits also when no page is open. */
async function askForSync() {
  const registration = (await navigator.serviceWorker?.getRegistration()) as WithSync | undefined
  await registration?.sync?.register('outbox').catch(() => {})
}

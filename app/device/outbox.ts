import type { Answers } from '~/domain/attendance/device-marks'
import { device, ownerOf, waitingOf, type Waiting } from './store'

const SAVES_AT_ONCE = 20
/** Of what is sent at once, as it is sent: well under what the server takes, and one save of the most rows there may be. */
const BYTES_AT_ONCE = 256 * 1024
/** How long an answer is waited for; what is long takes longer on a slow line. */
const patienceMs = (body: URLSearchParams) => 12_000 + String(body).length / 2
const LOCK = 'kapacitet-outbox'
/** On this channel the pages and the worker of one device tell each other what they did; nobody hears what he says himself. */
export const OUTBOX_CHANNEL = 'kapacitet-outbox'
export type OnChannel = { type: 'kept' } | { type: 'sent'; sent: Sent[] }

/**
 * How a sending ended. `nothing`: none of the device's owner waited; `sent`: all was answered; `line`: the server was not reached;
 * `login`: nobody is signed in; `elsewhere`: signed in as somebody else, or in another municipality; `busy`: another page is at it.
 */
export type SendState = 'nothing' | 'sent' | 'line' | 'login' | 'elsewhere' | 'busy'
export type Tally = { taken: number; proposed: number; refused: number }
/** What became of marks that were sent: whose they were, and of which session. */
export type Sent = Tally & { for: string; sessionId: string }
export type Sending = { state: SendState; sent: Sent[] }

/** Keeps a save until the server has answered it. */
export async function keepSave(save: Omit<Waiting, 'id'>): Promise<void> {
  await (await device()).add('waiting', save)
}

/**
 * Sends what the owner of the device has waiting, oldest first, and removes what was answered. One page or worker does it at a time;
 * whoever is at it is waited for as long as `forOthersMs`.
 */
export async function sendWaiting(forOthersMs = 0): Promise<Sending> {
  const turn = forOthersMs > 0 ? { signal: AbortSignal.timeout(forOthersMs) } : { ifAvailable: true }
  return navigator.locks
    .request(LOCK, turn, (lock) => (lock ? sendAll() : BUSY))
    .catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'TimeoutError') return BUSY
      throw error
    })
}

const BUSY: Sending = { state: 'busy', sent: [] }

async function sendAll(): Promise<Sending> {
  const sending: Sending = { state: 'nothing', sent: [] }
  const owner = await ownerOf()
  if (!owner) return sending
  for (;;) {
    const batch = nextBatch(await waitingOf(owner.for))
    if (batch.length === 0) return sending
    sending.state = await sendBatch(owner.for, batch, sending.sent)
    if (sending.state !== 'sent') return sending
  }
}

/** The oldest saves of one session, few enough to be sent at once. */
export function nextBatch(waiting: Waiting[]): Waiting[] {
  const ofSession = waiting.filter(({ sessionId }) => sessionId === waiting[0]?.sessionId).slice(0, SAVES_AT_ONCE)
  let bytes = 0
  const tooMuch = ofSession.findIndex((one) => (bytes += String(bodyOf(one.for, [one])).length) > BYTES_AT_ONCE)
  return tooMuch < 0 ? ofSession : ofSession.slice(0, Math.max(1, tooMuch))
}

/** What is sent for `owner`: its saves, and the device's clock at this moment. */
export const bodyOf = (owner: string, batch: Waiting[]): URLSearchParams =>
  new URLSearchParams({ _for: owner, deviceNow: String(Date.now()), saves: JSON.stringify(batch.map(({ save }) => save)) })

async function sendBatch(owner: string, batch: Waiting[], sent: Sent[]): Promise<SendState> {
  const { sessionId } = batch[0]!
  const body = bodyOf(owner, batch)
  let status: number
  let answers: Answers['answers']
  try {
    const signal = AbortSignal.timeout(patienceMs(body))
    const answer = await fetch(`/sessions/${sessionId}/marks`, { method: 'POST', body, signal, redirect: 'error' })
    status = answer.status
    // whoever answers in another voice is not the server: the page of a guest network, for one
    const said = (await answer.json()) as Partial<Answers> & { code?: string }
    if (status === 200 && !Array.isArray(said.answers)) return 'line'
    if (status !== 200 && !said.code) return 'line'
    answers = said.answers ?? []
  } catch {
    return 'line'
  }
  if (status === 401) return 'login'
  if (status === 409) return 'elsewhere'
  const refusedWhole = { 403: 'forbidden', 404: 'not_found', 413: 'invalid', 422: 'invalid' }[status]
  if (status !== 200 && !refusedWhole) return 'line'
  const tally = await settle(batch, refusedWhole ? null : answers, refusedWhole ?? '')
  sent.push({ ...tally, for: owner, sessionId })
  return 'sent'
}

/** Removes what was answered; what was refused stays to be looked at. With no answers the whole batch was refused for `reason`. */
async function settle(batch: Waiting[], answers: Answers['answers'] | null, reason: string): Promise<Tally> {
  const tally: Tally = { taken: 0, proposed: 0, refused: 0 }
  const answerTo = new Map(answers?.map((answer) => [answer.key + answer.personId, answer]))
  const tx = (await device()).transaction(['waiting', 'refused'], 'readwrite')
  for (const { id, save, names, ...of } of batch) {
    for (const row of save.rows) {
      const answer = answerTo.get(save.key + row.personId)
      if (answers && !answer) continue
      if (!answer || answer.outcome === 'refused') {
        await tx.objectStore('refused').add({ ...row, ...of, name: names[row.personId] ?? '', reason: answer?.reason ?? reason })
        tally.refused += 1
      } else if (answer.outcome === 'proposed') tally.proposed += 1
      else tally.taken += 1
    }
    const left = answers ? save.rows.filter((row) => !answerTo.has(save.key + row.personId)) : []
    if (left.length > 0) await tx.objectStore('waiting').put({ ...of, id, names, save: { ...save, rows: left } })
    else await tx.objectStore('waiting').delete(id)
  }
  await tx.done
  return tally
}

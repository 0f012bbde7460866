import type { Answers } from '~/domain/attendance/device-marks'
import { device, ownerOf, waitingOf, type Waiting } from './store'

const SAVES_AT_ONCE = 20
/** Of what is sent at once, as it is sent: well under what the server takes, and one save of the most rows there may be. */
const BYTES_AT_ONCE = 256 * 1024
/** How long an answer is waited for; what is long takes longer on a slow line. */
const patienceMs = (body: URLSearchParams) => 12_000 + String(body).length / 2
const LOCK = 'kapacitet-outbox'
/** On this channel the pages and the worker of one device tell each other that something was `kept`, or `sent`. */
export const OUTBOX_CHANNEL = 'kapacitet-outbox'

/**
 * How a sending ended. `nothing`: none of the device's owner waited; `sent`: all was answered; `line`: the server was not reached;
 * `login`: nobody is signed in; `elsewhere`: signed in as somebody else, or in another municipality; `busy`: another page is at it.
 */
export type SendState = 'nothing' | 'sent' | 'line' | 'login' | 'elsewhere' | 'busy'
export type Sending = { state: SendState; taken: number; proposed: number; refused: number; sessionIds: string[] }

/** Keeps a save until the server has answered it. */
export async function keepSave(save: Omit<Waiting, 'id'>): Promise<void> {
  await (await device()).add('waiting', save)
}

/** Sends what the owner of the device has waiting, oldest first, and removes what was answered. One page or worker does it at a time. */
export async function sendWaiting(): Promise<Sending> {
  const sending: Sending = { state: 'nothing', taken: 0, proposed: 0, refused: 0, sessionIds: [] }
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return { ...sending, state: 'busy' }
    const owner = await ownerOf()
    if (!owner) return sending
    for (;;) {
      const batch = nextBatch(await waitingOf(owner.for))
      if (batch.length === 0) return sending
      const state = await sendBatch(owner.for, batch, sending)
      if (state !== 'sent') return { ...sending, state }
      sending.state = 'sent'
    }
  })
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

async function sendBatch(owner: string, batch: Waiting[], sending: Sending): Promise<SendState> {
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
  sending.sessionIds.push(sessionId)
  await settle(batch, refusedWhole ? null : answers, refusedWhole ?? '', sending)
  return 'sent'
}

/** Removes what was answered; what was refused stays to be looked at. With no answers the whole batch was refused for `reason`. */
async function settle(batch: Waiting[], answers: Answers['answers'] | null, reason: string, sending: Sending) {
  const answerTo = new Map(answers?.map((answer) => [answer.key + answer.personId, answer]))
  const tx = (await device()).transaction(['waiting', 'refused'], 'readwrite')
  for (const { id, save, names, ...of } of batch) {
    for (const row of save.rows) {
      const answer = answerTo.get(save.key + row.personId)
      if (answers && !answer) continue
      if (!answer || answer.outcome === 'refused') {
        await tx.objectStore('refused').add({ ...row, ...of, name: names[row.personId] ?? '', reason: answer?.reason ?? reason })
        sending.refused += 1
      } else if (answer.outcome === 'proposed') sending.proposed += 1
      else sending.taken += 1
    }
    const left = answers ? save.rows.filter((row) => !answerTo.has(save.key + row.personId)) : []
    if (left.length > 0) await tx.objectStore('waiting').put({ ...of, id, names, save: { ...save, rows: left } })
    else await tx.objectStore('waiting').delete(id)
  }
  await tx.done
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import { environment } from '~/platform/environment.server'
import { CODE_LENGTH, CODE_SIGNS } from './code'

/** How far back a code that no longer counts is still recognised as one that did. */
const REMEMBERED_MS = 60 * 60_000

/** Known to every process and kept nowhere: whoever has the database alone makes no codes. */
const secretOf = (sessionId: string) => createHmac('sha256', environment.sessionSecret).update(`check-in:${sessionId}`).digest()

const windowAt = (codeSeconds: number, at: Date) => Math.floor(+at / (codeSeconds * 1000))

function codeOf(secret: Buffer, codeSeconds: number, window: number): string {
  let rest = createHmac('sha256', secret).update(`${codeSeconds}:${window}`).digest().readBigUInt64BE()
  let code = ''
  for (let i = 0; i < CODE_LENGTH; i++) {
    code += CODE_SIGNS[Number(rest % BigInt(CODE_SIGNS.length))]!
    rest /= BigInt(CODE_SIGNS.length)
  }
  return code
}

function same(made: string, given: string): boolean {
  const [a, b] = [Buffer.from(made), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

export type ShownCode = { code: string; endsAt: Date }

/** The code of a session that a screen shows at `at`, and when the next takes its place. The same in every process. */
export function codeAt(sessionId: string, codeSeconds: number, at: Date): ShownCode {
  const window = windowAt(codeSeconds, at)
  return { code: codeOf(secretOf(sessionId), codeSeconds, window), endsAt: new Date((window + 1) * codeSeconds * 1000) }
}

export type CodeVerdict = { is: 'good' } | { is: 'expired'; until: Date } | { is: 'wrong' }

/**
 * Judges a folded code by the moment it was scanned or typed: good while a screen shows it and for one window more; `expired`, with the
 * moment until which it counted, for an hour after that; else wrong, those of times to come among them.
 */
export function judgeCode(sessionId: string, codeSeconds: number, code: string, at: Date): CodeVerdict {
  const secret = secretOf(sessionId)
  const window = windowAt(codeSeconds, at)
  const isOf = (one: number) => same(codeOf(secret, codeSeconds, one), code)
  // both are always made, so that the time taken does not tell which of them it was
  const [now, before] = [isOf(window), isOf(window - 1)]
  if (now || before) return { is: 'good' }
  const oldest = window - Math.ceil(REMEMBERED_MS / (codeSeconds * 1000))
  for (let past = window - 2; past >= oldest; past--)
    if (isOf(past)) return { is: 'expired', until: new Date((past + 2) * codeSeconds * 1000) }
  return { is: 'wrong' }
}

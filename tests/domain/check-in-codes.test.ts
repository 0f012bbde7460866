import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CODE_SIGNS, foldCode, groupedCode } from '~/domain/check-in/code'
import { codeAt, judgeCode } from '~/domain/check-in/codes.server'
import { keptScan, readKeptScan, readTicket, ticketFor, type Scan } from '~/domain/check-in/ticket.server'
import { clock } from '~/platform/clock.server'
import { sealed, unsealed } from '~/platform/seal.server'

const A = '11111111-1111-4111-8111-111111111111'
const B = '22222222-2222-4222-8222-222222222222'
/** The windows of 20 seconds begin at :00, :20 and :40. */
const at = (time: string) => new Date(`2026-11-02T${time}Z`)

const before = clock.now
let now = at('07:00:00')
beforeAll(() => void (clock.now = () => now))
afterAll(() => void (clock.now = before))

describe('what is typed for a code', () => {
  test.each([
    ['ABE234', 'ABE234'],
    ['abe-234', 'ABE234'],
    [' abe 234 ', 'ABE234'],
    ['АВЕ234', 'ABE234'], // Cyrillic АВЕ, LOOK_ALIKE of the Latin letters
    ['кмнрст', 'KMHPCT'],
    ['хутаве', 'XYTABE'],
    ['S28AZ3', '52BA23'],
    ['ЗЧБ567', '346567'],
  ])('%s is %s', (typed, code) => expect(foldCode(typed)).toBe(code))

  test.each(['', 'ABE23', 'ABE2345', 'ABE23Щ', 'ABE230', 'ABE23I', 'АБВГДЕ', 'ABE23😀', 'A'.repeat(61)])('%j is none', (typed) =>
    expect(foldCode(typed)).toBeNull(),
  )

  test('is shown in threes', () => expect(groupedCode('ABE234')).toBe('ABE-234'))

  test('no two signs look alike', () => {
    expect(CODE_SIGNS).not.toMatch(/[0O1ILQD8SZ]/)
    expect(new Set(CODE_SIGNS).size).toBe(CODE_SIGNS.length)
  })
})

describe('the code of a session', () => {
  const shown = codeAt(A, 20, at('07:00:05'))

  test('is the same for everybody during its window, and its end is known', () => {
    expect(shown.code).toMatch(new RegExp(`^[${CODE_SIGNS}]{6}$`))
    expect(shown.endsAt).toEqual(at('07:00:20'))
    expect(codeAt(A, 20, at('07:00:00')).code).toBe(shown.code)
    expect(codeAt(A, 20, at('07:00:19.999')).code).toBe(shown.code)
  })

  test('changes with the window, the session and the length of the window', () => {
    const others = [
      codeAt(A, 20, at('07:00:20')),
      codeAt(A, 20, at('06:59:59')),
      codeAt(B, 20, at('07:00:05')),
      codeAt(A, 10, at('07:00:05')),
    ]
    expect(others.map(({ code }) => code)).not.toContain(shown.code)
  })

  test.each([
    ['as soon as it is shown', at('07:00:00'), { is: 'good' }],
    ['to the end of its window', at('07:00:19.999'), { is: 'good' }],
    ['during the window after it', at('07:00:39.999'), { is: 'good' }],
    ['not after that: it says until when it counted', at('07:00:40'), { is: 'expired', until: at('07:00:40') }],
    ['nor much later', at('07:59:00'), { is: 'expired', until: at('07:00:40') }],
    ['and the day after nobody knows it any more', new Date(+at('07:00:00') + 86_400_000), { is: 'wrong' }],
    ['never before its window', at('06:59:59.999'), { is: 'wrong' }],
  ])('counts %s', (_, moment, verdict) => expect(judgeCode(A, 20, shown.code, moment)).toEqual(verdict))

  test.each([
    ['another session', B, 20],
    ['another length of the window', A, 30],
  ])('is worth nothing for %s', (_, session, seconds) =>
    expect(judgeCode(session, seconds, shown.code, at('07:00:05'))).toEqual({ is: 'wrong' }),
  )

  test.each(['', 'ABE23', 'ЖЖЖЖЖЖ', shown.code.toLowerCase(), `${shown.code} `])('%j in its place is wrong', (code) =>
    expect(judgeCode(A, 20, code, at('07:00:05'))).toEqual({ is: 'wrong' }),
  )

  test('a guess among the 34 million is not met by chance', () => {
    const codes = Array.from({ length: 5000 }, (_, i) => codeAt(A, 20, new Date(i * 20_000)).code)
    expect(new Set(codes).size).toBeGreaterThan(4995)
    const counted = [...CODE_SIGNS].map((sign) => codes.join('').split(sign).length - 1)
    // 30,000 signs, 1,667 of each on average
    expect(Math.min(...counted)).toBeGreaterThan(1400)
    expect(Math.max(...counted)).toBeLessThan(1950)
  })
})

describe('a kept scan and a ticket', () => {
  const scan: Scan = { sessionId: A, code: 'ABE234', source: 'qr', at: at('07:00:00') }
  const when = (time: string, run: () => void) => {
    now = at(time)
    run()
  }

  test('give back the scan for fifteen minutes', () => {
    when('07:00:00', () => expect(readKeptScan(keptScan(scan))).toEqual(scan))
    when('07:15:00', () => expect(readKeptScan(keptScan(scan))).toEqual(scan))
    when('07:15:00.001', () => expect(readKeptScan(keptScan(scan))).toBeNull())
    when('07:15:00', () => expect(readTicket('me', A, ticketFor('me', scan))).toEqual(scan))
    when('07:15:01', () => expect(readTicket('me', A, ticketFor('me', scan))).toBeNull())
  })

  test('are worth nothing before their time, for somebody else, for another session, or as each other', () => {
    when('06:59:59', () => expect(readTicket('me', A, ticketFor('me', scan))).toBeNull())
    now = at('07:01:00')
    expect(readTicket('you', A, ticketFor('me', scan))).toBeNull()
    expect(readTicket('me', B, ticketFor('me', scan))).toBeNull()
    expect(readTicket('me', A, keptScan(scan))).toBeNull()
    expect(readKeptScan(ticketFor('me', scan))).toBeNull()
  })

  test('forged ones are none', () => {
    now = at('07:01:00')
    const [text, mac] = ticketFor('me', scan).split('.') as [string, string]
    const later = Buffer.from(JSON.stringify({ session: A, code: 'ABE234', source: 'qr', at: +at('07:00:59') })).toString('base64url')
    for (const forged of [
      '',
      '.',
      text,
      `${text}.`,
      `.${mac}`,
      `${later}.${mac}`,
      `${text}.${mac}.`,
      `${text}.${mac.slice(1)}`,
      `${text}.${'A'.repeat(mac.length)}`,
    ])
      expect(readTicket('me', A, forged), forged).toBeNull()
  })

  test('a seal is for one purpose', () => {
    expect(unsealed('one', sealed('one', { a: 1 }))).toEqual({ a: 1 })
    expect(unsealed('two', sealed('one', { a: 1 }))).toBeNull()
  })
})

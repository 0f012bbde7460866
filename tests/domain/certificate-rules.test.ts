import { expect, test } from 'vitest'
import { certificateVerdict, sharePercent, type SessionMinutes } from '~/domain/certificate/certificate'
import { fileJobs } from '~/domain/certificate/certificate-queue'
import { verifyOriginOf } from '~/domain/certificate/issue-certificates.server'
import { foldCode, groupedCode, verifyCodeOf } from '~/domain/certificate/verify-code'
import { readEnvironment } from '~/platform/environment.server'

const END = new Date('2026-11-02T14:00:00Z')
const held = (scheduledMinutes: number, attendedMinutes: number | null, endsAt = END): SessionMinutes => ({
  endsAt,
  scheduledMinutes,
  attendedMinutes,
})
const verdict = (
  sessions: SessionMinutes[],
  over: { share?: number; isEnrolled?: boolean; isTrainingCancelled?: boolean; now?: Date } = {},
) =>
  certificateVerdict(
    {
      sessions,
      requiredSharePercent: over.share ?? 80,
      isEnrolled: over.isEnrolled ?? true,
      isTrainingCancelled: over.isTrainingCancelled ?? false,
    },
    over.now ?? END,
  ).refusal

test.each([
  [660, 720, 80, 91.7],
  [288, 360, 80, 80],
  [287, 360, 80, 79.7],
  // 79.96 % is not 80 %, and 99.98 % not the whole
  [1999, 2500, 80, 79.9],
  [4999, 5000, 100, 99.9],
  [1999, 2500, 79, 80],
  [360, 360, 100, 100],
  [0, 0, 80, 0],
])('%i of %i minutes with %i %% asked for is shown as %d %%', (attendedMinutes, scheduledMinutes, required, shown) => {
  expect(sharePercent({ attendedMinutes, scheduledMinutes }, required)).toBe(shown)
})

test.each([
  ['all of it', [held(360, 360)], {}, null],
  ['exactly 80 %', [held(100, 80)], {}, null],
  ['79 %', [held(100, 79)], {}, 'too_little'],
  ['287 of 360 minutes, a minute short of 80 %', [held(360, 287)], {}, 'too_little'],
  ['288 of 360 minutes, exactly 80 %', [held(360, 288)], {}, null],
  ['two thirds of 67 % is 66.67 %: too little', [held(3, 2)], { share: 67 }, 'too_little'],
  ['two thirds of 66 % is enough', [held(3, 2)], { share: 66 }, null],
  ['absent from one of two, together 80 %', [held(400, 400), held(100, 0)], {}, null],
  ['absent from one of two, together under 80 %', [held(399, 399), held(100, 0)], {}, 'too_little'],
  ['100 % with a minute missing', [held(360, 359)], { share: 100 }, 'too_little'],
  ['never there, however little is asked for', [held(100, 0)], { share: 1 }, 'too_little'],
  ['no session', [], {}, 'no_sessions'],
  ['a session of breaks alone', [held(0, 0)], {}, 'no_sessions'],
  ['not marked in one session', [held(300, 300), held(60, null)], {}, 'unmarked'],
  ['a second before the end', [held(360, 360)], { now: new Date(+END - 1000) }, 'not_over'],
  ['one of two still to come', [held(360, 360), held(360, null, new Date(+END + 1))], {}, 'not_over'],
  ['no longer enrolled', [held(360, 360)], { isEnrolled: false }, 'not_enrolled'],
  ['a cancelled training', [held(360, 360)], { isTrainingCancelled: true }, 'training_cancelled'],
] as const)('%s', (_, sessions, over, refusal) => {
  expect(verdict([...sessions], over)).toBe(refusal)
})

test('a code is eighty bits in sixteen signs, printed in fours', () => {
  expect(verifyCodeOf(new Uint8Array(10))).toBe('0000000000000000')
  expect(verifyCodeOf(new Uint8Array(10).fill(255))).toBe('ZZZZZZZZZZZZZZZZ')
  // 1 in the last byte is the last sign; 0x08 0x00… in the first byte is the first sign
  expect(verifyCodeOf(new Uint8Array([8, 0, 0, 0, 0, 0, 0, 0, 0, 1]))).toBe('1000000000000001')
  expect(() => verifyCodeOf(new Uint8Array(9))).toThrow(RangeError)
  expect(groupedCode('7K3M9QWX2HTBVR5N')).toBe('7K3M-9QWX-2HTB-VR5N')
})

test.each([
  ['7K3M-9QWX-2HTB-VR5N', '7K3M9QWX2HTBVR5N'],
  ['  7k3m 9qwx 2htb vr5n ', '7K3M9QWX2HTBVR5N'],
  ['7K3M–9QWX–2HTB–VR5N', '7K3M9QWX2HTBVR5N'],
  ['7К3М-9QWX-2НТВ-VR5N', '7K3M9QWX2HTBVR5N'], // К, М, Н, Т, В typed in Cyrillic
  ['OIL0-0000-0000-000U', '011000000000000V'],
  ['оіЗ0-0000-0000-0000', '0130000000000000'],
])('%s is read as %s', (typed, code) => {
  expect(foldCode(typed)).toBe(code)
})

test.each(['', '7K3M', '7K3M-9QWX-2HTB-VR5NN', '7K3M-9QWX-2HTB-VR5!', 'Ж'.repeat(16), '0'.repeat(10_000), "' or 1=1 --     "])(
  'no code: %.30s',
  (typed) => {
    expect(foldCode(typed)).toBeNull()
  },
)

test('forty-five numbers are three jobs; a new year begins a new one', () => {
  const numbers = Array.from({ length: 45 }, (_, index) => ({ registerYear: 2026, registerNumber: index + 3 }))
  expect(fileJobs('m', [...numbers, { registerYear: 2027, registerNumber: 1 }])).toEqual([
    { municipalityId: 'm', registerYear: 2026, first: 3, last: 22 },
    { municipalityId: 'm', registerYear: 2026, first: 23, last: 42 },
    { municipalityId: 'm', registerYear: 2026, first: 43, last: 47 },
    { municipalityId: 'm', registerYear: 2027, first: 1, last: 1 },
  ])
})

test('the address of certificates is BASE_URL, in the demo this machine, and otherwise unknown', () => {
  expect(verifyOriginOf(readEnvironment({ BASE_URL: 'https://kapacitet.example/' }))).toBe('https://kapacitet.example')
  expect(verifyOriginOf(readEnvironment({ KAPACITET_DEMO: '1', PORT: '3456' }))).toBe('http://localhost:3456')
  expect(verifyOriginOf(readEnvironment({ PORT: '3456' }))).toBeNull()
})

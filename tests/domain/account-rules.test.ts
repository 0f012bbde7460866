import { expect, test } from 'vitest'
import { isLogin, loginOf } from '~/domain/account/login'
import { passwordFault } from '~/domain/account/password'
import { hashPassword, isPasswordOf } from '~/domain/account/password-hash.server'

test.each([
  ['единайсет1', 'account.password_short'],
  ['дванадесетзн', null],
  ['a'.repeat(200), 'account.password_common'],
  [`${'трамвай '.repeat(24)}12345678`, null],
  ['я'.repeat(201), 'account.password_long'],
  ['ivan.petrov@example.test', 'account.password_is_login'],
  ['IVAN.PETROV@example.test', 'account.password_is_login'],
  ['Password1234', 'account.password_common'],
  ['123456789012', 'account.password_common'],
  ['210987654321', 'account.password_common'],
  ['abcabcabcabc', 'account.password_common'],
  ['абвгдежзийкл', 'account.password_common'],
  ['йцукенгшщзхъ', 'account.password_common'],
  ['kapacitet-demo', 'account.password_common'],
  ['KAPACITET-demo', 'account.password_common'],
  ['всичко малки', null],
  ['🙂🙃🙂🙃😀😁😂🤣😃😄😅😆', null],
])('the password %j: %s', (password, fault) => expect(passwordFault(password, 'ivan.petrov@example.test', false)).toBe(fault))

test('in the demo its own password may be set', () => expect(passwordFault('kapacitet-demo', 'admin@elena.example', true)).toBeNull())

test.each([
  ['ivan@obshtina.bg', true],
  ['i.petrova', true],
  ['и.петрова', true],
  ['ab', false],
  ['-ab', false],
  ['a b c', false],
  ['ivan@obshtina', false],
  ['ivan@@obshtina.bg', false],
  ['=cmd|calc', false],
  ['<b>ivan</b>', false],
  ['a'.repeat(255), false],
])('the login %j may be given: %s', (login, may) => expect(isLogin(login)).toBe(may))

test('a login is folded as it is stored', () => expect(loginOf('  Ivan@Obshtina.BG ')).toBe('ivan@obshtina.bg'))

test('a password is stored as Argon2id with 19 MiB, two passes and one lane', async () => {
  expect(await hashPassword('трамвай зелен')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('composed and decomposed letters are the same password; the demo’s opens nothing here', async () => {
  const stored = await hashPassword('\u0439од и сол за всички')
  expect(await isPasswordOf(stored, '\u0438\u0306од и сол за всички')).toBe(true)
  expect(await isPasswordOf(await hashPassword('kapacitet-demo'), 'kapacitet-demo')).toBe(false)
  expect(await isPasswordOf(null, 'kapacitet-demo')).toBe(false)
})

test('nobody’s password costs as much work to refuse as somebody’s', async () => {
  const stored = await hashPassword('трамвай зелен понеделник')
  await isPasswordOf(null, 'първото прави примамката')
  const work = [0, 0]
  for (let i = 0; i < 16; i++) {
    const before = process.cpuUsage() // of all threads of this process, so a busy machine does not matter
    await isPasswordOf(i % 2 ? stored : null, 'нещо друго съвсем')
    work[i % 2]! += process.cpuUsage(before).user
  }
  expect(work[0]! / work[1]!).toBeGreaterThan(0.6)
  expect(work[0]! / work[1]!).toBeLessThan(1.6)
})

import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { EnvironmentError, readEnvironment } from '~/platform/environment.server'

const dataDir = mkdtempSync(join(tmpdir(), 'kapacitet-environment-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const GOOD_SECRET = 'q7Vt0nYb3KxLr9WmZ2HsGd5PcJf8AeUi'

function refusal(env: Record<string, string>) {
  try {
    readEnvironment(env)
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError)
    return (error as Error).message
  }
  throw new Error('The environment was accepted')
}

test('nothing set is a good environment', () => {
  const env = readEnvironment({})
  expect(env).toMatchObject({
    port: 3000,
    baseUrl: null,
    secureCookies: false,
    trustProxy: false,
    role: 'all',
    logLevel: 'info',
    smtpUrl: null,
    isDemo: false,
  })
  expect(env.dataDir).toBe(join(process.cwd(), 'data'))
  expect(() => env.databaseUrl).toThrow('DATABASE_URL is not set')
})

test('an empty variable counts as unset', () => expect(readEnvironment({ PORT: '', BASE_URL: '', SESSION_SECRET: '' }).port).toBe(3000))

test('the demo keeps its data apart', () => expect(readEnvironment({ KAPACITET_DEMO: '1' }).dataDir).toBe(join(process.cwd(), 'data/demo')))

test.each([
  ['PORT', 'abc'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['HOST', 'no:such!host'],
  ['BASE_URL', 'kapacitet.example'],
  ['BASE_URL', 'https://kapacitet.example/path'],
  ['BASE_URL', 'ftp://kapacitet.example'],
  ['TRUST_PROXY', 'yes please'],
  ['DATABASE_URL', 'mysql://user@host/name'],
  ['DATABASE_URL', 'not an address'],
  ['SMTP_URL', 'http://mail.example'],
  ['ROLE', 'boss'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by its name and without its value', (name, value) => {
  const message = refusal({ [name]: value })
  expect(message).toMatch(new RegExp(`^${name} must `))
  expect(message).not.toContain(value)
})

test.each([
  'short',
  'changeme-changeme-changeme-changeme-1',
  'my-very-secret-session-key-for-this-app',
  'a'.repeat(40),
  'abababababababababababababababababab',
])('SESSION_SECRET=%s is refused as too short or a placeholder', (value) => {
  const message = refusal({ SESSION_SECRET: value })
  expect(message).toMatch(/^SESSION_SECRET /)
  expect(message).not.toContain(value)
})

test('all wrong variables are told at once', () => expect(refusal({ PORT: 'x', ROLE: 'y' }).split('\n')).toHaveLength(2))

test('an owner without the database is refused', () =>
  expect(refusal({ DATABASE_OWNER_URL: 'postgres://owner@host/name' })).toBe('DATABASE_OWNER_URL needs DATABASE_URL beside it'))

test('a given secret is used as it is', () => expect(readEnvironment({ SESSION_SECRET: GOOD_SECRET }).sessionSecret).toBe(GOOD_SECRET))

test('an unset secret is made once, kept for its owner alone, and the same for the next process', () => {
  const made = readEnvironment({ DATA_DIR: dataDir }).sessionSecret
  expect(made).toMatch(/^[\w-]{43}$/)
  expect(readFileSync(join(dataDir, 'session-secret'), 'utf8')).toBe(made)
  if (process.platform !== 'win32') expect(statSync(join(dataDir, 'session-secret')).mode & 0o777).toBe(0o600)
  expect(readEnvironment({ DATA_DIR: dataDir }).sessionSecret).toBe(made)
})

test('https makes cookies secure', () => {
  expect(readEnvironment({ BASE_URL: 'https://kapacitet.example' }).secureCookies).toBe(true)
  expect(readEnvironment({ BASE_URL: 'http://localhost:3000' }).secureCookies).toBe(false)
})

test.each([
  ['true', true],
  ['false', false],
  ['2', 2],
  ['loopback', 'loopback'],
  ['10.0.0.0/8, 192.168.1.1', '10.0.0.0/8, 192.168.1.1'],
])('TRUST_PROXY=%s', (given, expected) => expect(readEnvironment({ TRUST_PROXY: given }).trustProxy).toBe(expected))

test('a login that is not the app’s role switches to it; the app’s own login has nothing to switch', () => {
  expect(readEnvironment({ DATABASE_URL: 'postgres://owner:x@host/name' }).databaseRole).toBe('kapacitet_app')
  expect(readEnvironment({ DATABASE_URL: 'postgres://kapacitet_app:x@host/name' }).databaseRole).toBeNull()
})

test('migrations run as the owner where one is given', () => {
  const app = 'postgres://kapacitet_app:x@host/name'
  const owner = 'postgres://owner:x@host/name'
  expect(readEnvironment({ DATABASE_URL: app, DATABASE_OWNER_URL: owner }).databaseOwnerUrl).toBe(owner)
  expect(readEnvironment({ DATABASE_URL: owner }).databaseOwnerUrl).toBe(owner)
})

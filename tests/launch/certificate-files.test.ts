import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { isAlive } from '~/launch/postgres-leftover'
import { clock } from '~/platform/clock.server'
import { disconnect } from '~/platform/db.server'
import { AFTERWARDS, aLargeTraining, register, type LargeTraining } from '../certificate-cases'
import { type RunningApp, startApp } from '../setup/app-server'
import { eventually, webPids } from './embedded-app'

const PEOPLE = 120
const owner = new pg.Client(process.env.DATABASE_OWNER_URL)
const real = clock.now
let one: LargeTraining
let app: RunningApp | undefined

beforeAll(async () => {
  clock.now = () => AFTERWARDS
  await owner.connect()
})
afterEach(async () => {
  await app?.stop()
  app = undefined
})
afterAll(async () => {
  clock.now = real
  await owner.end()
  await disconnect()
})

const asked = async (sql: string) => Number((await owner.query(sql)).rows[0].n)
const filesMade = () => asked(`select count(*) n from "CertificateFile" where "municipalityId" = '${one.municipalityId}'`)
/** Every certificate somebody drew, as the audit chain tells: one drawn twice would be counted twice. */
const timesDrawn = async () => {
  const { rows } = await owner.query(
    `select p."payload" from "AuditPayload" p join "AuditEvent" e using ("chainId", "seq") where e."action" = 'certificate.files_made' and e."municipalityId" = $1`,
    [one.municipalityId],
  )
  return rows.flatMap(({ payload }) => Object.keys(JSON.parse(payload).files)).length
}

test('numbers and facts are there before any process makes files; with the first process the files follow', async () => {
  one = await aLargeTraining(PEOPLE)
  expect((await issueCertificates(one.coordinator.actor, one.training.id, null, null)).count).toBe(PEOPLE)
  expect(await filesMade()).toBe(0)
  app = await startApp()
  await eventually('all files are made', async () => (await filesMade()) === PEOPLE)
  expect(await timesDrawn()).toBe(PEOPLE)
})

test('kill -9 of every process in the middle loses no file, makes none twice, and leaves no gap', async () => {
  one = await aLargeTraining(PEOPLE)
  app = await startApp()
  const processes = await webPids(app.baseUrl)
  await issueCertificates(one.coordinator.actor, one.training.id, null, null)
  while ((await filesMade()) === 0) await sleep(5)
  for (const pid of [app.pid, ...processes]) process.kill(pid, 'SIGKILL')
  await eventually('all are gone', () => ![app!.pid, ...processes].some(isAlive))
  const left = await filesMade()
  expect(left).toBeLessThan(PEOPLE)
  app = await startApp()
  await eventually('the files follow', async () => (await filesMade()) === PEOPLE)
  expect(await timesDrawn()).toBe(PEOPLE)
  const rows = await register(one.municipalityId)
  expect(rows.map(({ registerNumber }) => registerNumber)).toEqual(Array.from({ length: PEOPLE }, (_, index) => index + 1))
})

test('a job whose process vanished without a restart is taken over by those that run', async () => {
  one = await aLargeTraining(20)
  await issueCertificates(one.coordinator.actor, one.training.id, null, null)
  // what such a process leaves: a job marked as running, started longer ago than a job may take
  await owner.query(
    `update pgboss.job set state = 'active', started_on = now() - interval '31 seconds' where data->>'municipalityId' = $1 and state = 'created'`,
    [one.municipalityId],
  )
  app = await startApp({ env: { ROLE: 'worker' } })
  await eventually('the files follow', async () => (await filesMade()) === 20)
  await eventually(
    'the job is tried again and done',
    async () =>
      (await asked(
        `select count(*) n from pgboss.job where data->>'municipalityId' = '${one.municipalityId}' and state <> 'completed'`,
      )) === 0,
  )
  expect(await timesDrawn()).toBe(20)
})

import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { APP_ROLE } from './database-roles.server'

const PLACEHOLDER = /change.?me|placeholder|example|secret|password|секрет|парола|your[-_ ]|^(.)\1+$|^(0123|1234|abcd)/i
const isPlaceholder = (value: string) => PLACEHOLDER.test(value) || new Set(value).size < 8

const address = (protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    )
const postgresUrl = address(['postgres:', 'postgresql:'])

const variables = z.object({
  PORT: z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((port) => port >= 0 && port <= 65535, 'must be a port between 0 and 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address')
    .optional(),
  BASE_URL: address(['http:', 'https:'])
    .refine(
      (value) => URL.canParse(value) && new URL(value).pathname === '/' && !new URL(value).search,
      'must be scheme and host alone, without a path',
    )
    .transform((value) => new URL(value))
    .optional(),
  TRUST_PROXY: z
    .string()
    .regex(
      /^(true|false|\d+|[\da-fA-F.:/,\s]+|loopback|linklocal|uniquelocal)$/,
      'must be true, false, a number of proxies, or their addresses',
    )
    .transform((value) => (value === 'true' ? true : value === 'false' ? false : /^\d+$/.test(value) ? Number(value) : value))
    .default(false),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  SESSION_SECRET: z
    .string()
    .min(32, 'must be at least 32 characters long')
    .refine((value) => !isPlaceholder(value), 'looks like a placeholder: use random characters, or leave it unset and one is made')
    .optional(),
  SMTP_URL: address(['smtp:', 'smtps:']).optional(),
  ROLE: z.enum(['all', 'web', 'worker'], 'must be all, web or worker').default('all'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
  KAPACITET_DEMO: z.literal('1').optional(),
})

/** What is wrong with the environment, one line for each variable; never repeats a value, which may be a secret. */
export class EnvironmentError extends Error {
  override name = 'EnvironmentError'
}

/** Made once and kept beside the data, so that restarts and further processes share it. */
function keptSecret(dataDir: string) {
  const file = join(dataDir, 'session-secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(`${file}.${process.pid}`, randomBytes(32).toString('base64url'), { mode: 0o600 })
    if (!existsSync(file)) renameSync(`${file}.${process.pid}`, file)
  }
  return readFileSync(file, 'utf8').trim()
}

/** Reads and checks the environment given; throws `EnvironmentError` naming each wrong variable and what it must be. An empty variable counts as unset. */
export function readEnvironment(given: Record<string, string | undefined>) {
  const parsed = variables.safeParse(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')))
  if (!parsed.success) throw new EnvironmentError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'))
  const env = parsed.data
  if (env.DATABASE_OWNER_URL && !env.DATABASE_URL) throw new EnvironmentError('DATABASE_OWNER_URL needs DATABASE_URL beside it')
  const isDemo = env.KAPACITET_DEMO === '1'
  const dataDir = resolve(env.DATA_DIR ?? (isDemo ? 'data/demo' : 'data'))
  return {
    port: env.PORT,
    host: env.HOST,
    /** The address people use; null when BASE_URL is unset (certificates and QR are then refused outside the demo). */
    baseUrl: env.BASE_URL ?? null,
    secureCookies: env.BASE_URL?.protocol === 'https:',
    trustProxy: env.TRUST_PROXY,
    dataDir,
    /** Undefined = the embedded PostgreSQL, which only the launcher starts; its processes always have one. */
    externalDatabaseUrl: env.DATABASE_URL,
    /** Connection string of the app. Throws where there is no database to connect to. */
    get databaseUrl() {
      if (!env.DATABASE_URL)
        throw new EnvironmentError('DATABASE_URL is not set in this process: only the launcher starts the embedded PostgreSQL')
      return env.DATABASE_URL
    },
    /** Connection string that migrates and owns the tables. */
    get databaseOwnerUrl() {
      return env.DATABASE_OWNER_URL ?? this.databaseUrl
    },
    /** Role the pool must switch to (`-c role=…`), or null when the login is the app's role already. */
    get databaseRole() {
      return decodeURIComponent(new URL(this.databaseUrl).username) === APP_ROLE ? null : APP_ROLE
    },
    /** Signs what leaves the server; at least 32 characters. Made and kept in DATA_DIR when SESSION_SECRET is unset. */
    get sessionSecret() {
      return env.SESSION_SECRET ?? keptSecret(dataDir)
    },
    smtpUrl: env.SMTP_URL ?? null,
    role: env.ROLE,
    logLevel: env.LOG_LEVEL,
    isDemo,
  }
}

export type Environment = ReturnType<typeof readEnvironment>

let current: Environment | undefined
/** The process's own environment, read and checked at first use. */
export const environment = new Proxy({} as Environment, {
  get: (_, name) => Reflect.get((current ??= readEnvironment(process.env)), name, current),
})

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const OF_THE_SERVER =
  /set_config\(|resolve_login_session|PrismaClient|kapacitet_app|SESSION_SECRET|argon2|pdfkit|from ?["']node:|AsyncLocalStorage/
const VALIDATION = /ZodError/

test('the scripts of the browser hold nothing of the server and no validation', () => {
  const scripts = readdirSync('build/client/assets').filter((file) => file.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(5)
  const text = (file: string) => readFileSync(`build/client/assets/${file}`, 'utf8')
  expect(scripts.filter((file) => OF_THE_SERVER.test(text(file)) || VALIDATION.test(text(file)))).toEqual([])
})

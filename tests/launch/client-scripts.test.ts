import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'

const OF_THE_SERVER =
  /set_config\(|resolve_login_session|PrismaClient|kapacitet_app|SESSION_SECRET|argon2|pdfkit|from ?["']node:|AsyncLocalStorage/
const VALIDATION = /ZodError/
const ASSETS = 'build/client/assets'

test('the scripts of the browser hold nothing of the server and no validation', () => {
  const scripts = readdirSync(ASSETS).filter((file) => file.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(5)
  const text = (file: string) => readFileSync(`${ASSETS}/${file}`, 'utf8')
  expect(scripts.filter((file) => OF_THE_SERVER.test(text(file)) || VALIDATION.test(text(file)))).toEqual([])
})

type Manifest = {
  url: string
  entry: { module: string; imports: string[] }
  routes: { [id: string]: { module: string; imports?: string[]; parentId?: string } }
}

/** The scripts a browser with an empty cache asks for to show a route, the manifest of all routes among them. */
function scriptsOf(id: string): string[] {
  const file = readdirSync(ASSETS).find((name) => /^manifest-.*\.js$/.test(name))!
  const text = readFileSync(`${ASSETS}/${file}`, 'utf8')
  const { url, entry, routes } = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Manifest
  const scripts = new Set([url, entry.module, ...entry.imports])
  for (let at: string | undefined = id; at; at = routes[at]!.parentId)
    for (const script of [routes[at]!.module, ...(routes[at]!.imports ?? [])]) scripts.add(script)
  return [...scripts]
}

test('a roster is opened with at most 130 kB of scripts, half a kilobyte of headers a file among them', () => {
  const scripts = scriptsOf('routes/_app.trainings.$trainingId.attendance')
  const weight = (path: string) => statSync(existsSync(`build/client${path}.br`) ? `build/client${path}.br` : `build/client${path}`).size
  expect(scripts.length).toBeLessThanOrEqual(8)
  expect(scripts.reduce((sum, path) => sum + weight(path) + 500, 0)).toBeLessThanOrEqual(130_000)
})

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Refusal, run, say } from './command.mjs'

/** What npm cannot bring: programs (any one of each list will do) and the Debian package they come in. */
const FOR_TESTS = [
  [['chromium', 'chromium-browser', 'google-chrome'], 'chromium'],
  [['pdftotext'], 'poppler-utils'],
  [['pdftoppm'], 'poppler-utils'],
  [['pdffonts'], 'poppler-utils'],
  [['pdfinfo'], 'poppler-utils'],
  [['qpdf'], 'qpdf'],
]
export const FOR_INTEROP = [
  [['/usr/lib/postgresql/15/bin/postgres'], 'postgresql-15'],
  [['soffice', 'libreoffice'], 'libreoffice-calc libreoffice-writer'],
]

const found = (program) =>
  program.startsWith('/')
    ? existsSync(program)
    : (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
const missing = (tools) => [...new Set(tools.filter(([programs]) => !programs.some(found)).flatMap(([, packages]) => packages.split(' ')))]

/** Installs the missing programs with apt-get when this is root's Debian; otherwise throws `Refusal` with the exact line to run. */
export async function systemTools(tools = FOR_TESTS) {
  const wanted = missing(tools)
  if (wanted.length === 0) return
  const line = `apt-get install -y --no-install-recommends ${wanted.join(' ')}`
  const mayInstall = process.getuid?.() === 0 && found('apt-get')
  if (mayInstall) {
    say(line)
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update'], { show: false, env })
    await run('apt-get', line.split(' ').slice(1), { show: false, env })
  }
  if (missing(tools).length) throw new Refusal(`The tests need programs that npm cannot bring. Run this and start again:\n  sudo ${line}`)
}

import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Opens `table.<ending>` in LibreOffice with a profile of its own and writes it as `to`; returns the files written by name. */
export async function convertedByLibreOffice(
  bytes: Uint8Array,
  ending: string,
  to: string,
  more: string[] = [],
): Promise<Map<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'kapacitet-office-'))
  try {
    const out = join(folder, 'out')
    await writeFile(join(folder, `table.${ending}`), bytes)
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
    const args = [profile, '--headless', '--norestore', ...more, '--convert-to', to, '--outdir', out, join(folder, `table.${ending}`)]
    await run('soffice', args, { timeout: 110_000, env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: folder } })
    const names = await readdir(out)
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(out, name))] as const)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

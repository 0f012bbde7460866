import { readFileSync, writeFileSync } from 'node:fs'

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'windows']
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32']

/** A package for one platform says in its name which; an entry without it would be installed everywhere. */
function platformOf(name) {
  const words = name.split(/[-/]/)
  const system = SYSTEMS.find((word) => words.includes(word))
  const processor = PROCESSORS.find((word) => words.includes(word))
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined
  return {
    ...(processor ? { cpu: [processor] } : {}),
    ...(system ? { os: [system === 'windows' ? 'win32' : system] } : {}),
    ...(system === 'linux' && libc ? { libc: [libc] } : {}),
  }
}

function found(packages, from, name) {
  for (let folder = from; folder; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/'))))
    if (packages[`${folder}/node_modules/${name}`]) return true
  return Boolean(packages[`node_modules/${name}`])
}

/** The optional packages that packages of the lock name with an exact version and the lock does not hold: [folder, name, version]. */
export function missingFromLock({ packages }) {
  const missing = []
  for (const [folder, { optionalDependencies = {} }] of Object.entries(packages))
    for (const [name, version] of Object.entries(optionalDependencies))
      if (/^\d+\.\d+\.\d+/.test(version) && !found(packages, folder, name)) missing.push([folder, name, version])
  return missing
}

/**
 * npm leaves the packages of other platforms out of the lock when the registry it asked does not have them, and then refuses to
 * install from that lock anywhere („Missing: … from lock file“). Adds them by name, version and platform. Returns how many.
 */
export function completeLock(file = 'package-lock.json') {
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingFromLock(lock)
  for (const [folder, name, version] of missing) {
    const target = lock.packages[`node_modules/${name}`] ? `${folder}/node_modules/${name}` : `node_modules/${name}`
    lock.packages[target] = { version, ...platformOf(name), ...(lock.packages[folder].dev ? { dev: true } : {}), optional: true }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  return missing.length
}

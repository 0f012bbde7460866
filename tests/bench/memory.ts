import { readFileSync, readdirSync } from 'node:fs'

type Process = { pid: number; parent: number }

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }]
      } catch {
        return [] // it has ended meanwhile
      }
    })
}

/** Proportional memory (PSS) of the processes given and all below them, in MiB. Linux only. */
export function proportionalMemory(roots: number[]): number {
  const all = processes()
  const tree = new Set(roots)
  for (let size = -1; size !== tree.size;) {
    size = tree.size
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid)
  }
  let kilobytes = 0
  for (const pid of tree) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    } catch {
      continue // it has ended meanwhile
    }
  }
  return kilobytes / 1024
}

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

function treeOf(roots: number[]): Set<number> {
  const all = processes()
  const tree = new Set(roots)
  for (let size = -1; size !== tree.size;) {
    size = tree.size
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid)
  }
  return tree
}

/** Adds up what `read` finds for each process of the trees; one that has ended meanwhile counts nothing. */
function total(roots: number[], read: (pid: number) => number): number {
  let sum = 0
  for (const pid of treeOf(roots)) {
    try {
      sum += read(pid)
    } catch {
      continue
    }
  }
  return sum
}

const TICK_MS = 10 // of /proc, on every Linux people run

/** Processor time that the processes given and all below them have used so far, in milliseconds; other programs on the machine do not change it. */
export const processorTime = (roots: number[]): number =>
  total(roots, (pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  })

/** Proportional memory (PSS) of the processes given and all below them, in MiB. Linux only. */
export const proportionalMemory = (roots: number[]): number =>
  total(roots, (pid) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)) / 1024

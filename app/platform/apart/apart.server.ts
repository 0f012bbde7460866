import { fork, type ChildProcess } from 'node:child_process'

/** Run as it stands: it must not share a process, and so not a build, with anything of ours. */
const PROCESS = 'app/platform/apart/process.mjs'

export type Bounds = {
  /** For the objects a file becomes. */
  heapMib: number
  /** For the whole process. */
  memoryMib: number
  /** Of the processor's time, for one question. */
  workSeconds: number
  /** By the clock, for one question: the process may have to wait for others. */
  patienceSeconds: number
}

/** The process refused the file: `memory`, `time`, `broken`, or a reason of the thread's own. */
export class RefusedApart extends Error {
  constructor(readonly reason: string) {
    super(`refused: ${reason}`)
  }
}

export type Apart = {
  /** Throws `RefusedApart`; another error where the process was ended by others and the file is not to blame. */
  ask<Answer>(question: object): Promise<Answer>
  /** Returns once the process is gone, with the memory it held. */
  end(): Promise<void>
}

/** Begins a process of its own for the questions put to `module`, a thread of `answerQuestions` named from this folder; `end` it at last. */
export function beginApart(module: string, { heapMib, memoryMib, workSeconds, patienceSeconds }: Bounds): Apart {
  const child = fork(PROCESS, [module, String(heapMib), String(memoryMib), String(workSeconds)], {
    execArgv: [],
    env: {} as NodeJS.ProcessEnv,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()))
  const end = () => {
    child.kill('SIGKILL')
    return gone
  }
  return { ask: (question) => answerOf(child, question, patienceSeconds), end }
}

/** One question put to a process that lives no longer. Returns its answer; throws as `ask` does. */
export async function askApart<Answer>(module: string, bounds: Bounds, question: object): Promise<Answer> {
  const apart = beginApart(module, bounds)
  try {
    return await apart.ask<Answer>(question)
  } finally {
    await apart.end()
  }
}

type Said = { refused?: string }

function answerOf<Answer>(child: ChildProcess, question: object, patienceSeconds: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      child.off('message', hear).off('exit', gone).off('error', failed)
      finish()
    }
    const refuse = (reason: string) => settle(() => reject(new RefusedApart(reason)))
    const fail = (what: string) => settle(() => reject(new Error(`The process apart ${what}`)))
    // a heap that grew past its bound in one step ends the process by a signal of its own
    const end = (signal: NodeJS.Signals | null) =>
      signal === 'SIGKILL' ? fail('was killed') : refuse(signal && signal !== 'SIGSEGV' ? 'memory' : 'broken')
    const hear = (said: Said) => (said.refused ? refuse(said.refused) : settle(() => resolve(said as Answer)))
    // what it said last may still be on its way
    const gone = (_: unknown, signal: NodeJS.Signals | null) =>
      child.connected ? child.once('disconnect', () => end(signal)) : end(signal)
    const failed = () => fail('could not be asked')
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      refuse('time')
    }, patienceSeconds * 1000)
    child.on('message', hear).on('exit', gone).on('error', failed)
    child.send(question, (error) => error && failed())
  })
}

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

/**
 * Asks `module`, a thread of `answerQuestions` named from this folder, one question in a process of its own that lives no longer and
 * cannot pass its bounds. Returns its answer. Throws `RefusedApart`; another error where the process was ended by others and the file is
 * not to blame.
 */
export async function askApart<Answer>(module: string, bounds: Bounds, question: object): Promise<Answer> {
  const { heapMib, memoryMib, workSeconds, patienceSeconds } = bounds
  const child = fork(PROCESS, [module, String(heapMib), String(memoryMib), String(workSeconds)], {
    execArgv: [],
    env: {} as NodeJS.ProcessEnv,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  try {
    return await answerOf<Answer>(child, question, patienceSeconds)
  } finally {
    child.kill('SIGKILL')
  }
}

function answerOf<Answer>(child: ChildProcess, question: object, patienceSeconds: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      finish()
    }
    const refuse = (reason: string) => settle(() => reject(new RefusedApart(reason)))
    const fail = (what: string) => settle(() => reject(new Error(`The process apart ${what}`)))
    // a heap that grew past its bound in one step ends the process by a signal of its own
    const end = (signal: NodeJS.Signals | null) => (signal === 'SIGKILL' ? fail('was killed') : refuse(signal ? 'memory' : 'broken'))
    const timer = setTimeout(() => refuse('time'), patienceSeconds * 1000)
    child.on('message', (said: { refused?: string }) => (said.refused ? refuse(said.refused) : settle(() => resolve(said as Answer))))
    // what it said last may still be on its way
    child.on('exit', (_, signal) => (child.connected ? child.once('disconnect', () => end(signal)) : end(signal)))
    child.on('error', () => fail('could not be asked'))
    child.send(question, (error) => error && fail('could not be asked'))
  })
}

import { fork, type ChildProcess } from 'node:child_process'

/** Run as it stands: it must not share a process, and so not a build, with anything of ours. */
const READER = 'app/platform/pages/reader-process.mjs'
const HEAP_MIB = 256
/** For one page by the clock; by the processor's time the reader itself gives up long before. */
const PATIENCE_MS = 90_000

/** Why a file cannot be taken apart. */
export const UNREADABLE = ['broken', 'encrypted', 'pixels', 'pages', 'empty', 'memory', 'time'] as const
export type Unreadable = (typeof UNREADABLE)[number]

export class UnreadableFile extends Error {
  constructor(readonly reason: Unreadable) {
    super(`unreadable: ${reason}`)
  }
}

type View = Uint8Array<ArrayBuffer>
/**
 * A page as a WebP picture that holds nothing of the file but what is seen, and the texts of the codes found on it, each with the picture
 * turned so that this code stands upright; the picture of the page is that of the first. Those turned alike share one.
 */
export type ReadPage = { view: View; codes: { text: string; view: View }[] }
export type OpenFile = {
  count: number
  /** Reads a page, counted from 1. Throws `UnreadableFile`; another error where the reader was ended by others and the file is not to blame. */
  page(number: number): Promise<ReadPage>
  close(): void
}

type Said = { count?: number; views?: Uint8Array[]; codes?: { text: string; view: number }[]; refused?: Unreadable }

/**
 * Opens a JPEG, PNG or PDF in a process of its own, which ends when it takes more than 900 MB or more than 25 s of work for a page, and with
 * this process in any case. Codes are reported where their text begins with `prefix`. Throws as `page` does; `close` in the end.
 */
export async function openFile(
  bytes: Uint8Array,
  { isPdf, mostPages, prefix }: { isPdf: boolean; mostPages: number; prefix: string },
): Promise<OpenFile> {
  const child = fork(READER, {
    execArgv: [`--max-old-space-size=${HEAP_MIB}`],
    env: {} as NodeJS.ProcessEnv,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const close = () => void child.kill('SIGKILL')
  try {
    const { count } = await ask(child, { bytes, isPdf, mostPages, prefix })
    return {
      count: count!,
      page: async (number) => {
        const said = await ask(child, { page: number })
        const views = said.views!.map((view) => new Uint8Array(view))
        return { view: views[0]!, codes: said.codes!.map(({ text, view }) => ({ text, view: views[view]! })) }
      },
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

function ask(child: ChildProcess, question: object): Promise<Said> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      child.off('message', hear).off('exit', gone).off('error', failed)
      finish()
    }
    const refuse = (reason: Unreadable) => settle(() => reject(new UnreadableFile(reason)))
    const hear = (said: Said) => (said.refused ? refuse(said.refused) : settle(() => resolve(said)))
    const fail = (reason: string) => settle(() => reject(new Error(`The reader ${reason}`)))
    const end = (signal: NodeJS.Signals | null) => (signal === 'SIGKILL' ? fail('was killed') : refuse('broken'))
    // what it said last may still be on its way
    const gone = (_: unknown, signal: NodeJS.Signals | null) =>
      child.connected ? child.once('disconnect', () => end(signal)) : end(signal)
    const failed = () => fail('could not be asked')
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      refuse('time')
    }, PATIENCE_MS)
    child.on('message', hear).on('exit', gone).on('error', failed)
    child.send(question, (error) => error && failed())
  })
}

import { beginApart, RefusedApart, type Bounds } from '../apart/apart.server'

const READER = '../pages/reader-thread.mjs'
/** For a page: by the clock, the last of them, it has to wait for others. */
const BOUNDS: Bounds = { heapMib: 256, memoryMib: 900, workSeconds: 25, patienceSeconds: 90 }

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
  /** Returns once the reader is gone, with the memory it held. */
  close(): Promise<void>
}

type Said = { views: Uint8Array[]; codes: { text: string; view: number }[] }

/**
 * Opens a JPEG, PNG or PDF in a process of its own, which ends when it takes more than 900 MB or more than 25 s of work for a page, and with
 * this process in any case. Codes are reported where their text begins with `prefix`. Throws as `page` does; `close` in the end.
 */
export async function openFile(
  bytes: Uint8Array,
  { isPdf, mostPages, prefix }: { isPdf: boolean; mostPages: number; prefix: string },
): Promise<OpenFile> {
  const reader = beginApart(READER, BOUNDS)
  const ask = <Answer>(question: object) =>
    reader.ask<Answer>(question).catch((error: unknown) => {
      throw error instanceof RefusedApart ? new UnreadableFile(error.reason as Unreadable) : error
    })
  try {
    const { count } = await ask<{ count: number }>({ bytes, isPdf, mostPages, prefix })
    return {
      count,
      page: async (number) => {
        const said = await ask<Said>({ page: number })
        const views = said.views.map((view) => new Uint8Array(view))
        return { view: views[0]!, codes: said.codes.map(({ text, view }) => ({ text, view: views[view]! })) }
      },
      close: reader.end,
    }
  } catch (error) {
    await reader.end()
    throw error
  }
}

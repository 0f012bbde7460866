import { violated } from '~/platform/db-errors.server'
import { AppError } from '~/platform/errors'
import type { Span } from './session-times.server'

/** Runs what changes the times or breaks of sessions, or cancels them; throws `code` where the sheet of one is closed. */
export async function refusingClosed<T>(code: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (violated(error, 'closed_session_stays')) throw new AppError('conflict', code)
    throw error
  }
}

/** Whether both are the same times, in any order. */
export function sameSpans(some: Span[], others: Span[]): boolean {
  const inOrder = (spans: Span[]) => spans.map(({ startsAt, endsAt }) => `${+startsAt}–${+endsAt}`).sort()
  return inOrder(some).join() === inOrder(others).join()
}

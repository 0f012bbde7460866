/** The one clock. Every decision that depends on now asks here, so that a test can stand on a given day. */
export const clock = { now: () => new Date() }

/** Runs `run` with the clock standing at `instant`. For tests and for the demo's past. */
export async function atInstant<T>(instant: Date, run: () => Promise<T>): Promise<T> {
  const before = clock.now
  clock.now = () => instant
  try {
    return await run()
  } finally {
    clock.now = before
  }
}

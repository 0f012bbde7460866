/** Lets at most `places` runs at a time begin in this process; the others wait in the order they came. */
export function turnstile(places: number) {
  const waiting: (() => void)[] = []
  let free = places
  return async function inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}

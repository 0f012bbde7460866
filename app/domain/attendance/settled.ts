const SETTLED = /^[\da-f-]{36}@\d{1,18}(,[\da-f-]{36}@\d{1,18})*$/

/** Whether a field is written as `settledText` writes it. */
export const isSettledText = (text: string): boolean => SETTLED.test(text)

/** People whose rows were shown anew later than the rest of a roster, with the last claim then, as one hidden field: `<person>@<claim>,…` */
export const settledText = (settled: ReadonlyMap<string, string>): string => [...settled].map((one) => one.join('@')).join(',')

/** The people of such a field; what is no such field names nobody. */
export const settledFrom = (text: string): Map<string, string> =>
  new Map(isSettledText(text) ? text.split(',').map((one) => one.split('@') as [string, string]) : [])

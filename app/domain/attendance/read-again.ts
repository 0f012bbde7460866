import type { ReadRow, RowProblem } from './marks-in-file'
import { offered, takenFrom } from './offered'

/** What the preview of a file shows of the file itself; `missing` counts those of the sheet it does not hold. */
export type Read = { rows: ReadRow[]; unmarked: number; missing: number }

const PROBLEMS = ['unknown', 'namesakes', 'other_name', 'mark', 'minutes', 'repeated', 'other_session'] as const satisfies RowProblem[]

/** What was read, as one hidden field of the form that records it: a refused form is drawn again from it, the file being gone. */
export const packedRead = ({ rows, unmarked, missing }: Read): string =>
  JSON.stringify([
    unmarked,
    missing,
    rows.map(({ line, name, typed, candidates, problem }) => [
      line,
      name,
      typed ? offered(typed) : '',
      candidates.join(','),
      problem ?? '',
    ]),
  ])

/** What such a field holds, its candidates as far as they are among `people`; null for what is no such field. */
export function unpackedRead(text: unknown, people: { [personId: string]: unknown }): Read | null {
  try {
    const [unmarked, missing, rows] = JSON.parse(String(text)) as [unknown, unknown, unknown[][]]
    return { unmarked: Number(unmarked), missing: Number(missing), rows: rows.map((row) => rowOf(row.map(String), people)) }
  } catch {
    return null
  }
}

function rowOf([line = '', name = '', said = '', ids = '', why = '']: string[], people: { [personId: string]: unknown }): ReadRow {
  const candidates = ids.split(',').filter((id) => Object.hasOwn(people, id))
  const problem = PROBLEMS.find((one) => one === why) ?? null
  return { line: Number(line), name, typed: takenFrom(said), candidates, problem: problem ?? (candidates.length === 1 ? null : 'unknown') }
}

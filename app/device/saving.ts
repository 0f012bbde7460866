import { MARKS, sameRecord, type Mark, type Record } from '~/domain/attendance/attendance'
import { stateOf, type Claim, type Meeting } from '~/domain/attendance/decision'
import type { DeviceMark, DeviceSave } from '~/domain/attendance/device-marks'

export type ShownRow = { id: string; name: string; mark?: string | null; late?: number | null; early?: number | null }
type Page = { meeting: Meeting; rows: readonly ShownRow[]; seen: string; drawnAt: number }

const minutes = (value: FormDataEntryValue | null) => Math.min(1440, Math.max(0, Math.trunc(Number(value)) || 0))
const recordOf = (row: ShownRow): Record | null =>
  row.mark ? { mark: row.mark as Mark, lateMinutes: row.late ?? 0, leftEarlyMinutes: row.early ?? 0 } : null

/** The rows of a roster's form that say something else than what the page shows: what the server had said with `overlay` over it. */
export function changedRows(form: FormData, rows: readonly ShownRow[], overlay: ReadonlyMap<string, Record>): DeviceMark[] {
  return rows.flatMap((row) => {
    const mark = MARKS.find((one) => one === form.get(`mark.${row.id}`))
    if (!mark) return []
    const isThere = mark === 'present'
    const typed: Record = {
      mark,
      lateMinutes: isThere ? minutes(form.get(`late.${row.id}`)) : 0,
      leftEarlyMinutes: isThere ? minutes(form.get(`early.${row.id}`)) : 0,
    }
    return sameRecord(typed, overlay.get(row.id) ?? recordOf(row)) ? [] : [{ personId: row.id, ...typed }]
  })
}

/** What the page's rows come to with the saves that the server has not answered, or whose answer the page does not show yet. */
export function overlayOf(page: Page, saves: readonly DeviceSave[]): Map<string, Record> {
  const overlay = new Map<string, Record>()
  const shown = new Map(page.rows.map((row) => [row.id, recordOf(row)]))
  for (const personId of new Set(saves.flatMap(({ rows }) => rows.map((row) => row.personId)))) {
    const record = shown.get(personId)
    const said = saves.flatMap((save) => claimOf(page, save, personId))
    const { record: standing } = stateOf(page.meeting, record ? [shownClaim(record, page.drawnAt), ...said] : said)
    if (standing) overlay.set(personId, standing)
  }
  return overlay
}

const SHOWN = '0'
const shownClaim = (record: Record, drawnAt: number): Claim => ({
  ...record,
  id: SHOWN,
  key: SHOWN,
  kind: 'mark',
  at: new Date(drawnAt),
  basedOn: [],
})

function claimOf(page: Page, { key, at, seen, after, rows }: DeviceSave, personId: string): Claim[] {
  const knewPage = BigInt(seen) >= BigInt(page.seen)
  return rows
    .filter((row) => row.personId === personId)
    .map((row) => ({ ...row, id: null, key, kind: 'mark', at: new Date(at), basedOn: knewPage ? [SHOWN, ...after] : after }))
}

/**
 * The key under which the server records a roster's form, by the same rule as the server: marks kept here after a form was sent whose
 * answer never came are then known there, if the form had arrived.
 */
export async function keyOfForm(form: FormData): Promise<string> {
  const typed = [...form].map(([name, value]) => [name, typeof value === 'string' ? value : `${value.name}:${value.size}`])
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(typed)))
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

import { useMemo, useState } from 'react'
import { settledFrom, settledText } from '~/domain/attendance/settled'
import { isRecord, MARKS, sameRecord, type Record as Said } from '~/domain/attendance/attendance'
import { attendanceWords } from '~/i18n/attendance'
import { useT } from '~/i18n/use-language'
import { typedValue, type FormState } from '~/ui/form-state'
import type { RosterRow } from '~/ui/roster-rows'
import { useFormState } from '~/ui/use-form-state'
import { useRecordWords } from './words'

type Shown = Pick<RosterRow, 'id' | 'mark' | 'late' | 'early'>
type Page = { session: { id: string } | null; seen: string; rows: readonly Shown[] }

/**
 * How a roster goes on from what was typed and refused, or typed before the login had expired. It is sent with the state it was first
 * drawn over, so that what others said meanwhile stays where nobody has touched the row. Rows that were in conflict are settled over the
 * state they are shown with now, which `noteOf` names beside them; rows only others have changed show what those have said.
 */
export function useTypedRoster(actionData: unknown, { session, seen, rows }: Page) {
  const { state: given, restored } = useFormState(actionData, { sessionId: session?.id ?? '' })
  const state = useStillRefused(given)
  const t = useT(attendanceWords)
  const say = useRecordWords()
  const typed = useMemo(() => goneOn(state, seen, rows), [state, seen, rows])
  const noteOf = (row: Shown) => {
    if (!typed.settled.has(row.id)) return ''
    const now = recordOf(row.mark, row.late, row.early)
    const own = recordOf(...fieldsOf(typed.state, row.id))
    return sameRecord(now, own) ? '' : t('meanwhile', { what: now ? say(now) : t('meanwhileNone') })
  }
  const isBehind = typed.seen !== seen
  const hidden = {
    sessionId: session?.id ?? '',
    seen: typed.seen,
    ...(typed.settled.size > 0 ? { settled: settledText(typed.settled) } : {}),
    ...(isBehind ? { behind: '1' } : {}),
  }
  return { state: typed.state, restored, hidden, noteOf }
}

/** A refused form that could not be sent again for want of a line is still the one the server has refused. */
function useStillRefused(state: FormState | null): FormState | null {
  const [held, hold] = useState({ given: state, still: state })
  // by what it holds: what was restored comes as another object each time
  if (held.given?.initialValue !== state?.initialValue || held.given?.error !== state?.error) {
    const refused = held.still?.initialValue ? held.still : null
    hold({ given: state, still: state && !state.initialValue && refused ? { ...refused, error: state.error } : state })
  }
  return held.still
}

function goneOn(state: FormState | null, seen: string, rows: readonly Shown[]) {
  const settled = settledFrom(textOf(typedValue(state, 'settled')))
  const [named, others] = [state?.values?.['settle'], state?.values?.['others']].map((ids) => textOf(ids).split(',').filter(Boolean))
  for (const id of [...named!, ...others!]) settled.set(id, seen)
  return {
    state: others!.length > 0 ? withRows(state!, new Set(others), rows) : state,
    seen: textOf(typedValue(state, 'seen')) || seen,
    settled,
  }
}

/** What was typed, with the rows of `people` as the page shows them now. */
function withRows(state: FormState, people: ReadonlySet<string>, rows: readonly Shown[]): FormState {
  const fields = { ...state.initialValue }
  for (const field of ['mark', 'late', 'early'] as const) {
    const now = rows.filter(({ id }) => people.has(id)).map((row) => [row.id, row[field] || undefined])
    fields[field] = { ...(fields[field] as object | undefined), ...Object.fromEntries(now) }
  }
  return { ...state, initialValue: fields }
}

const fieldsOf = (state: FormState | null, id: string) =>
  [typedValue(state, `mark.${id}`), typedValue(state, `late.${id}`), typedValue(state, `early.${id}`)] as const

function recordOf(word: unknown, late: unknown, early: unknown): Said | null {
  const mark = MARKS.find((one) => one === word)
  const record = mark && { mark, lateMinutes: Number(late) || 0, leftEarlyMinutes: Number(early) || 0 }
  return record && isRecord(record) ? record : null
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

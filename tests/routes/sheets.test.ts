import { describe, expect, test } from 'vitest'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { atInstant } from '~/platform/clock.server'
import SheetsPage, { loader } from '~/routes/_app.sheets'
import { aTraining, type Somebody } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'

const AFTERWARDS = new Date('2026-11-02T15:00:00Z')

/** A training of one session whose sheet its trainer has closed at 17:00 in Sofia. */
async function closed() {
  const w = await aTraining({ people: 1 })
  await atInstant(AFTERWARDS, async () => {
    const at = { trainingId: w.training.id, sessionId: w.sessions[0]!.id }
    const rows = [{ personId: w.people[0]!.id, typed: { mark: 'present' as const, lateMinutes: 0, leftEarlyMinutes: 0 } }]
    await recordAttendance(w.trainer.actor, { ...at, seen: '0', key: crypto.randomUUID(), rows, markRestPresent: false })
    await closeSheet(w.trainer.actor, { ...at, statement: 'Така беше.' })
  })
  return w
}

describe('the list of sheets', () => {
  const shown = async (as: Somebody) => {
    const { body } = await atInstant(AFTERWARDS, () => call(loader, '/sheets', { as }))
    return screen(SheetsPage, body, { at: '/sheets' })
  }

  test('names the trainer to who keeps everybody’s sheets, and not to the trainer', async () => {
    const w = await closed()
    const name = w.trainer.actor.name
    expect(await shown(w.coordinator)).toContain(`<td data-label="Обучител">${name}</td>`)
    const own = await shown(w.trainer)
    expect(own).not.toContain('data-label="Обучител"')
    expect(wordsOf(own)).not.toContain(name)
    expect(wordsOf(own)).toContain('приключен 02.11.2026\u00a0г., 17:00')
  })

  test('counts one sheet as one', async () => {
    const words = wordsOf(await shown((await closed()).coordinator))
    expect(words).toContain('1 приключен ')
    expect(words).toContain('1 списък ')
  })
})

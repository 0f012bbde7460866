import { formatDateTime, formatMinutes, formatTime, fullName } from '~/i18n/format'
import { closePdf, mm, openPdf } from '~/platform/pdf/document.server'
import { ensureRoom, flowNumberedList, flowText, numberPages, type Flow } from '~/platform/pdf/flow.server'
import { flowGrid } from '~/platform/pdf/grid.server'
import { layText } from '~/platform/pdf/text.server'
import type { Mark, Record } from './attendance'
import { distinctions, type FilledFacts, type FilledRow, type SheetCorrection } from './sheet-facts'
import { COLORS, SIDE, beginSheet, fileTitle, pageNumberPlace, style, widthOf } from './sheet-page.server'

const TITLE = 'Приключен присъствен списък'
const PAPER = 'landscape'
const MARKS: { [M in Mark]: string } = { present: 'присъствал/а', absent: 'отсъствал/а', excused: 'отсъствал/а по уважителна причина' }
const MINUTE_MS = 60_000
/** Parts of the width. */
const COLUMNS = [
  { header: '№', part: 3, align: 'center' },
  { header: 'Име, презиме, фамилия', part: 20 },
  { header: 'Длъжност', part: 15 },
  { header: 'Услуга или звено', part: 17 },
  { header: 'Отбелязано', part: 14 },
  { header: 'Идване', part: 7, align: 'center' },
  { header: 'Тръгване', part: 8, align: 'center' },
  { header: 'Присъствие', part: 11, align: 'right' },
] as const
const PARTS = COLUMNS.reduce((sum, { part }) => sum + part, 0)
const BODY = style('body', 9.5)

/**
 * Returns a closed sheet as a tagged PDF to be read, not signed: who was there, from when to when and for how long, under whose statement
 * it was closed, and every correction since with its reason. It bears no code: it is no page to file.
 */
export function renderFilledSheet(facts: FilledFacts): Promise<Buffer> {
  const head = { ...facts, title: TITLE }
  const pdf = openPdf({
    title: fileTitle(head),
    author: `Община ${facts.municipality}`,
    createdAt: facts.madeAt,
    layout: PAPER,
    margin: SIDE,
  })
  const flow = beginSheet(pdf, head, PAPER, false)
  const told = distinctions(facts.rows, ['position', 'unit'])
  flowGrid(flow, {
    columns: COLUMNS.map(({ part, ...column }) => ({ ...column, width: (widthOf(PAPER) * part) / PARTS })),
    rows: facts.rows.map((row, index) => [
      { text: `${index + 1}` },
      { text: fullName(row), ...(told[index] ? { note: told[index] } : {}) },
      ...cellsOf(facts, row).map((text) => ({ text })),
    ]),
    headStyle: style('strong', 9),
    bodyStyle: BODY,
    noteStyle: style('body', 8, COLORS.muted),
    ruleColor: COLORS.line,
    rowHeight: mm(6),
    padding: mm(1.2),
  })
  paragraph(flow, tally(facts.rows))
  heading(flow, 'Приключване')
  const { statement, by, at } = facts.closure
  paragraph(flow, `Приключен на ${moment(facts, at)} от ${by}: „${statement}“`)
  if (facts.corrections.length > 0) {
    heading(flow, 'Корекции след приключването')
    const items = facts.corrections.map((one) => correctionText(facts, one))
    flowNumberedList(flow, items, { style: BODY, indent: 20, gap: 2 })
  }
  numberPages(pdf, pageNumberPlace(PAPER).style, pageNumberPlace(PAPER).place, (page, of) => `Страница ${page} от ${of}`)
  return closePdf(pdf)
}

/** Times by the scans where there are, else by the minutes that were marked. */
function cellsOf({ startsAt, endsAt, timeZone }: FilledFacts, row: FilledRow): string[] {
  const post = [row.position ?? '', row.unit ?? '']
  if (!row.mark) return [...post, 'без отметка', '', '', '']
  if (row.mark !== 'present') return [...post, MARKS[row.mark], '', '', formatMinutes(0, 'bg')]
  const came = row.arrivedAt ?? new Date(+startsAt + row.lateMinutes * MINUTE_MS)
  const left = row.leftAt ?? new Date(+endsAt - row.leftEarlyMinutes * MINUTE_MS)
  return [
    ...post,
    MARKS.present,
    formatTime(came, timeZone),
    left < came ? '' : formatTime(left, timeZone),
    formatMinutes(row.attendedMinutes, 'bg'),
  ]
}

function tally(rows: FilledRow[]): string {
  const count = (mark: Mark | null) => rows.filter((row) => row.mark === mark).length
  const unmarked = count(null)
  return [
    `Присъствали: ${count('present')}`,
    `отсъствали: ${count('absent')}`,
    `отсъствали по уважителна причина: ${count('excused')}`,
    ...(unmarked > 0 ? [`без отметка: ${unmarked}`] : []),
  ].join('; ')
}

const moment = ({ timeZone }: FilledFacts, at: Date) => formatDateTime(at, 'bg', timeZone)

function recordText(record: Record | null): string {
  if (!record) return 'без отметка'
  const late = record.lateMinutes > 0 ? `, закъснение ${formatMinutes(record.lateMinutes, 'bg')}` : ''
  const early = record.leftEarlyMinutes > 0 ? `, напускане ${formatMinutes(record.leftEarlyMinutes, 'bg')} по-рано` : ''
  return `${MARKS[record.mark]}${late}${early}`
}

function correctionText(facts: FilledFacts, { person, from, to, reason, by, at }: SheetCorrection): string {
  const why = reason ? ` Причина: ${reason}` : ''
  return `${person}: беше „${recordText(from)}“, стана „${recordText(to)}“. Коригирано на ${moment(facts, at)} от ${by}.${why}`
}

function heading(flow: Flow, words: string): void {
  const block = layText(words, style('strong', 11.5, COLORS.accent), flow.width)
  ensureRoom(flow, mm(4) + block.height + 2 * BODY.size * BODY.leading)
  flow.y += mm(4)
  flowText(flow, block, 'H2')
  flow.y += mm(0.5)
}

function paragraph(flow: Flow, words: string): void {
  flow.y += mm(1)
  flowText(flow, layText(words, BODY, flow.width), 'P')
}

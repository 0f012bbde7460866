import { fullName, formatTime } from '~/i18n/format'
import { artifact, closePdf, mm, openPdf, tag, type Pdf } from '~/platform/pdf/document.server'
import { ensureRoom, flowText, numberPages, type Flow } from '~/platform/pdf/flow.server'
import { flowGrid, type GridCell, type GridColumn } from '~/platform/pdf/grid.server'
import { qrFigure } from '~/platform/pdf/qr-figure.server'
import { drawText, layText } from '~/platform/pdf/text.server'
import { dayOf, instantAt } from '~/platform/zoned.server'
import type { SheetColumn } from '../funder/funder'
import type { Span } from './attendance'
import { distinctions, signedParts, type SheetFacts, type SheetPerson } from './sheet-facts'
import { sheetQrText, type SheetLayout } from './sheet-qr'
import { COLORS, QR_MAX_SIDE, SIDE, beginSheet, codePlace, fileTitle, pageNumberPlace, style, widthOf } from './sheet-page.server'

const TITLE = 'Присъствен списък'
/** Least width in mm, and the part of what is left over. A signature needs 45 × 10 mm. */
const COLUMNS: Record<SheetColumn, { header: string; least: number; share: number; align?: 'center' }> = {
  number: { header: '№', least: 9, share: 0, align: 'center' },
  name: { header: 'Име, презиме, фамилия', least: 46, share: 3 },
  position: { header: 'Длъжност', least: 31, share: 2 },
  unit: { header: 'Услуга или звено', least: 35, share: 2 },
  employee_number: { header: 'Служебен №', least: 20, share: 0 },
  arrival: { header: 'Час на идване', least: 18, share: 0 },
  departure: { header: 'Час на тръгване', least: 18, share: 0 },
  minutes: { header: 'Присъствие, минути', least: 22, share: 0 },
  signature: { header: 'Подпис', least: 45, share: 1 },
  note: { header: 'Бележка', least: 25, share: 3 },
}
const LEAST_SIGNATURE = mm(COLUMNS.signature.least)
const ROW_HEIGHT = mm(11)
const ROWS_TO_ADD = 4
const ROWS_OF_AN_EMPTY_LIST = 12
const HEAD = style('strong', 9)
const BODY = style('body', 9.5)
const NOTE = style('body', 8, COLORS.muted)
const SIGN_HEIGHT = mm(16)

/**
 * Returns the sheet of a session for signing by hand as a tagged PDF: one row a person in the order given, a few rows for those who
 * come unlisted, and the trainer's signature. The code of `sheetQrText` stands on each page. Upright A4, or lying where the columns ask
 * for it; per half-day there is a signature for each of `signedParts`.
 */
export function renderSheet(facts: SheetFacts, layout: SheetLayout): Promise<Buffer> {
  const parts = layout === 'day' ? [facts] : signedParts(facts, middayOf(facts))
  const paper = paperFor(facts.form.columns, parts.length)
  const head = { ...facts, title: TITLE }
  const pdf = openPdf({
    title: fileTitle(head),
    author: `Община ${facts.municipality}`,
    createdAt: facts.madeAt,
    layout: paper,
    margin: SIDE,
  })
  const flow = beginSheet(pdf, head, paper, true)
  const columns = gridColumns(facts, parts, widthOf(paper))
  const grid = (rows: GridCell[][]) =>
    flowGrid(flow, {
      columns: columns.map(({ grid }) => grid),
      rows,
      headStyle: HEAD,
      bodyStyle: BODY,
      noteStyle: NOTE,
      ruleColor: COLORS.line,
      rowHeight: ROW_HEIGHT,
      padding: mm(1.2),
    })
  const names = columns.map(({ column }) => column)
  const told = distinctions(facts.people, facts.form.columns)
  if (facts.people.length > 0) {
    grid(facts.people.map((person, index) => names.map((column) => cellOf(column, person, index, told[index] ?? null))))
    addedOnTheSpot(flow)
  }
  const empty = facts.people.length > 0 ? ROWS_TO_ADD : ROWS_OF_AN_EMPTY_LIST
  grid(
    Array.from({ length: empty }, (_, index) =>
      names.map((column) => ({ text: column === 'number' ? `${facts.people.length + index + 1}` : '' })),
    ),
  )
  trainerSigns(flow, facts.trainer)
  numberPages(pdf, pageNumberPlace(paper).style, pageNumberPlace(paper).place, (page, of) => `Страница ${page} от ${of}`)
  drawCodes(pdf, facts.sessionId, layout, paper)
  return closePdf(pdf)
}

const middayOf = ({ startsAt, timeZone }: SheetFacts) => instantAt(dayOf(startsAt, timeZone), '12:00', timeZone)

const leastOf = (columns: readonly SheetColumn[], signatures: number) =>
  columns.reduce((sum, column) => sum + COLUMNS[column].least * (column === 'signature' ? signatures : 1), 0)

const paperFor = (columns: readonly SheetColumn[], signatures: number) =>
  mm(leastOf(columns, signatures)) <= widthOf('portrait') ? 'portrait' : 'landscape'

type SheetGridColumn = { column: SheetColumn; grid: GridColumn }

/** Room left over goes to the columns by their shares; where there is too little, all but the signatures become narrower alike. */
function gridColumns({ form, timeZone }: SheetFacts, parts: Span[], width: number): SheetGridColumn[] {
  const { columns } = form
  const signatures = LEAST_SIGNATURE * parts.length
  const others = mm(leastOf(columns, parts.length)) - signatures
  const narrower = Math.min(1, (width - signatures) / others)
  const spare = Math.max(0, width - signatures - others)
  const shares = columns.reduce((sum, column) => sum + COLUMNS[column].share * (column === 'signature' ? parts.length : 1), 0)
  const time = (instant: Date) => formatTime(instant, timeZone)
  return columns.flatMap((column): SheetGridColumn[] => {
    const { header, least, share, align } = COLUMNS[column]
    const more = (spare * share) / shares
    if (column !== 'signature') return [{ column, grid: { header, width: mm(least) * narrower + more, ...(align ? { align } : {}) } }]
    return parts.map((part) => {
      const note = parts.length > 1 ? `${time(part.startsAt)}–${time(part.endsAt)}` : undefined
      return { column, grid: { header, width: LEAST_SIGNATURE + more, ...(note ? { note } : {}) } }
    })
  })
}

function cellOf(column: SheetColumn, person: SheetPerson, index: number, told: string | null): GridCell {
  switch (column) {
    case 'number':
      return { text: `${index + 1}` }
    case 'name':
      return { text: fullName(person), ...(told ? { note: told } : {}) }
    case 'position':
      return { text: person.position ?? '' }
    case 'unit':
      return { text: person.unit ?? '' }
    case 'employee_number':
      return { text: person.employeeNumber ?? '' }
    default:
      return { text: '' }
  }
}

function addedOnTheSpot(flow: Flow): void {
  const words = layText('Добавени на място', style('strong', 10.5, COLORS.accent), flow.width)
  ensureRoom(flow, mm(3) + words.height + mm(8) + 2 * ROW_HEIGHT)
  flow.y += mm(3)
  flowText(flow, words, 'H2')
  flow.y += mm(1)
}

/** Where the trainer signs and writes the date, kept together. */
function trainerSigns(flow: Flow, trainer: string): void {
  const name = layText(`Обучител: ${trainer}`, BODY, flow.width * 0.46)
  ensureRoom(flow, Math.max(SIGN_HEIGHT, name.height + mm(6)))
  const line = flow.y + Math.max(SIGN_HEIGHT, name.height + mm(6)) - mm(3)
  const baseline = line - BODY.size * BODY.leading + 2
  const places = [
    { label: 'Подпис:', left: flow.left + flow.width * 0.5, width: flow.width * 0.28 },
    { label: 'Дата:', left: flow.left + flow.width * 0.81, width: flow.width * 0.19 },
  ]
  tag(flow.pdf, 'P', {}, () => drawText(flow.pdf, name, flow.left, line + 2 - name.height))
  for (const { label, left, width } of places) {
    const words = layText(label, BODY, width)
    tag(flow.pdf, 'P', {}, () => drawText(flow.pdf, words, left, baseline))
    artifact(flow.pdf, 'Layout', () => {
      const { doc } = flow.pdf
      doc
        .moveTo(left + mm(13), line)
        .lineTo(left + width, line)
        .lineWidth(0.6)
        .strokeColor(COLORS.line)
        .stroke()
    })
  }
  flow.y = line + mm(3)
}

/** Drawn last: a code says how many pages there are. */
function drawCodes(pdf: Pdf, sessionId: string, layout: SheetLayout, paper: 'portrait' | 'landscape'): void {
  const { start, count: pages } = pdf.doc.bufferedPageRange()
  for (let page = 1; page <= pages; page += 1) {
    pdf.doc.switchToPage(start + page - 1)
    const code = qrFigure(sheetQrText({ sessionId, layout, page, pages }), QR_MAX_SIDE)
    const { x, y } = codePlace(paper, code)
    code.draw(pdf, x, y, `QR код на страница ${page} от ${pages} на присъствения списък`)
  }
}

import { formatDate, formatHours, formatTime, formatTimeRange } from '~/i18n/format'
import { artifact, mm, tag, type Pdf } from '~/platform/pdf/document.server'
import { EMBLEM_MIN_HEIGHT_MM, euBlock } from '~/platform/pdf/eu-block.server'
import type { Flow } from '~/platform/pdf/flow.server'
import type { FontName } from '~/platform/pdf/fonts.server'
import { drawText, fitText, layText, type TextBlock, type TextStyle } from '~/platform/pdf/text.server'
import { EMBLEM_FLY_PER_HOIST } from '~/platform/eu-emblem'
import { scheduledMinutes } from './attendance'
import type { SheetFacts } from './sheet-facts'

/** The paper of a sheet; measures in points. Every office printer prints to 5 mm from the edge. */
export const SIDE = mm(12)
const TOP = mm(10)
const FOOT = mm(8)
const SHORT_EDGE = 595.28
const LONG_EDGE = 841.89
/** The code on each page: its dark part is larger than 22 mm, so that a photograph of a whole table can still be read. */
export const QR_MAX_SIDE = mm(28.6)
const QR_GAP = mm(3)
const LABEL_WIDTH = mm(21)

export const COLORS = { ink: '#16212B', muted: '#4B5863', accent: '#0F4F52', line: '#5B6B75', worthless: '#8A1C1C' } as const

export const style = (font: FontName, size: number, color: string = COLORS.ink, leading = 1.25): TextStyle => ({
  font,
  size,
  color,
  leading,
})

const WORTHLESS = { demo: 'Демонстрационен документ, без стойност', sample: 'Образец за преглед, не се подписва' } as const
const STATEMENT = style('body', 8, COLORS.ink)
const PAGE_NUMBER = style('body', 8.5, COLORS.muted)
const LABEL = style('body', 9.5, COLORS.muted)
const VALUE = style('body', 9.5)
const FACT_GAP = 1.2

type Head = Omit<SheetFacts, 'people'> & { title: string }

/** Returns the width between the margins of one layout, in points. */
export const widthOf = (layout: 'portrait' | 'landscape') => (layout === 'portrait' ? SHORT_EDGE : LONG_EDGE) - 2 * SIDE

/**
 * Begins the pages of a sheet. Each has the EU block where due, what it is a list of, the funder's statement at its foot, and in its top
 * right corner room for a code of `QR_MAX_SIDE` where `hasCode`; the first has all facts. The pages are numbered by `numberSheetPages`.
 */
export function beginSheet(pdf: Pdf, head: Head, layout: 'portrait' | 'landscape', hasCode: boolean): Flow {
  const width = widthOf(layout)
  const pageHeight = layout === 'portrait' ? LONG_EDGE : SHORT_EDGE
  const statement = head.form.statement ? layText(head.form.statement, STATEMENT, width) : null
  const numberTop = pageHeight - FOOT - PAGE_NUMBER.size * PAGE_NUMBER.leading
  const bottom = numberTop - mm(1.5) - (statement ? statement.height + mm(1) : 0)
  let isFirst = true
  const flow: Flow = {
    pdf,
    y: TOP,
    left: SIDE,
    width,
    bottom,
    beginPage() {
      if (!isFirst) pdf.doc.addPage()
      const top = drawHead(pdf, head, width - (hasCode ? QR_MAX_SIDE + QR_GAP : 0), isFirst)
      if (statement) drawStatement(pdf, statement, numberTop - statement.height, isFirst)
      isFirst = false
      return Math.max(top, hasCode ? TOP + QR_MAX_SIDE : 0) + mm(2)
    },
  }
  flow.y = flow.beginPage()
  return flow
}

/** Where the code of a page stands: its dark part reaches to the margin. */
export const codePlace = (layout: 'portrait' | 'landscape', { side, quiet }: { side: number; quiet: number }) => ({
  x: SIDE + widthOf(layout) - side + quiet,
  y: TOP - quiet,
})

/** Where „Страница 1 от 2“ stands. */
export const pageNumberPlace = (layout: 'portrait' | 'landscape') => ({
  style: PAGE_NUMBER,
  place: {
    left: SIDE,
    width: widthOf(layout),
    y: (layout === 'portrait' ? LONG_EDGE : SHORT_EDGE) - FOOT - PAGE_NUMBER.size * PAGE_NUMBER.leading,
  },
})

function drawHead(pdf: Pdf, head: Head, width: number, isFirst: boolean): number {
  let y = TOP
  const { form } = head
  const block = form.showsEuBlock ? euBlock(EMBLEM_MIN_HEIGHT_MM) : null
  if (block) block.draw(pdf, SIDE, y)
  if (form.logo) drawLogo(pdf, form.logo, SIDE + (block ? block.width + mm(8) : 0), y, block !== null)
  if (block || form.logo) y += mm(EMBLEM_MIN_HEIGHT_MM) + mm(2.5)
  const line = (text: TextBlock, type: string) => {
    const draw = () => drawText(pdf, text, SIDE, y)
    if (isFirst) tag(pdf, type, {}, draw)
    else artifact(pdf, 'Pagination', draw)
    y += text.height
  }
  if (head.worthless) line(layText(WORTHLESS[head.worthless], style('strong', 9.5, COLORS.worthless), width), 'P')
  if (isFirst) {
    line(layText(head.title, style('strong', 17, COLORS.accent, 1.15), width), 'H1')
    line(layText(`Община ${head.municipality}`, style('strong', 11), width), 'P')
    return drawFacts(pdf, head, y + mm(1.5), width)
  }
  const when = formatTimeRange(head.startsAt, head.endsAt, 'bg', head.timeZone)
  line(
    layText(`${head.title} (продължение), Община ${head.municipality}`, style('strong', 10.5, COLORS.accent), width, { maxLines: 1 }),
    'P',
  )
  line(layText(`${quoted(head.course)}`, style('strong', 9.5), width, { maxLines: 1 }), 'P')
  line(layText([when, head.place].filter(Boolean).join(', '), VALUE, width, { maxLines: 1 }), 'P')
  return y
}

/** Never higher or wider than the emblem it stands beside (Regulation (EU) 2021/1060, Annex IX); as high where there is none. */
function drawLogo(pdf: Pdf, logo: Uint8Array, x: number, y: number, besideEmblem: boolean): void {
  const height = mm(EMBLEM_MIN_HEIGHT_MM)
  const width = besideEmblem ? height * EMBLEM_FLY_PER_HOIST : mm(45)
  tag(pdf, 'Figure', { alt: 'Лого', box: [x, y, x + width, y + height] }, () => {
    pdf.doc.image(Buffer.from(logo), x, y, { fit: [width, height] })
  })
}

/** The facts of the session by name; a long title takes as many lines as it needs. */
function drawFacts(pdf: Pdf, head: Head, top: number, width: number): number {
  let y = top
  const table = tag(pdf, 'Table')
  for (const [label, value] of factRows(head)) {
    const name = layText(label, LABEL, LABEL_WIDTH)
    const text = fitText(value, VALUE, width - LABEL_WIDTH, 8, { maxLines: 4 })
    const row = tag(pdf, 'TR', { parent: table })
    const at = y
    tag(pdf, 'TH', { parent: row, scope: 'Row' }, () => drawText(pdf, name, SIDE, at))
    tag(pdf, 'TD', { parent: row }, () => drawText(pdf, text, SIDE + LABEL_WIDTH, at))
    y += Math.max(name.height, text.height) + FACT_GAP
  }
  return y
}

const quoted = (title: string) => `„${title}“`

/** What a sheet says about its session, by name; what is not stated has no row. */
function factRows(head: Head): [string, string][] {
  const { timeZone, breaks, project } = head
  const spans = breaks.map((pause) => `${formatTime(pause.startsAt, timeZone)}–${formatTime(pause.endsAt, timeZone)}`)
  const number = project?.number ? `№ ${project.number}` : ''
  const projectText = [number, project?.title ? quoted(project.title) : ''].filter(Boolean).join(', ')
  const rows: [string, string | null][] = [
    ['Проект', projectText],
    ['Обучение', quoted(head.course)],
    [
      'Дата и час',
      `${formatTimeRange(head.startsAt, head.endsAt, 'bg', timeZone)}${spans.length > 0 ? `; почивки: ${spans.join(', ')}` : ''}`,
    ],
    ['Хорариум', formatHours(scheduledMinutes(head, breaks), head.academicHourMinutes, 'bg')],
    ['Място', head.place],
    ['Обучител', head.trainer],
  ]
  return rows.filter((row): row is [string, string] => !!row[1])
}

function drawStatement(pdf: Pdf, statement: TextBlock, top: number, isFirst: boolean): void {
  const draw = () => drawText(pdf, statement, SIDE, top - mm(1))
  if (isFirst) tag(pdf, 'P', {}, draw)
  else artifact(pdf, 'Pagination', draw)
}

/** The title of the file: what it is a list of and of which day. */
export const fileTitle = ({ title, course, startsAt, timeZone }: Head) =>
  `${title}, ${quoted(course)}, ${formatDate(startsAt, 'bg', timeZone)}`

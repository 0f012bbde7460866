import { fullName } from '~/i18n/format'
import { mm, tag, type Pdf, type TagOptions } from '~/platform/pdf/document.server'
import { euBlock } from '~/platform/pdf/eu-block.server'
import { drawText, fitText, layText, type TextBlock, type TextStyle } from '~/platform/pdf/text.server'
import type { AnnexContents } from './certificate-annex-pdf.server'
import { registerNumberText, type CertificateFacts } from './certificate-facts'
import { COLORS, LEFT, WIDTH, drawRule, style } from './certificate-page.server'
import { basisRows, participationWords, quoted, sessionsNeedAnnex, trainingRows, type FactRow } from './certificate-wording'

/** A piece of the page: `gap` is the least space above it, `stretch` its part of the space left over. All in points. */
export interface Piece {
  height: number
  gap: number
  stretch: number
  draw(y: number): void
}

/** How much of the facts stands on the first page, and how tight. */
export interface Plan {
  scale: number
  /** As a list, as one line of the table, or in the annex. */
  topics: 'list' | 'row' | 'annex'
  /** Lines a value of the table may take here before its whole text goes to the annex. */
  valueLines: number
  /** The same for title and post above the table. */
  titleLines: number
  postLines: number
}

const EMBLEM_HEIGHT_MM = 13
const LABEL_WIDTH = mm(27)
const CELL_GAP = mm(4)
const SIGNATURE_WIDTH = mm(80)
/** Room above the line for a signature by hand. */
const SIGNATURE_ROOM = mm(14)
const NAME_LINES = 3

/** Returns the pieces of the first page from top to bottom under a plan, and what it leaves to the annex. */
export function firstPage(pdf: Pdf, facts: CertificateFacts, plan: Plan): { pieces: Piece[]; annex: AnnexContents } {
  const { scale } = plan
  const { issuer, recipient, course, project } = facts
  const cut: FactRow[] = []
  const sized = (font: TextStyle['font'], size: number, color?: string, leading?: number) => style(font, size * scale, color, leading)
  const centred = (block: TextBlock, type: string, gap: number, stretch = 0, options: TagOptions = {}): Piece => ({
    height: block.height,
    gap: gap * scale,
    stretch,
    draw: (y) => void tag(pdf, type, options, () => drawText(pdf, block, LEFT, y, 'center')),
  })
  const line = (text: string, face: TextStyle, gap: number, stretch = 0, options: TagOptions = {}) =>
    centred(layText(text, face, WIDTH, { balanced: true }), 'P', gap, stretch, options)
  const fitted = (label: string, text: string, face: TextStyle, minSize: number, maxLines: number): TextBlock => {
    const block = fitText(text, face, WIDTH, minSize, { maxLines, balanced: true })
    if (block.cut) cut.push({ label, values: [text] })
    return block
  }

  const nameStyle = sized('strong', 27, COLORS.ink, 1.15)
  const unbroken = fitText(fullName(recipient), nameStyle, WIDTH, 14, { maxLines: NAME_LINES, balanced: true, wholeWords: true })
  const name = unbroken.cut ? fitted('Име', fullName(recipient), nameStyle, 13, NAME_LINES) : unbroken
  const title = fitted('Тема', quoted(course.title), sized('strong', 17, COLORS.ink, 1.22), 10.5, plan.titleLines)
  const post = [recipient.position, recipient.unit].filter(Boolean).join(', ')

  const pieces: Piece[] = []
  if (project?.euFunded) pieces.push(euPiece(pdf))
  pieces.push(line(`Община ${issuer.municipality}`, sized('strong', 17, COLORS.accent, 1.2), pieces.length > 0 ? 12 : 4, 2))
  if (issuer.district) pieces.push(line(`област ${issuer.district}`, sized('body', 11, COLORS.muted), 1))
  pieces.push(headingPiece(pdf, scale))
  pieces.push(line(registerNumberText(facts), sized('body', 12), 6))
  pieces.push(line('се издава на', sized('body', 11.5, COLORS.muted), 9, 2))
  pieces.push(centred(name, 'P', 3, 0.3))
  if (post) pieces.push(centred(fitted('Длъжност', post, sized('body', 12), 8.5, plan.postLines), 'P', 3))
  pieces.push(line(participationWords(facts), sized('body', 11.5, COLORS.muted), 9, 2))
  pieces.push(centred(title, 'P', 3, 0.3))
  if (course.titleEn)
    pieces.push(
      centred(fitted('Тема на английски', course.titleEn, sized('body', 11, COLORS.muted), 8.5, plan.postLines), 'P', 2, 0, { lang: 'en' }),
    )
  const topicsRow = plan.topics === 'row' ? [{ label: 'Теми', values: [course.topics.join('; ')] }] : []
  pieces.push(rowsPiece(pdf, [...trainingRows(facts), ...topicsRow, ...basisRows(facts)], plan, cut))
  if (plan.topics === 'list' && course.topics.length > 0) pieces.push(topicsPiece(pdf, course.topics, scale))
  const signature = signaturePiece(pdf, facts, plan, cut)
  const annex: AnnexContents = {
    topics: plan.topics === 'annex' ? course.topics : [],
    withSessions: sessionsNeedAnnex(facts),
    rows: cut,
  }
  if (annexHasContents(annex)) {
    pieces.push(line('Неразделна част от удостоверението е приложението към него.', style('body', 9, COLORS.muted), 4))
  }
  return { pieces: [...pieces, signature], annex }
}

export function annexHasContents({ topics, withSessions, rows }: AnnexContents): boolean {
  return topics.length > 0 || withSessions || rows.length > 0
}

function euPiece(pdf: Pdf): Piece {
  const block = euBlock(EMBLEM_HEIGHT_MM)
  return { height: block.height, gap: 0, stretch: 0, draw: (y) => block.draw(pdf, LEFT + (WIDTH - block.width) / 2, y) }
}

function headingPiece(pdf: Pdf, scale: number): Piece {
  const first = layText('УДОСТОВЕРЕНИЕ', style('strong', 34 * scale, COLORS.accent, 1.1), WIDTH)
  const second = layText('ЗА УЧАСТИЕ', style('strong', 16 * scale, COLORS.accent, 1.2), WIDTH)
  return {
    height: first.height + second.height,
    gap: 12 * scale,
    stretch: 3,
    draw: (y) =>
      void tag(pdf, 'H1', {}, () => {
        drawText(pdf, { ...first, lines: first.lines.map((line) => `${line} `) }, LEFT, y, 'center')
        drawText(pdf, second, LEFT, y + first.height, 'center')
      }),
  }
}

function rowsPiece(pdf: Pdf, rows: FactRow[], { scale, valueLines }: Plan, cut: FactRow[]): Piece {
  const padding = 2.2 * scale
  const labelStyle = style('body', 10 * scale, COLORS.muted)
  const valueStyle = style('body', 10.5 * scale)
  const valueLeft = LEFT + LABEL_WIDTH + CELL_GAP
  const valueWidth = WIDTH - LABEL_WIDTH - CELL_GAP
  const laid = rows.map(({ label, values }) => {
    const blocks = values.map((value) => layText(value, valueStyle, valueWidth, { maxLines: valueLines }))
    if (blocks.some((block) => block.cut)) cut.push({ label, values })
    const height = blocks.reduce((sum, block) => sum + block.height, 0) + 2 * padding
    return { label: layText(label, labelStyle, LABEL_WIDTH), blocks, height }
  })
  return {
    height: laid.reduce((sum, { height }) => sum + height, 0),
    gap: 10 * scale,
    stretch: 2,
    draw(top) {
      const table = tag(pdf, 'Table')
      let y = top
      drawRule(pdf, LEFT, WIDTH, y)
      for (const { label, blocks, height } of laid) {
        const row = tag(pdf, 'TR', { parent: table })
        const shift = (valueStyle.size - labelStyle.size) * 0.9
        tag(pdf, 'TH', { parent: row, scope: 'Row' }, () => drawText(pdf, label, LEFT, y + padding + shift))
        const cell = tag(pdf, 'TD', { parent: row })
        let lineTop = y + padding
        for (const block of blocks) {
          tag(pdf, 'P', { parent: cell }, () => drawText(pdf, block, valueLeft, lineTop))
          lineTop += block.height
        }
        y += height
        drawRule(pdf, LEFT, WIDTH, y)
      }
    },
  }
}

function topicsPiece(pdf: Pdf, topics: string[], scale: number): Piece {
  const head = layText('Теми', style('strong', 10.5 * scale, COLORS.accent), WIDTH)
  const itemStyle = style('body', 10 * scale)
  const indent = 16 * scale
  const items = topics.map((topic) => layText(topic, itemStyle, WIDTH - indent))
  return {
    height: head.height + items.reduce((sum, { height }) => sum + height, 0),
    gap: 7 * scale,
    stretch: 0.7,
    draw(top) {
      tag(pdf, 'H2', {}, () => drawText(pdf, head, LEFT, top))
      const list = tag(pdf, 'L')
      let y = top + head.height
      items.forEach((item, index) => {
        const entry = tag(pdf, 'LI', { parent: list })
        const label = layText(`${index + 1}.`, itemStyle, indent)
        tag(pdf, 'Lbl', { parent: entry }, () => drawText(pdf, label, LEFT, y))
        tag(pdf, 'LBody', { parent: entry }, () => drawText(pdf, item, LEFT + indent, y))
        y += item.height
      })
    },
  }
}

/** The line for the signature with the issuer's name under it on the right, the place for the stamp on the left. */
function signaturePiece(pdf: Pdf, { issuedBy }: CertificateFacts, { scale, postLines }: Plan, cut: FactRow[]): Piece {
  const left = LEFT + WIDTH - SIGNATURE_WIDTH
  const name = fitText(issuedBy.name, style('strong', 11 * scale), SIGNATURE_WIDTH, 8.5, { maxLines: NAME_LINES, balanced: true })
  const role = fitText(issuedBy.role ?? '', style('body', 10 * scale, COLORS.muted), SIGNATURE_WIDTH, 8.5, {
    maxLines: postLines,
    balanced: true,
  })
  if (name.cut || role.cut) cut.push({ label: 'Издал', values: [[issuedBy.name, issuedBy.role].filter(Boolean).join(', ')] })
  const label = layText('Подпис:', style('body', 10 * scale, COLORS.muted), SIGNATURE_WIDTH)
  const stamp = layText('М. П.', style('body', 10 * scale, COLORS.muted), WIDTH - SIGNATURE_WIDTH)
  const room = SIGNATURE_ROOM * scale
  return {
    height: room + 3 + name.height + role.height,
    gap: 4 * scale,
    stretch: 3,
    draw(y) {
      const lineY = y + room
      drawRule(pdf, left, SIGNATURE_WIDTH, lineY, COLORS.ink, 0.6)
      tag(pdf, 'P', {}, () => drawText(pdf, label, left, lineY - label.height - 1))
      tag(pdf, 'P', {}, () => drawText(pdf, name, left, lineY + 3, 'center'))
      if (issuedBy.role) tag(pdf, 'P', {}, () => drawText(pdf, role, left, lineY + 3 + name.height, 'center'))
      tag(pdf, 'P', {}, () => drawText(pdf, stamp, LEFT, lineY - stamp.height - 1, 'center'))
    },
  }
}

import { fullName } from '~/i18n/format'
import { mm, type Pdf } from '~/platform/pdf/document.server'
import { EMBLEM_MIN_HEIGHT_MM, euBlock } from '~/platform/pdf/eu-block.server'
import { ensureRoom, flowNumberedList, flowText, type Flow } from '~/platform/pdf/flow.server'
import { flowTable } from '~/platform/pdf/table.server'
import { layText } from '~/platform/pdf/text.server'
import { registerNumberText, type CertificateFacts } from './certificate-facts'
import { COLORS, CONTENT_BOTTOM, LEFT, WIDTH, beginCertificatePage, style } from './certificate-page.server'
import { quoted, sessionLines, type FactRow } from './certificate-wording'

/** What found no room on the first page. */
export interface AnnexContents {
  topics: string[]
  withSessions: boolean
  rows: FactRow[]
}

const BODY = style('body', 10.5)
const HEADING_GAP = mm(4)
const SESSION_COLUMNS = [
  { header: '№', share: 1 },
  { header: 'Занятие', share: 8 },
  { header: 'Хорариум', share: 4, align: 'right' as const },
  { header: 'Присъствие', share: 4, align: 'right' as const },
]

/** Draws „Приложение“ on pages of its own; each carries the EU block where due, the register number and the name. */
export function drawAnnex(pdf: Pdf, facts: CertificateFacts, { topics, withSessions, rows }: AnnexContents): void {
  let continued = false
  const flow: Flow = {
    pdf,
    y: 0,
    left: LEFT,
    width: WIDTH,
    bottom: CONTENT_BOTTOM,
    beginPage() {
      pdf.doc.addPage()
      const y = drawAnnexHead(flow, facts, continued)
      continued = true
      return y
    },
  }
  flow.y = flow.beginPage()
  for (const { label, values } of rows) {
    heading(flow, label)
    for (const value of values) flowText(flow, layText(value, BODY, WIDTH), 'P')
  }
  if (topics.length > 0) {
    heading(flow, 'Теми')
    flowNumberedList(flow, topics, { style: BODY, indent: 20, gap: 2 })
  }
  if (withSessions) {
    heading(flow, 'Занятия')
    flowTable(flow, {
      columns: SESSION_COLUMNS,
      rows: sessionLines(facts),
      headStyle: style('strong', 9.5, COLORS.muted),
      bodyStyle: BODY,
      ruleColor: COLORS.line,
      padding: 3,
    })
  }
}

function drawAnnexHead(flow: Flow, facts: CertificateFacts, continued: boolean): number {
  flow.y = beginCertificatePage(flow.pdf, facts.demo)
  if (facts.project?.euFunded) {
    const block = euBlock(EMBLEM_MIN_HEIGHT_MM)
    block.draw(flow.pdf, LEFT, flow.y)
    flow.y += block.height + HEADING_GAP
  }
  const { issuer, recipient, course } = facts
  const whose = `към удостоверение за участие ${registerNumberText(facts)}, издадено от Община ${issuer.municipality} на ${fullName(recipient)}`
  flowText(
    flow,
    layText(continued ? 'Приложение (продължение)' : 'Приложение', style('strong', 20, COLORS.accent), WIDTH),
    continued ? 'P' : 'H2',
  )
  flowText(flow, layText(continued ? whose : `${whose} за обучение на тема ${quoted(course.title)}`, BODY, WIDTH), 'P')
  return flow.y + mm(3)
}

/** Keeps a heading with the first lines under it. */
function heading(flow: Flow, words: string): void {
  const block = layText(words, style('strong', 13, COLORS.accent), WIDTH)
  ensureRoom(flow, HEADING_GAP + block.height + 4 * BODY.size)
  flow.y += HEADING_GAP
  flowText(flow, block, 'H3')
  flow.y += 2
}

import { fullName } from '~/i18n/format'
import { closePdf, mm, openPdf, tag, type Pdf } from '~/platform/pdf/document.server'
import { numberPages } from '~/platform/pdf/flow.server'
import { qrFigure } from '~/platform/pdf/qr-figure.server'
import { drawText, fitText, layText } from '~/platform/pdf/text.server'
import { drawAnnex } from './certificate-annex-pdf.server'
import { registerNumberText, type CertificateFacts } from './certificate-facts'
import { annexHasContents, firstPage, type Piece, type Plan } from './certificate-first-page.server'
import { COLORS, CONTENT_BOTTOM, FRAME, LEFT, PAGE_NUMBER, WIDTH, beginCertificatePage, drawRule, style } from './certificate-page.server'

const QR_MAX_SIDE = mm(29.5)
const QR_TEXT_GAP = mm(2)
/** Spare room is shared out among the pieces only to this many points for one part of `stretch`; the rest stays above the signature. */
const MOST_STRETCH = 13

const ROOMY = { valueLines: Infinity, titleLines: 7, postLines: 3 }

/** Tried in this order until one fits: all on one page, then the topics in the annex, then long texts too. */
const PLANS: Plan[] = [
  ...[1, 0.95].map((scale) => ({ ...ROOMY, scale, topics: 'list' as const })),
  ...[1, 0.95, 0.9, 0.86].map((scale) => ({ ...ROOMY, scale, topics: 'row' as const })),
  ...[1, 0.95, 0.9, 0.86, 0.8].map((scale) => ({ ...ROOMY, scale, topics: 'annex' as const })),
  ...[0.86, 0.8].map((scale) => ({ ...ROOMY, scale, topics: 'annex' as const, valueLines: 3 })),
  { scale: 0.8, topics: 'annex', valueLines: 2, titleLines: 5, postLines: 2 },
]
/** Low enough for any facts: eleven values of one line, three lines of name, four of title. */
const TIGHTEST: Plan = { scale: 0.75, topics: 'annex', valueLines: 1, titleLines: 4, postLines: 1 }

/**
 * Returns „Удостоверение за участие“ as a tagged PDF of one A4 page, followed by an annex when topics, sessions or long texts need it;
 * nothing of the facts is left out. The same facts give the same bytes: the creation date is the beginning (UTC) of the day of issue.
 */
export function renderCertificate(facts: CertificateFacts): Promise<Buffer> {
  const pdf = openPdf({
    title: `Удостоверение за участие, ${registerNumberText(facts)}, ${fullName(facts.recipient)}`,
    author: `Община ${facts.issuer.municipality}`,
    createdAt: new Date(`${facts.issuedOn}T00:00:00Z`),
    margin: FRAME,
  })
  const top = beginCertificatePage(pdf, facts.demo)
  const verification = verificationPiece(pdf, facts)
  const bottom = CONTENT_BOTTOM - verification.height
  const { pieces, annex } = fittingPage(pdf, facts, bottom - top)
  drawPieces(pieces, top, bottom)
  verification.draw(bottom)
  if (annexHasContents(annex)) {
    drawAnnex(pdf, facts, annex)
    numberPages(pdf, PAGE_NUMBER.style, PAGE_NUMBER.place, (page, of) => `Страница ${page} от ${of}`)
  }
  return closePdf(pdf)
}

function fittingPage(pdf: Pdf, facts: CertificateFacts, room: number): ReturnType<typeof firstPage> {
  for (const plan of PLANS) {
    const page = firstPage(pdf, facts, plan)
    if (leastHeight(page.pieces) <= room) return page
  }
  return firstPage(pdf, facts, TIGHTEST)
}

function leastHeight(pieces: Piece[]): number {
  return pieces.reduce((sum, { height, gap }) => sum + height + gap, 0)
}

/** Draws the pieces from `top`, the last one standing on `bottom`. */
function drawPieces(pieces: Piece[], top: number, bottom: number): void {
  const parts = pieces.reduce((sum, { stretch }) => sum + stretch, 0)
  const stretchPoints = Math.min(MOST_STRETCH, Math.max(0, bottom - top - leastHeight(pieces)) / parts)
  let y = top
  pieces.forEach(({ height, gap, stretch, draw }, index) => {
    const flowing = y + gap + stretch * stretchPoints
    y = index === pieces.length - 1 ? Math.max(flowing, bottom - height) : flowing
    draw(y)
    y += height
  })
}

/** The QR code with the address in words beside it: paper must be checkable by hand too. */
function verificationPiece(pdf: Pdf, { verifyUrl, verifyCode }: CertificateFacts): Piece {
  const code = qrFigure(verifyUrl, QR_MAX_SIDE)
  const left = LEFT + code.side - code.quiet + QR_TEXT_GAP
  const width = LEFT + WIDTH - left
  const head = layText('Проверка на удостоверението', style('strong', 10.5, COLORS.accent), width)
  const how = layText('Сканирайте кода или отворете адреса:', style('body', 9.5, COLORS.muted), width)
  const address = fitText(verifyUrl, style('body', 10), width, 7, { maxLines: 3 })
  const codeLine = layText(`Код за проверка: ${verifyCode}`, style('body', 9.5, COLORS.muted), width)
  const texts = [head, how, address, codeLine]
  const ruleGap = mm(3)
  return {
    height: ruleGap + code.side,
    gap: 0,
    stretch: 0,
    draw(top) {
      drawRule(pdf, LEFT, WIDTH, top + ruleGap)
      const qrTop = top + ruleGap
      code.draw(pdf, LEFT - code.quiet, qrTop, `QR код с адреса за проверка: ${verifyUrl}`)
      let y = qrTop + (code.side - texts.reduce((sum, { height }) => sum + height, 0)) / 2
      for (const text of texts) {
        if (text === address) drawAddress(pdf, address, left, y, verifyUrl)
        else tag(pdf, 'P', {}, () => drawText(pdf, text, left, y))
        y += text.height
      }
    },
  }
}

function drawAddress(pdf: Pdf, block: Parameters<typeof drawText>[1], left: number, top: number, url: string): void {
  const link = tag(pdf, 'Link', { parent: tag(pdf, 'P') })
  link.add(() => drawText(pdf, block, left, top))
  const contents = new String(`Проверка на удостоверението: ${url}`) as string
  pdf.doc.link(left, top, block.width, block.height, url, { structParent: link, Contents: contents } as PDFKit.Mixins.AnnotationOption)
}

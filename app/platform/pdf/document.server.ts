import PDFDocument from 'pdfkit'
import { registerFonts } from './fonts.server'

export type StructureElement = PDFKit.PDFStructureElement

/** An open tagged document: what is drawn belongs either in a structure element under `root` or in an artifact. */
export interface Pdf {
  doc: PDFKit.PDFDocument
  root: StructureElement
  bytes: Promise<Buffer>
}

export interface PdfOptions {
  title: string
  author: string
  /** Written as the creation date; the caller's clock, so that a document made again carries its own moment. */
  createdAt: Date
  layout?: 'portrait' | 'landscape'
  /** Distance of the text from every edge of the paper, in points. */
  margin: number
}

export interface TagOptions {
  /** The element it belongs to; the document itself unless given. */
  parent?: StructureElement
  /** What a figure shows, for those who cannot see it. */
  alt?: string
  /** BCP 47 language where it is not the document's Bulgarian. */
  lang?: string
  scope?: 'Row' | 'Column'
  /** Left, top, right, bottom in points. */
  box?: [number, number, number, number]
}

const CREATOR = 'Капацитет'
const POINTS_PER_MM = 72 / 25.4
const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu
const XML_ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

export function mm(millimetres: number): number {
  return millimetres * POINTS_PER_MM
}

/** Returns `text` composed (NFC), on one line, without control characters and double spaces; no-break spaces stay. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(CONTROL_CHARACTERS, '')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** pdfkit interpolates document information into its XMP metadata unescaped: as text in a template this reads as escaped XML. */
class InfoText extends String {
  override toString(): string {
    return this.valueOf().replace(/[&<>]/g, (character) => XML_ESCAPES[character] ?? character)
  }
}

function infoText(text: string): string {
  return new InfoText(printable(text)) as unknown as string
}

/** Opens an A4 document in Bulgarian with its fonts, title and structure root; its first page is there. */
export function openPdf({ title, author, createdAt, layout = 'portrait', margin }: PdfOptions): Pdf {
  const doc = new PDFDocument({
    size: 'A4',
    layout,
    margin,
    pdfVersion: '1.7',
    subset: 'PDF/A-2a',
    tagged: true,
    lang: 'bg-BG',
    displayTitle: true,
    bufferPages: true,
    // Opening the default font would cost more than the whole document.
    font: null as unknown as string,
    info: { Title: infoText(title), Author: infoText(author), Creator: CREATOR, CreationDate: createdAt },
  })
  registerFonts(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  const bytes = new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = []
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  return { doc, root, bytes }
}

/** Ends the document and returns its bytes; nothing can be drawn afterwards. */
export function closePdf({ doc, bytes }: Pdf): Promise<Buffer> {
  doc.end()
  return bytes
}

/** Draws tagged content (`H1`, `P`, `TD`, `Figure`, …) and returns its element; without `draw` it is a container for others. */
export function tag({ doc, root }: Pdf, type: string, options: TagOptions = {}, draw?: () => void): StructureElement {
  const { parent = root, alt, lang, scope, box } = options
  const attributes = { alt, lang, scope, bbox: box } as PDFKit.Mixins.StructureElementOptions
  const element = draw ? doc.struct(type, attributes, draw) : doc.struct(type, attributes)
  parent.add(element)
  return element
}

/** Draws what carries no content: rules, frames, page numbers. Readers for the blind pass over it. */
export function artifact({ doc }: Pdf, type: 'Layout' | 'Pagination', draw: () => void): void {
  doc.markContent('Artifact', { type })
  draw()
  doc.endMarkedContent()
}

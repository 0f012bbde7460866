import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

/* Reads PDF files back with programs that are not ours: poppler, qpdf, sharp and ZXing. */

const run = promisify(execFile)
const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024
const QR_DPI = 300

async function onFile<T>(pdf: Buffer, read: (path: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kapacitet-pdf-'))
  try {
    const path = join(folder, 'document.pdf')
    await writeFile(path, pdf)
    return await read(path, folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function output(program: string, args: string[]): Promise<string> {
  return (await run(program, args, { maxBuffer: OUTPUT_LIMIT_BYTES })).stdout
}

/** Returns the text of each page in the order it was written, every run of white space (no-break spaces too) as one space. */
export async function pdfPages(pdf: Buffer): Promise<string[]> {
  const text = await onFile(pdf, (path) => output('pdftotext', ['-raw', '-enc', 'UTF-8', path, '-']))
  return text
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s+/g, ' ').trim())
}

/** Returns the text of all pages, white space as in `pdfPages`. */
export async function pdfText(pdf: Buffer): Promise<string> {
  return (await pdfPages(pdf)).join(' ')
}

export interface PdfWord {
  page: number
  text: string
  /** Points from the top left corner of the page. */
  left: number
  top: number
  right: number
  bottom: number
}

/** Returns every word with the box it takes. */
export async function pdfWords(pdf: Buffer): Promise<PdfWord[]> {
  const html = await onFile(pdf, (path) => output('pdftotext', ['-bbox', '-enc', 'UTF-8', path, '-']))
  const box = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g
  return html.split('<page ').flatMap((part, page) =>
    [...part.matchAll(box)].map(([, left, top, right, bottom, text = '']) => ({
      page,
      text,
      left: Number(left),
      top: Number(top),
      right: Number(right),
      bottom: Number(bottom),
    })),
  )
}

export interface PdfFontRow {
  /** Without the tag of the subset: „SofiaSans-Regular“. */
  name: string
  embedded: boolean
  subset: boolean
  unicode: boolean
}

/** Returns the fonts of the file as `pdffonts` lists them. */
export async function pdfFonts(pdf: Buffer): Promise<PdfFontRow[]> {
  const table = await onFile(pdf, (path) => output('pdffonts', [path]))
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => {
      const [, name = '', embedded, subset, unicode] =
        /^(?:\w{6}\+)?(\S+).*\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+\s*$/.exec(line) ?? []
      return { name, embedded: embedded === 'yes', subset: subset === 'yes', unicode: unicode === 'yes' }
    })
}

export interface PdfStructureRow {
  depth: number
  type: string
  /** Text right under this element, white space as in `pdfPages`. */
  text: string
}

/** Returns the structure tree in reading order as `pdfinfo -struct-text` shows it; empty for an untagged file. */
export async function pdfStructure(pdf: Buffer): Promise<PdfStructureRow[]> {
  const listing = await onFile(pdf, (path) => output('pdfinfo', ['-struct-text', path]))
  const rows: PdfStructureRow[] = []
  for (const line of listing.split('\n')) {
    const element = /^( *)([A-Z][A-Za-z0-9]*)(?::| \(block\)| \(inline\))*$/.exec(line)
    const text = /^ *"(.*)"$/.exec(line)
    const last = rows.at(-1)
    if (element) rows.push({ depth: (element[1] ?? '').length / 2, type: element[2] ?? '', text: '' })
    else if (text && last) last.text = `${last.text} ${text[1]}`.replace(/\s+/g, ' ').trim()
  }
  return rows
}

/** Returns title, author, language, whether tagged, and the alternative text of every figure, as `qpdf --json` reads them. */
export async function pdfAccessibility(pdf: Buffer): Promise<{ language: string | null; tagged: boolean; figures: Array<string | null> }> {
  const json = await onFile(pdf, (path) => output('qpdf', ['--json=2', '--json-key=qpdf', path]))
  const [, objects] = (JSON.parse(json) as { qpdf: [unknown, Record<string, { value?: Record<string, unknown> }>] }).qpdf
  const values = Object.values(objects).map(({ value }) => value ?? {})
  const words = (value: unknown) => (typeof value === 'string' ? value.replace(/^u:/, '') : null)
  const catalog = values.find((value) => value['/Type'] === '/Catalog') ?? {}
  return {
    language: words(catalog['/Lang']),
    tagged: '/StructTreeRoot' in catalog,
    figures: values.filter((value) => value['/S'] === '/Figure').map((value) => words(value['/Alt'])),
  }
}

/** Returns the fields of `pdfinfo` („Title“, „Author“, „Pages“, „CreationDate“ in ISO form). */
export async function pdfInfo(pdf: Buffer): Promise<Record<string, string>> {
  const listing = await onFile(pdf, (path) => output('pdfinfo', ['-isodates', path]))
  return Object.fromEntries(
    listing.split('\n').flatMap((line) => [...line.matchAll(/^([^:]+):\s+(.*)$/g)].map(([, key = '', value = '']) => [key, value])),
  )
}

/** Returns the XMP metadata, which must be well-formed XML whatever the title holds. */
export async function pdfXmp(pdf: Buffer): Promise<string> {
  return onFile(pdf, (path) => output('pdfinfo', ['-meta', path]))
}

/** Resolves when `qpdf --check` finds nothing to complain of; rejects with its words otherwise, warnings too. */
export async function checkPdf(pdf: Buffer): Promise<void> {
  await onFile(pdf, (path) => output('qpdf', ['--check', path]))
}

/** Returns a page as a PNG picture. */
export async function pdfPicture(pdf: Buffer, page = 1, dpi = QR_DPI): Promise<Buffer> {
  return onFile(pdf, async (path, folder) => {
    const target = join(folder, 'page')
    await run('pdftoppm', ['-png', '-singlefile', '-r', `${dpi}`, '-f', `${page}`, '-l', `${page}`, path, target])
    return readFile(`${target}.png`)
  })
}

let reader: Promise<unknown> | undefined

/** Returns the text of the QR code on a page as it would be printed at 300 dpi, or null when none is readable. */
export async function decodeQr(pdf: Buffer, page = 1): Promise<string | null> {
  reader ??= readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).then((wasm) =>
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer }, fireImmediately: true }),
  )
  await reader
  const { data, info } = await sharp(await pdfPicture(pdf, page))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const picture = { data: new Uint8ClampedArray(data), width: info.width, height: info.height, colorSpace: 'srgb' } as ImageData
  const [code] = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: 1 })
  return code?.text ?? null
}

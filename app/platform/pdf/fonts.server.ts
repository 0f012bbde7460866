import { createRequire } from 'node:module'
// @ts-expect-error the package ships no types
import { openSync } from 'fontkit'

/** The part of fontkit's font this module stands on. */
interface Font {
  unitsPerEm: number
  ascent: number
  descent: number
  capHeight: number
  layout(text: string, features?: unknown): { advanceWidth: number }
}

/** `statement` is Ubuntu and is used for the EU statement of support alone; everything else is Sofia Sans. */
export type FontName = 'body' | 'strong' | 'statement'

const FILES: Record<FontName, string> = {
  body: '@expo-google-fonts/sofia-sans/400Regular/SofiaSans_400Regular.ttf',
  strong: '@expo-google-fonts/sofia-sans/700Bold/SofiaSans_700Bold.ttf',
  statement: '@expo-google-fonts/ubuntu/700Bold/Ubuntu_700Bold.ttf',
}
const FONT_NAMES = Object.keys(FILES) as FontName[]

/** Words remembered per font; names and titles repeat, free text must not grow the process without end. */
const REMEMBERED_RUNS = 20_000

const requirePackage = createRequire(import.meta.url)
const opened = new Map<FontName, Font>()

/**
 * Returns the opened font, read and parsed once per process. Its `layout` remembers runs without extra features: pdfkit multiplies
 * the positions of a run by 1000 / unitsPerEm in place, so a remembered run is only right for fonts of 1000 units, which all three are.
 *
 * @throws Error when the installed font does not have 1000 units per em.
 */
function openFont(name: FontName): Font {
  const known = opened.get(name)
  if (known) return known
  const font: Font = openSync(requirePackage.resolve(FILES[name]))
  if (font.unitsPerEm !== 1000) throw new Error(`Unsuitable font file for "${name}"`)
  rememberRuns(font)
  opened.set(name, font)
  return font
}

function rememberRuns(font: Font): void {
  const layOut = font.layout.bind(font)
  const runs = new Map<string, { advanceWidth: number }>()
  font.layout = (text, features) => {
    if (features) return layOut(text, features)
    const known = runs.get(text)
    if (known) return known
    if (runs.size >= REMEMBERED_RUNS) runs.clear()
    const run = layOut(text)
    runs.set(text, run)
    return run
  }
}

/** Makes the three fonts known to a document by name; a font is embedded only when the document uses it. */
export function registerFonts(doc: PDFKit.PDFDocument): void {
  for (const name of FONT_NAMES) doc.registerFont(name, openFont(name) as unknown as PDFKit.Mixins.PDFFontSource)
}

/** Returns the width of `text` in points. */
export function textWidth(font: FontName, size: number, text: string): number {
  return (openFont(font).layout(text).advanceWidth * size) / 1000
}

/** Returns ascender, descender (a positive depth) and height of capitals in points. */
export function fontMetrics(font: FontName, size: number): { ascent: number; descent: number; capHeight: number } {
  const { ascent, descent, capHeight } = openFont(font)
  return { ascent: (ascent * size) / 1000, descent: (-descent * size) / 1000, capHeight: (capHeight * size) / 1000 }
}

/** How a sheet for signing by hand is divided: one signature a day, or one in each half of it. */
export const SHEET_LAYOUTS = ['day', 'half-day'] as const
export type SheetLayout = (typeof SHEET_LAYOUTS)[number]

/** What the QR code on a page of a sheet says: of which session it is, how the sheet is divided, and which page of how many. */
export type SheetPage = { sessionId: string; layout: SheetLayout; page: number; pages: number }

/** Only what a QR code writes in its alphanumeric mode, so that the code stays coarse: digits, capital letters and the colon. */
const PREFIX = 'KAPACITET1'
/** How the code of every sheet begins. */
export const SHEET_QR_PREFIX = `${PREFIX}:`
const LETTERS: Record<SheetLayout, string> = { day: 'D', 'half-day': 'H' }
const ID_DIGITS = 25
const BASE = 36n
/** Of one sheet; the register of placed pages takes no page beyond it. */
const MOST_PAGES = 500
const PAYLOAD = /^KAPACITET1:([\dA-Z]{25}):([DH]):([1-9]\d{0,2}):([1-9]\d{0,2})$/

/** Returns the text of the QR code of one page; the session's id is written in base 36. */
export function sheetQrText({ sessionId, layout, page, pages }: SheetPage): string {
  const number = BigInt(`0x${sessionId.replaceAll('-', '')}`)
  return [PREFIX, number.toString(36).toUpperCase().padStart(ID_DIGITS, '0'), LETTERS[layout], page, pages].join(':')
}

/** Returns what the QR code of a sheet's page says; null for the text of any other code. That there is such a session is not checked. */
export function readSheetQr(text: string): SheetPage | null {
  const [, digits, letter, ofPage, ofPages] = PAYLOAD.exec(text) ?? []
  if (!digits) return null
  const number = [...digits].reduce((sum, digit) => sum * BASE + BigInt(parseInt(digit, 36)), 0n)
  const page = Number(ofPage)
  const pages = Number(ofPages)
  if (number >> 128n || page > pages || pages > MOST_PAGES) return null
  const sessionId = number
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const layout = SHEET_LAYOUTS.find((one) => LETTERS[one] === letter)!
  return { sessionId, layout, page, pages }
}

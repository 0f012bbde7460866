/**
 * Eleven letters that the Latin and the Bulgarian alphabet write alike, and seven digits that look like none of them: a code can be
 * typed whichever keyboard is on.
 */
export const CODE_SIGNS = 'ABEKMHPCTXY2345679'
export const CODE_LENGTH = 6

/** What people read or type for one of the signs. */
const LOOK_ALIKES: Record<string, string> = {
  S: '5',
  Z: '2',
  '8': 'B',
  ...Object.fromEntries([...'АВЕКМНРСТХУЗЧБ'].map((letter, index) => [letter, 'ABEKMHPCTXY346'[index]!])),
}

/** Returns „ABE-234“: in threes, as the room's screen shows it. */
export const groupedCode = (code: string): string => code.replace(/.{3}(?=.)/g, '$&-')

/** Returns the code somebody meant: without hyphens and spaces, in any case, look-alike signs folded. Null for what cannot be one. */
export function foldCode(typed: string): string | null {
  if (typed.length > 60) return null
  const bare = typed
    .normalize('NFC')
    .replace(/[\s\-‐‑–—._]+/g, '')
    .toUpperCase()
  const folded = [...bare].map((sign) => LOOK_ALIKES[sign] ?? sign)
  return folded.length === CODE_LENGTH && folded.every((sign) => CODE_SIGNS.includes(sign)) ? folded.join('') : null
}

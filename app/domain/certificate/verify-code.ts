/** Ten digits and twenty-two letters; without I, L, O and U, which are read as 1, 0 and V. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16

/** Letters people read or type for one of the signs: the four left out, and the Cyrillic ones that look like a Latin one or a digit. */
const LOOK_ALIKES: Record<string, string> = {
  I: '1',
  L: '1',
  O: '0',
  U: 'V',
  ...Object.fromEntries([...'АВСЕНКМОРТХЗІ'].map((letter, index) => [letter, 'ABCEHKM0PTX31'[index]!])),
}

/** Returns the code of 80 bits: 16 signs. Throws RangeError for fewer or more than ten bytes. */
export function verifyCodeOf(bytes: Uint8Array): string {
  if (bytes.length !== 10) throw new RangeError('a code is made of ten bytes')
  let bits = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n)
  let code = ''
  for (let i = 0; i < LENGTH; i++) {
    code = SIGNS[Number(bits & 31n)]! + code
    bits >>= 5n
  }
  return code
}

/** Returns „7K3M-9QWX-2HTB-VR5N“: in fours, as it is printed and typed. */
export const groupedCode = (code: string): string => code.replace(/.{4}(?=.)/g, '$&-')

/** Returns the code somebody meant: without hyphens and spaces, look-alike letters folded. Null for what cannot be one. */
export function foldCode(typed: string): string | null {
  if (typed.length > 100) return null
  const folded = [
    ...typed
      .normalize('NFC')
      .replace(/[\s\-‐‑–—._]+/g, '')
      .toUpperCase(),
  ].map((sign) => LOOK_ALIKES[sign] ?? sign)
  return folded.length === LENGTH && folded.every((sign) => SIGNS.includes(sign)) ? folded.join('') : null
}

const LETTERS: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  ѝ: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sht',
  ъ: 'a',
  ь: 'y',
  ю: 'yu',
  я: 'ya',
}
const isCapital = (text: string) => text !== text.toLowerCase() && text === text.toUpperCase()

/** „ия“ at the end of a word is “ia”; only a word all in capitals keeps capitals after the first letter of “Sht”. */
function word(text: string): string {
  const loud = text.length > 1 && isCapital(text)
  const stem = /ия$/i.test(text) ? text.slice(0, -2) : text
  const latin = [...stem].map((letter) => {
    const found = LETTERS[letter.toLowerCase()]
    if (found === undefined) return letter
    if (!isCapital(letter)) return found
    return loud ? found.toUpperCase() : found[0]!.toUpperCase() + found.slice(1)
  })
  if (stem !== text) latin.push(loud ? 'IA' : isCapital(text[text.length - 2]!) ? 'Ia' : 'ia')
  return latin.join('')
}

/**
 * Returns a name in Latin letters after Закон за транслитерацията, чл. 4–6; what is Latin already stays. Null where a letter is not of
 * the Bulgarian alphabet. For personal names it is a suggestion: identity cards follow a rule of their own.
 */
export function transliterate(name: string): string | null {
  const latin = name.normalize('NFC').replace(/\p{L}+/gu, word)
  return /\p{Script=Cyrillic}/u.test(latin) ? null : latin
}

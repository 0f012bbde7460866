import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { dictionary, translator } from '~/i18n/dictionary'
import { hasError, translateError } from '~/i18n/errors.server'
import { columnsOf, keepChoice, languageOf, rowsPerPageOf, themeOf } from '~/i18n/preferences'

const words = dictionary('test-words', {
  bg: {
    title: 'Обучение',
    hello: 'Здравейте, {{name}}',
    until: 'До {{day}}. Сканирайте тогава.',
    state: { open: 'отворено' },
    seats_one: '{{count}} място',
    seats_other: '{{count}} места',
  },
  en: {
    title: 'Training',
    hello: 'Hello, {{name}}',
    until: 'Until {{day}}. Scan it then.',
    state: { open: 'open' },
    seats_one: '{{count}} seat',
    seats_other: '{{count}} seats',
  },
})

test('a word is spoken in the language asked for', () => {
  expect(translator(words, 'bg')('title')).toBe('Обучение')
  expect(translator(words, 'en')('state.open')).toBe('open')
})

test('Bulgarian counts one and everything else: 21 is many', () => {
  const t = translator(words, 'bg')
  expect(t('seats', { count: 1 })).toBe('1 място')
  expect(t('seats', { count: 21 })).toBe('21 места')
  expect(t('seats', { count: 1234 })).toBe('1\u00a0234 места')
})

test('a value is put in as it is, its own braces and markup untouched', () => {
  expect(translator(words, 'bg')('hello', { name: '{{title}} <b> $t(title)' })).toBe('Здравейте, {{title}} <b> $t(title)')
})

test('a date at the end of a sentence ends it with one stop', () => {
  const t = translator(words, 'bg')
  expect(t('until', { day: '22.11.2026\u00a0г.' })).toBe('До 22.11.2026\u00a0г. Сканирайте тогава.')
  expect(t('until', { day: '22.11.2026 г., 10:00' })).toBe('До 22.11.2026 г., 10:00. Сканирайте тогава.')
  expect(t('until', { day: 'край..' })).toBe('До край... Сканирайте тогава.')
})

test('a key or a value that does not exist does not compile', () => {
  const t = translator(words, 'bg')
  // @ts-expect-error no such key
  expect(t('absent')).toBe('absent')
  // @ts-expect-error the value is missing
  expect(t('hello')).toContain('Здравейте')
})

test('a refusal is said in both languages with its values', () => {
  expect(translateError('bg', 'field.range', { min: 1, max: 2000 })).toBe('Въведете число от 1 до 2\u00a0000')
  expect(translateError('en', 'field.range', { min: 1, max: 2000 })).toBe('Enter a number from 1 to 2,000')
})

test('an unknown key becomes a calm sentence, a sentence stays itself', () => {
  expect(translateError('bg', 'nothing.known')).toBe(translateError('bg', 'error.unexpected'))
  expect(translateError('bg', 'Въведете начален час')).toBe('Въведете начален час')
})

const sources = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !file.startsWith('generated/'),
)
const read = (file: string) => readFileSync(`app/${file}`, 'utf8')

test('every refusal the domain throws has its sentence', () => {
  const keys = sources.flatMap((file) => [...read(file).matchAll(/new AppError\(\s*'\w+',\s*'([^']+)'/g)].map((match) => match[1]!))
  expect(keys.length).toBeGreaterThan(0)
  expect([...new Set(keys)].filter((key) => !hasError(key))).toEqual([])
})

test('Bulgarian words hold no Latin letters and stand in Bulgarian quotes', () => {
  const mixed = sources.flatMap((file) =>
    [...read(file).matchAll(/\p{L}+/gu)]
      .map((match) => match[0])
      .filter((word) => /\p{Script=Cyrillic}/u.test(word) && /\p{Script=Latin}/u.test(word)),
  )
  expect(mixed).toEqual([])
})

test('one person is spoken to politely with the participle in the singular: „записан/а сте“, as „казали сте“ is of the deed', () => {
  const plural = /(?<!\p{L})(?:(?:сте|бъдете) \p{L}+[нт]и|\p{L}+[нт]и сте)(?!\p{L})/giu
  expect('Записани сте. Не сте поканени. Ще бъдете записани.'.match(plural)).toEqual(['Записани сте', 'сте поканени', 'бъдете записани'])
  expect(sources.flatMap((file) => read(file).match(plural) ?? [])).toEqual([])
})

const texts = new Map(sources.map((file) => [file, read(file)]))
const isDictionary = (file: string) => / dictionary\(/.test(texts.get(file)!)

/** The files of `app` that a file of it imports. */
const importsOf = (file: string) =>
  [...texts.get(file)!.matchAll(/from '([~.][^']*)'/g)]
    .map(([, at]) => (at!.startsWith('~/') ? at!.slice(2) : join(dirname(file), at!)))
    .flatMap((at) => [`${at}.ts`, `${at}.tsx`].filter((one) => texts.has(one)))

/** Words are asked for where their dictionary is imported, or in what is imported there and given the speaker: as `key`, `key.one` or `key.${one}`. */
function unasked(file: string): string[] {
  const text = texts.get(file)!
  const [, line, lines = ''] = text.match(/^ {2}bg: \{(?: (.*) \},?$|\n([\s\S]*?)^ {2}\})/m) ?? []
  const heads = line ? [...line.matchAll(/(?:^|['}], )(\w+): /g)] : [...lines.matchAll(/^ {4}(\w+):/gm)]
  const keys = heads.map(([, key]) => key!.replace(/_(one|other)$/, ''))
  expect(keys.length, file).toBeGreaterThan(0)
  const users = sources.filter((one) => importsOf(one).includes(file))
  const asking = [file, ...users, ...users.flatMap(importsOf)].filter((one) => !isDictionary(one) || texts.get(one)!.includes('useT('))
  const said = [...new Set(asking)].map((one) => texts.get(one)).join('\n')
  return [...new Set(keys)].filter((key) => !new RegExp(`['"\`]${key}['"\`.]`).test(said)).map((key) => `${file}: ${key}`)
}

test('every word of a dictionary is asked for', () => {
  const dictionaries = sources.filter((file) => file !== 'i18n/dictionary.ts' && isDictionary(file))
  expect(dictionaries.length).toBeGreaterThan(30)
  expect(dictionaries.flatMap(unasked)).toEqual([])
})

const withCookie = (cookie: string) => new Request('http://localhost/', { headers: { cookie, 'accept-language': 'en-US' } })

test('language and theme come from the cookie and else are Bulgarian and as the device', () => {
  expect(languageOf(withCookie(''))).toBe('bg')
  expect(languageOf(withCookie('a=b; lang=en'))).toBe('en')
  expect(languageOf(withCookie('lang=xx'))).toBe('bg')
  expect(themeOf(withCookie('theme=dark; lang=en'))).toBe('dark')
  expect(themeOf(withCookie('theme=%E0%A4%A'))).toBe('auto')
  expect(columnsOf(withCookie('columns-staff=name%2Cnorm'), 'staff')).toEqual(['name', 'norm'])
  expect(columnsOf(withCookie(''), 'staff')).toBeUndefined()
  expect(rowsPerPageOf(withCookie('rows=37'))).toBeUndefined()
  expect(rowsPerPageOf(withCookie('rows=50'))).toBe(50)
  expect(keepChoice('lang', 'a;b', true)).toBe('lang=a%3Bb; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly; Secure')
})

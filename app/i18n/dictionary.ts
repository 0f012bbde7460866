import { createInstance, type i18n } from 'i18next'
import { formatNumber } from './format'
import { LANGUAGES, type Language } from './language'

type Group = { readonly [key: string]: string }
type Words = { readonly [key: string]: string | Group }
/** The other language has the same keys, no fewer and no more. */
type SameKeys<W> = { [K in keyof W]: W[K] extends string ? string : { [G in keyof W[K]]: string } }

type Leaves<W> = { [K in keyof W & string]: W[K] extends string ? K : `${K}.${keyof W[K] & string}` }[keyof W & string]
type PluralBase<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K
/** Every key that may be asked for: `title`, `state.open`, and `seats` for `seats_one` with `seats_other`. */
export type KeyOf<W> = PluralBase<Leaves<W>>

type TextAt<W, K extends string> = K extends keyof W
  ? W[K]
  : K extends `${infer G}.${infer R}`
    ? G extends keyof W
      ? R extends keyof W[G]
        ? W[G][R]
        : never
      : never
    : never
type TextOf<W, K extends string> = TextAt<W, K> | TextAt<W, `${K}_one`> | TextAt<W, `${K}_other`>
type NamesIn<S> = S extends `${string}{{${infer Name}}}${infer Rest}` ? Name | NamesIn<Rest> : never
type Value = string | number
type ValuesFor<Names extends string> = [Names] extends [never]
  ? [values?: undefined]
  : [values: { [N in Names]: N extends 'count' ? number : Value }]
type PluralCount<W, K extends string> = [TextAt<W, `${K}_other`>] extends [never] ? never : 'count'

/** Speaks one dictionary in one language. Numbers among the values are grouped; a year is passed as text. */
export type Translate<W> = <K extends KeyOf<W>>(key: K, ...values: ValuesFor<NamesIn<TextOf<W, K>> | PluralCount<W, K>>) => string

export type Dictionary<W = Words> = { readonly namespace: string; readonly speak: Record<Language, Translate<W>> }

/** One instance a language and process (or page): looking a word up costs no set-up. */
const instances = Object.fromEntries(LANGUAGES.map((language) => [language, speaker(language)])) as Record<Language, i18n>

function speaker(language: Language): i18n {
  const instance = createInstance()
  instance.use({
    type: 'formatter',
    init() {},
    add() {},
    addCached() {},
    format: (value: unknown) => (typeof value === 'number' ? formatNumber(value, language) : value),
  } as never)
  instance.init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    showSupportNotice: false,
    resources: {},
    interpolation: { escapeValue: false, alwaysFormat: true, skipOnVariables: true },
  } as never)
  return instance
}

/**
 * Registers the words of one noun in both languages. Keys stand flat or in one group (`state.open`); `{{name}}` takes a value;
 * `seats_one` and `seats_other` are asked for as `seats` with a `count`. Bulgarian is the source: its keys are the keys.
 */
export function dictionary<const W extends Words>(namespace: string, words: { bg: W; en: NoInfer<SameKeys<W>> }): Dictionary<W> {
  const speak = {} as Record<Language, Translate<W>>
  for (const language of LANGUAGES) {
    instances[language].addResourceBundle(language, namespace, words[language], false, true)
    speak[language] = speakerOf(instances[language].getFixedT(language, namespace) as never, plainTexts(words[language])) as never
  }
  return { namespace, speak }
}

/** The sentences that take no value, by key: most of a page's words, and they need no looking for values. */
function plainTexts(words: Words, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, text]) =>
      typeof text === 'string'
        ? text.includes('{{') || text.includes('$t(')
          ? []
          : [[prefix + key, text] as const]
        : [...plainTexts(text, `${key}.`)],
    ),
  )
}

/** A date ends with „г.“, and where it ends a sentence one stop is enough. */
const DATE_AND_STOP = /(\d[ \u00a0]г\.)\.(?!\.)/g

type Say = (key: string, values?: Record<string, Value>) => string
const speakerOf =
  (say: Say, plain: Map<string, string>): Say =>
  (key, values) =>
    (values === undefined ? plain.get(key) : undefined) ?? say(key, values).replace(DATE_AND_STOP, '$1')

/** Returns the function that speaks `words` in `language`, for the server, mails and PDF; pages use `useT`. */
export function translator<W>(words: Dictionary<W>, language: Language): Translate<W> {
  return words.speak[language]
}

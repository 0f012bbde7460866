import { LANGUAGES, type Language } from '../language'

type Sentences = { readonly [what: string]: string }
export type ErrorWords = Record<Language, Record<string, string>>

/**
 * The refusals of one noun in both languages. The key a refusal carries is `noun.what` (`enrolment.full`); `{{x}}` takes a value.
 * A noun's file is `app/i18n/errors/<noun>.ts` and stands in the list of `errors.server.ts`.
 */
export function errorWords<const S extends Sentences>(noun: string, words: { bg: S; en: NoInfer<{ [K in keyof S]: string }> }): ErrorWords {
  const prefixed = (sentences: Sentences) => Object.fromEntries(Object.entries(sentences).map(([what, text]) => [`${noun}.${what}`, text]))
  return Object.fromEntries(LANGUAGES.map((language) => [language, prefixed(words[language])])) as ErrorWords
}

import type { UIMatch } from '@remix-run/react'
import { common } from './common'
import type { Dictionary, KeyOf, Translate } from './dictionary'
import { DEFAULT_LANGUAGE, isLanguage, type Language } from './language'

const languageIn = (matches: Pick<UIMatch, 'id'>[]): Language => {
  const root = matches.find(({ id }) => id === 'root') as { data?: { language?: unknown } } | undefined
  return isLanguage(root?.data?.language) ? root.data.language : DEFAULT_LANGUAGE
}

/** Returns the meta of a page whose title is `text`, or says a key of `words` in the page's language: „Служители – Капацитет“. */
export const pageTitle = (matches: Pick<UIMatch, 'id'>[], text: string | undefined) => [
  { title: [text, common.speak[languageIn(matches)]('product')].filter(Boolean).join(' – ') },
]

/** The same for a title that is a word of a dictionary. */
export function wordTitle<W>(matches: Pick<UIMatch, 'id'>[], words: Dictionary<W>, key: KeyOf<W>) {
  return pageTitle(matches, (words.speak[languageIn(matches)] as Translate<W> & ((key: KeyOf<W>) => string))(key))
}

import { translator } from '~/i18n/dictionary'
import { formatDateTime } from '~/i18n/format'
import type { Language } from '~/i18n/language'
import { tableWords } from '~/i18n/table'
import type { AccountActor } from '../actor'
import { clock } from '../clock.server'
import type { Table } from './table'

type Given = Pick<Table, 'title' | 'sheets' | 'fileName'> & {
  facts?: Table['facts']
  /** What the list was narrowed to, in words; empty ones are left out. */
  filters?: (string | null | undefined)[]
  isEuFunded?: boolean
}

/** A table of the actor's municipality, in its zone; its facts end with whose it is, when and by whom it was made, and what it was narrowed to. */
export function ownTable(actor: AccountActor, language: Language, { facts, filters = [], isEuFunded = false, ...given }: Given): Table {
  const t = translator(tableWords, language)
  const createdAt = clock.now()
  const narrowed = filters.filter(Boolean).join('; ')
  return {
    ...given,
    factsName: t('about'),
    facts: () => [
      ...(facts?.() ?? []),
      ...(narrowed ? [[t('filters'), narrowed] as [string, string]] : []),
      [t('municipality'), actor.municipality],
      [t('madeAt'), formatDateTime(createdAt, language, actor.timeZone)],
      [t('madeBy'), actor.name],
    ],
    language,
    timeZone: actor.timeZone,
    author: t('municipalityOf', { name: actor.municipality }),
    createdAt,
    isEuFunded,
  }
}

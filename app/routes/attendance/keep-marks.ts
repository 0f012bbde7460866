import { isRouteErrorResponse } from '@remix-run/react'
import { translator } from '~/i18n/dictionary'
import { DEFAULT_LANGUAGE, isLanguage } from '~/i18n/language'
import { offlineWords } from '~/i18n/offline'

/** How long a form that hangs is waited for before its marks are kept on the device. */
const PATIENCE_MS = 10_000

/**
 * Sends a roster's form; where the server is not reached, or earlier marks still wait, keeps its marks on the device and answers
 * `{ kept }`. What cannot be kept stays in the form, with the reason as its error.
 */
export async function sendOrKeep(request: Request, send: () => Promise<unknown>): Promise<unknown> {
  const form = await request.clone().formData()
  const roster = await import('~/device/on-page').then(({ openRoster }) => openRoster()).catch(() => null)
  if (!roster?.hasUnseen())
    try {
      return await withPatience(send())
    } catch (error) {
      if (error instanceof Response || isRouteErrorResponse(error)) throw error
    }
  // rows typed over an older state are told apart from others' words by the server alone
  const outcome = (form.has('behind') ? null : await roster?.keep(form)) ?? { refused: 'nowhere_to_keep' as const }
  return 'kept' in outcome ? outcome : { initialValue: null, error: { '': [sentence(outcome.refused)] } }
}

function withPatience<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function sentence(refusal: 'nowhere_to_keep' | keyof typeof REASONS): string {
  const { lang } = document.documentElement
  const t = translator(offlineWords, isLanguage(lang) ? lang : DEFAULT_LANGUAGE)
  return refusal === 'nowhere_to_keep' ? t('reason.nowhere_to_keep') : t('cannotKeep', { reason: t(`reason.${refusal}`) })
}

const REASONS = { cancelled: 1, closed: 1, not_enrolled: 1, too_early: 1, over: 1, needs_reason: 1 }

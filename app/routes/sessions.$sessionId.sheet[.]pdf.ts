import type { LoaderFunctionArgs } from '@remix-run/node'
import { renderFilledSheet } from '~/domain/attendance/filled-sheet-pdf.server'
import { filledFacts, sheetFacts } from '~/domain/attendance/sheet-facts.server'
import { renderSheet } from '~/domain/attendance/sheet-pdf.server'
import { translator } from '~/i18n/dictionary'
import { paperWords } from '~/i18n/paper'
import { languageOf } from '~/i18n/preferences'
import { pdfResponse } from '~/platform/file-response.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { orPlainPage } from '~/platform/plain-page.server'
import { dayOf } from '~/platform/zoned.server'

/** The sheet of a session for signing, `?per=half-day` with a signature for each half; `?filled=1` gives the closed one to be read. */
export async function loader(args: LoaderFunctionArgs) {
  const language = languageOf(args.request)
  const t = translator(paperWords, language)
  const asked = new URL(args.request.url).searchParams
  return orPlainPage({ language, title: t('none'), link: { to: '/trainings', label: t('trainings') } }, () =>
    asActor(args, async (actor) => {
      const sessionId = idOf(args.params.sessionId)
      if (asked.get('filled') === '1') {
        const facts = await filledFacts(actor, sessionId)
        return pdfResponse(await renderFilledSheet(facts), `spisak-prikliuchen-${dayOf(facts.startsAt, actor.timeZone)}.pdf`)
      }
      const facts = await sheetFacts(actor, sessionId)
      const layout = asked.get('per') === 'half-day' ? 'half-day' : 'day'
      return pdfResponse(await renderSheet(facts, layout), `spisak-za-podpis-${dayOf(facts.startsAt, actor.timeZone)}.pdf`)
    }),
  )
}

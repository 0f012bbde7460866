import type { LoaderFunctionArgs } from '@remix-run/node'
import { renderSheet } from '~/domain/attendance/sheet-pdf.server'
import { funderVersionForm, sampleSheet } from '~/domain/funder/funder.server'
import { translator } from '~/i18n/dictionary'
import { funderWords } from '~/i18n/funder'
import { languageOf } from '~/i18n/preferences'
import { pdfResponse } from '~/platform/file-response.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { orPlainPage } from '~/platform/plain-page.server'

/** A sample sheet in the form of one version of a funder's profile. */
export async function loader(args: LoaderFunctionArgs) {
  const language = languageOf(args.request)
  const t = translator(funderWords, language)
  return orPlainPage({ language, title: t('noPreview'), link: { to: '/funder-profiles', label: t('title') } }, () =>
    asActor(args, async (actor) => {
      const form = await funderVersionForm(actor, idOf(args.params.profileId), idOf(args.params.versionId))
      return pdfResponse(await renderSheet(sampleSheet(actor, form), 'day'), 'obrazets-spisak-za-podpis.pdf')
    }),
  )
}

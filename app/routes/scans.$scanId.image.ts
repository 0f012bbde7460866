import type { LoaderFunctionArgs } from '@remix-run/node'
import { scanImage } from '~/domain/scan/scan.server'
import { translator } from '~/i18n/dictionary'
import { languageOf } from '~/i18n/preferences'
import { scanWords } from '~/i18n/scan'
import { storedFileResponse } from '~/platform/file-response.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { orPlainPage } from '~/platform/plain-page.server'

/** A scan as it was made anew for viewing. */
export async function loader(args: LoaderFunctionArgs) {
  const language = languageOf(args.request)
  const t = translator(scanWords, language)
  return orPlainPage({ language, title: t('scan'), link: { to: '/scans', label: t('title') } }, () =>
    asActor(args, async (actor) => {
      const id = idOf(args.params.scanId)
      return storedFileResponse(await scanImage(actor, id), { name: `skan-${id.slice(0, 8)}.webp`, isShown: true })
    }),
  )
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { scanOriginal } from '~/domain/scan/scan.server'
import { translator } from '~/i18n/dictionary'
import { languageOf } from '~/i18n/preferences'
import { scanWords } from '~/i18n/scan'
import { storedFileResponse } from '~/platform/file-response.server'
import { asActor, idOf } from '~/platform/handlers.server'
import { orPlainPage } from '~/platform/plain-page.server'

/** The file a scan came in, byte by byte, to be saved. */
export async function loader(args: LoaderFunctionArgs) {
  const language = languageOf(args.request)
  const t = translator(scanWords, language)
  return orPlainPage({ language, title: t('scan'), link: { to: '/scans', label: t('title') } }, () =>
    asActor(args, async (actor) => {
      const id = idOf(args.params.scanId)
      const file = await scanOriginal(actor, id)
      const ending = file.mediaType.split('/')[1]!.replace('jpeg', 'jpg')
      return storedFileResponse(file, { name: `skan-${id.slice(0, 8)}.${ending}`, isShown: false })
    }),
  )
}

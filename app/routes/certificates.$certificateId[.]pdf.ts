import type { LoaderFunctionArgs } from '@remix-run/node'
import { certificateFile } from '~/domain/certificate/certificate.server'
import { certificateFileWords } from '~/i18n/certificate-file'
import { translator } from '~/i18n/dictionary'
import { languageOf } from '~/i18n/preferences'
import { asActor, idOf } from '~/platform/handlers.server'
import { orPlainPage, plainPage } from '~/platform/plain-page.server'

const RETRY_SECONDS = 3

export async function loader(args: LoaderFunctionArgs) {
  const language = languageOf(args.request)
  const t = translator(certificateFileWords, language)
  const refused = { language, title: t('none'), link: { to: '/certificates', label: t('register') } }
  return orPlainPage(refused, () =>
    asActor(args, async (actor) => {
      const id = idOf(args.params.certificateId)
      const { registerNumber, registerYear, file } = await certificateFile(actor, id)
      if (file) return pdf(args.request, file, `udostoverenie-${registerNumber}-${registerYear}.pdf`)
      const link = { to: `/certificates/${id}`, label: t('facts') }
      return plainPage({ status: 503, language, title: t('making'), text: t('wait'), link, retrySeconds: RETRY_SECONDS })
    }),
  )
}

/** The file as it was issued. Its name holds the number alone; nothing in it may run or reach out. */
function pdf(request: Request, file: { bytes: Uint8Array<ArrayBuffer>; sha256: string }, name: string): Response {
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${name}"`,
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cache-control': 'private, no-cache',
    etag: `"${file.sha256}"`,
  }
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .some((tag) => tag.trim().replace(/^W\//, '') === headers.etag)
  if (known) return new Response(null, { status: 304, headers })
  return new Response(file.bytes, { headers: { ...headers, 'content-length': String(file.bytes.length) } })
}

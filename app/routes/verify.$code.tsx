import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { LARGEST_COMPARED } from '~/domain/certificate/largest-compared'
import { groupedCode } from '~/domain/certificate/verify-code'
import { compareFile, verifyCertificate } from '~/domain/certificate/verify-certificate.server'
import { translateError } from '~/i18n/errors.server'
import { wordTitle } from '~/i18n/page-title'
import { languageOf } from '~/i18n/preferences'
import { SpeechProvider, useFormat, useT } from '~/i18n/use-language'
import { verifyWords } from '~/i18n/verify'
import { AppError } from '~/platform/errors'
import { asAnyone, clientAddress, openFormAction, principalOf } from '~/platform/handlers.server'
import { Notice } from '~/ui/notice'
import { PublicPage } from '~/ui/public-page'
import { CodeForm } from './certificates/code-form'
import { CompareFile } from './certificates/compare-file'
import { FactsSheet } from './certificates/facts-sheet'
import { VerifyVerdict } from './certificates/verify-verdict'

const LARGEST_MB = LARGEST_COMPARED / 1024 / 1024
/** A form is a little larger than the file in it. */
const LARGEST_BODY = LARGEST_COMPARED + 64 * 1024
const NOINDEX = { 'x-robots-tag': 'noindex' }

export const meta: MetaFunction = ({ matches }) => [...wordTitle(matches, verifyWords, 'title'), { name: 'robots', content: 'noindex' }]
export const headers = () => NOINDEX

export function loader(args: LoaderFunctionArgs) {
  const typed = args.params.code ?? ''
  return asAnyone(args, async () => {
    const found = await verifyCertificate(typed, clientAddress(args.context))
    const isSignedIn = (await principalOf(args)) !== null
    if (found) return data({ found, typed: '', unknown: null, isSignedIn })
    const unknown = translateError(languageOf(args.request), 'certificate.unknown_code')
    return data({ found: null, typed: typed.slice(0, 100), unknown, isSignedIn }, 404)
  })
}

const refusedFile = (request: Request, key: string, status: number) =>
  data({ initialValue: {}, error: { file: [translateError(languageOf(request), key, { max: LARGEST_MB })] }, comparison: null }, status)

/** The file is read from the form itself: a schema's reply would carry it back. */
const Upload = z.object({})

export async function action(args: ActionFunctionArgs) {
  const { request } = args
  // what is announced as too large is not read, and the answer stands in the page beside the field
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) return refusedFile(request, 'certificate.file_too_large', 413)
  return openFormAction(
    args,
    Upload,
    async (_, __, { form }) => {
      const file = form.get('file')
      if (!(file instanceof File) || (file.size === 0 && !file.name)) throw new AppError('invalid', 'certificate.file', { field: 'file' })
      if (file.size > LARGEST_COMPARED) throw new AppError('invalid', 'certificate.file_too_large', { field: 'file', max: LARGEST_MB })
      const bytes = new Uint8Array(await file.arrayBuffer())
      return { comparison: await compareFile(args.params.code ?? '', bytes, clientAddress(args.context)) }
    },
    LARGEST_BODY,
  )
}

export default function VerifiedPage() {
  const { found, typed, unknown, isSignedIn } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const t = useT(verifyWords)
  if (!found)
    return (
      <PublicPage isSignedIn={isSignedIn}>
        <h1>{t('unknownTitle')}</h1>
        <p>{t('unknownText')}</p>
        <CodeForm typed={typed} error={unknown} />
      </PublicPage>
    )
  return (
    <SpeechProvider timeZone={found.timeZone}>
      <PublicPage wide isSignedIn={isSignedIn}>
        <Title number={found.registerNumber} issuedOn={found.issuedOn} code={found.code} />
        <VerifyVerdict found={found} />
        {found.view?.demo ? (
          <Notice tone="info">
            <p>{t('demo')}</p>
          </Notice>
        ) : null}
        {found.view ? <FactsSheet view={found.view} t={t} /> : null}
        <CompareFile file={found.file} answer={answer} largestMb={LARGEST_MB} />
        <p className="no-print">
          <Link to="/verify">{t('another')}</Link>
        </p>
      </PublicPage>
    </SpeechProvider>
  )
}

function Title({ number, issuedOn, code }: { number: number; issuedOn: string; code: string }) {
  const t = useT(verifyWords)
  const format = useFormat()
  return (
    <header>
      <h1>{t('numbered', { number: String(number), date: format.date(issuedOn) })}</h1>
      <p>
        {t('code')}: <span className="code-sign">{groupedCode(code)}</span>
      </p>
    </header>
  )
}

import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { foldCode } from '~/domain/certificate/verify-code'
import { translateError } from '~/i18n/errors.server'
import { wordTitle } from '~/i18n/page-title'
import { languageOf } from '~/i18n/preferences'
import { useT } from '~/i18n/use-language'
import { verifyWords } from '~/i18n/verify'
import { principalOf } from '~/platform/handlers.server'
import { PublicPage } from '~/ui/public-page'
import { CodeForm } from './certificates/code-form'

export const meta: MetaFunction = ({ matches }) => [...wordTitle(matches, verifyWords, 'title'), { name: 'robots', content: 'noindex' }]
export const headers = () => ({ 'x-robots-tag': 'noindex' })

export async function loader(args: LoaderFunctionArgs) {
  const { request } = args
  const typed = new URL(request.url).searchParams.get('code')
  const code = typed === null ? null : foldCode(typed)
  if (code) throw redirect(`/verify/${code}`)
  return {
    typed: typed?.slice(0, 100) ?? '',
    error: typed === null ? null : translateError(languageOf(request), 'certificate.code'),
    isSignedIn: (await principalOf(args)) !== null,
  }
}

export default function VerifyPage() {
  const { typed, error, isSignedIn } = useLoaderData<typeof loader>()
  const t = useT(verifyWords)
  return (
    <PublicPage isSignedIn={isSignedIn}>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <CodeForm typed={typed} error={error} />
    </PublicPage>
  )
}

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { administratorNames } from '~/domain/account/administrators.server'
import { accessibilityWords } from '~/i18n/accessibility'
import { wordTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { asAnyone } from '~/platform/handlers.server'
import { PageHeader, Section } from '~/ui/page-header'
import { PublicPage } from '~/ui/public-page'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, accessibilityWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asAnyone(args, async (principal) => {
    const actor = principal?.actor
    return {
      isSignedIn: Boolean(principal),
      municipality: actor?.municipality ?? null,
      administrators: actor ? await administratorNames(actor) : [],
    }
  })
}

/** The statement of accessibility (ЗЕУ, чл. 58в), open to everybody. */
export default function AccessibilityPage() {
  const { isSignedIn, municipality, administrators } = useLoaderData<typeof loader>()
  const t = useT(accessibilityWords)
  const whom = !municipality
    ? t('anyAdmin')
    : administrators.length > 0
      ? t('adminsOf', { count: administrators.length, municipality, names: administrators.join(', ') })
      : t('adminOf', { municipality })
  return (
    <PublicPage wide isSignedIn={isSignedIn}>
      <PageHeader title={t('title')} />
      <p>{t('promise')}</p>
      <Section title={t('standard')}>
        <p>{t('standardText')}</p>
      </Section>
      <Section title={t('how')}>
        <ul className="bullets">
          <li>{t('keyboard')}</li>
          <li>{t('words')}</li>
          <li>{t('zoom')}</li>
          <li>{t('theme')}</li>
        </ul>
      </Section>
      <Section title={t('limits')}>
        <p>{t('limitsText')}</p>
      </Section>
      <Section title={t('complain')}>
        <p>{t('complainText', { whom })}</p>
      </Section>
    </PublicPage>
  )
}

import type { MetaFunction } from '@remix-run/node'
import { accessibilityWords } from '~/i18n/accessibility'
import { wordTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { PageHeader, Section } from '~/ui/page-header'
import { PublicPage } from '~/ui/public-page'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, accessibilityWords, 'title')

/** The statement of accessibility (ЗЕУ, чл. 58в), open to everybody. */
export default function AccessibilityPage() {
  const t = useT(accessibilityWords)
  return (
    <PublicPage wide>
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
        <p>{t('complainText')}</p>
      </Section>
    </PublicPage>
  )
}

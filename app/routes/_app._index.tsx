import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { home } from '~/domain/home/home.server'
import { homeWords } from '~/i18n/home'
import { wordTitle } from '~/i18n/page-title'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor } from '~/platform/handlers.server'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { NewCertificates, Offers } from './home/offers'
import { KeptPage } from './home/kept-page'
import { Nominations } from './home/nominations'
import { RefusedMarks } from './home/refused-marks'
import { Ahead, Today } from './home/sessions'
import { Waiting } from './home/waiting'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, homeWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, home)
}

export default function HomePage() {
  const page = useLoaderData<typeof loader>()
  const { is } = page
  const t = useT(homeWords)
  const format = useFormat()
  const hasSessions = is.coordinator || is.trainer || is.manager || is.employee
  return (
    <>
      <PageHeader title={t('title')} status={format.weekdayDate(page.today)} />
      <KeptPage />
      <RefusedMarks />
      {is.employee && !is.inTheStaff ? <Notice tone="warn">{t('notInStaff')}</Notice> : null}
      {hasSessions ? <Today page={page} /> : null}
      <Waiting page={page} />
      <Nominations page={page} />
      <NewCertificates page={page} />
      {hasSessions ? <Ahead page={page} /> : null}
      <Offers page={page} />
      {is.supervisor ? (
        <Section title={t('supervision')}>
          <p className="measure">{t('supervisionLater')}</p>
        </Section>
      ) : null}
    </>
  )
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { placementSchema } from '~/domain/scan/schema'
import { placeScan, scanPage } from '~/domain/scan/place-scan.server'
import { wordTitle } from '~/i18n/page-title'
import { scanWords } from '~/i18n/scan'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { Button } from '~/ui/button'
import { NumberField, SelectField } from '~/ui/fields'
import { ActionForm, FormActions } from '~/ui/form'
import { Notice } from '~/ui/notice'
import { PageHeader, Section } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { ScanPicture } from './scans/picture'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, scanWords, 'scan')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => scanPage(actor, idOf(args.params.scanId)))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, placementSchema, async (actor, placement) => {
    await placeScan(actor, idOf(args.params.scanId), placement)
    return redirectWithToast('/scans', placement.intent === 'place' ? 'scan.placed' : 'scan.set_aside')
  })
}

export default function ScanPage() {
  const { scan, sessions } = useLoaderData<typeof loader>()
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(scanWords)
  const format = useFormat()
  const english = useLanguage() === 'en'
  const titleOf = ({ title, titleEn }: { title: string | null; titleEn: string | null }) => (english && titleEn) || title || ''
  const { sessionId, trainingId, startsAt, endsAt } = scan
  return (
    <>
      <PageHeader
        title={t('scan')}
        crumbs={[
          { to: '/sheets', label: t('sheets') },
          { to: '/scans', label: t('title') },
        ]}
        status={
          <>
            {scan.fileName}, {t('pageOfFile', { page: scan.pageOfFile })} · {scan.uploadedByName}, {format.dateTime(scan.uploadedAt)}
          </>
        }
      />
      {startsAt && endsAt ? (
        <Notice tone="good" title={t('liesIn', { title: titleOf(scan), when: format.timeRange(startsAt, endsAt) })}>
          <p>
            {scan.isByQr ? t('byQr') : t('byHand', { name: scan.placedByName ?? '' })}
            {scan.page ? `, ${t('sheetPageShort', { page: scan.page })}` : ''} ·{' '}
            <Link to={`/trainings/${trainingId}/attendance/paper?session=${sessionId}`}>{t('compare')}</Link>
          </p>
        </Notice>
      ) : scan.isSetAside ? (
        <Notice tone="info">{t('aside')}</Notice>
      ) : null}
      <div className="beside">
        <ScanPicture scan={scan} />
        <Section title={t('placeTitle')}>
          {sessions.length > 0 ? (
            <ActionForm id="place" state={state}>
              <input type="hidden" name="intent" value="place" />
              <SelectField
                name="sessionId"
                label={t('session')}
                hint={t('sessionHint')}
                required
                empty
                defaultValue={sessionId}
                options={sessions.map((one) => ({
                  value: one.id,
                  label: `${format.timeRange(one.startsAt, one.endsAt)}, ${titleOf(one)}`,
                }))}
              />
              <NumberField name="page" label={t('sheetPage')} hint={t('pageHint')} optional min={1} max={500} defaultValue={scan.page} />
              <FormActions>
                <Button variant="primary">{sessionId ? t('change') : t('place')}</Button>
              </FormActions>
            </ActionForm>
          ) : (
            <p>{t('noSessions')}</p>
          )}
          {scan.isSetAside ? null : (
            <ActionForm id="aside" className="form form-apart">
              <input type="hidden" name="intent" value="aside" />
              <p className="field-hint">{t('setAsideHint')}</p>
              <FormActions>
                <Button variant="quiet">{t('setAside')}</Button>
              </FormActions>
            </ActionForm>
          )}
        </Section>
      </div>
    </>
  )
}

import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { trainingCertificates } from '~/domain/certificate/certificate.server'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { issueSchema } from '~/domain/certificate/schema'
import { certificateWords } from '~/i18n/certificate'
import { listName } from '~/i18n/format'
import { wordTitle } from '~/i18n/page-title'
import { useLanguage, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { ConfirmPage } from '~/ui/confirm-page'
import { PersonChip } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'
import { OpenSheets } from './certificates/sheet-warnings'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  wordTitle(matches, certificateWords, data?.people.length === 1 ? 'issueTitleOne' : 'issueTitle')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const person = new URL(args.request.url).searchParams.get('person')
    const only = person ? idOf(person) : null
    const { training, candidates, canIssue, openSheets } = await trainingCertificates(actor, idOf(args.params.trainingId))
    const due = candidates.filter(({ isDue, personId }) => isDue && (only === null || personId === only))
    if (due.length === 0 || !canIssue) throw redirect(`/trainings/${training.id}/certificates`)
    return {
      training,
      openSheets,
      only,
      people: due.map(({ personId, position, unit, number, ...names }) => ({
        id: personId,
        name: listName(names),
        position,
        unit,
        number,
      })),
    }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, issueSchema, async (actor, { person }, { key }) => {
    const { location, count } = await issueCertificates(actor, idOf(args.params.trainingId), person, key)
    return count === null
      ? redirectWithToast(location, 'certificate.issued_before')
      : redirectWithToast(location, 'certificate.issued', { count })
  })
}

export default function IssuePage() {
  const { training, people, only, openSheets } = useLoaderData<typeof loader>()
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(certificateWords)
  const english = useLanguage() === 'en'
  const title = (english && training.titleEn) || training.title
  const base = `/trainings/${training.id}`
  return (
    <ConfirmPage
      title={t(people.length === 1 ? 'issueTitleOne' : 'issueTitle')}
      crumbs={[
        { to: '/trainings', label: t('trainings') },
        { to: base, label: title },
        { to: `${base}/certificates`, label: t('certificates') },
      ]}
      what={t('issueWhat', { count: people.length, title })}
      affects={
        <ol>
          {people.map(({ id, name, position, unit, number }) => (
            <li key={id}>
              <PersonChip name={name} position={position} service={unit} number={number} />
            </li>
          ))}
        </ol>
      }
      because={t('issueBecause')}
      confirmLabel={t('issueAll', { count: people.length })}
      cancelTo={`${base}/certificates`}
      state={state}
    >
      <OpenSheets trainingId={training.id} sheets={openSheets} />
      {only ? <input type="hidden" name="person" value={only} /> : null}
    </ConfirmPage>
  )
}

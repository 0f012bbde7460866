import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { certificatePage } from '~/domain/certificate/certificate.server'
import { revokeCertificate } from '~/domain/certificate/revoke-certificate.server'
import { revocationSchema } from '~/domain/certificate/schema'
import { authorize } from '~/domain/policy'
import { certificateWords } from '~/i18n/certificate'
import { wordTitle } from '~/i18n/page-title'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { ConfirmPage } from '~/ui/confirm-page'
import { TextArea } from '~/ui/fields'
import { PersonChip } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, certificateWords, 'revoke')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const { id, registerNumber, issuedOn, employeeNumber, view, revocation } = await certificatePage(actor, idOf(args.params.certificateId))
    authorize(actor, 'certificate.revoke', null)
    if (revocation) throw redirect(`/certificates/${id}`)
    return { id, registerNumber, issuedOn, employeeNumber, recipient: view?.recipient ?? null, title: view?.title ?? null }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, revocationSchema, async (actor, { reason }, { key }) =>
    redirectWithToast(await revokeCertificate(actor, idOf(args.params.certificateId), reason, key), 'certificate.revoked'),
  )
}

export default function RevokePage() {
  const { id, registerNumber, issuedOn, employeeNumber, recipient, title } = useLoaderData<typeof loader>()
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(certificateWords)
  const format = useFormat()
  const number = String(registerNumber)
  return (
    <ConfirmPage
      title={t('revokeTitle', { number })}
      crumbs={[
        { to: '/certificates', label: t('certificates') },
        { to: `/certificates/${id}`, label: t('numbered', { number, date: format.date(issuedOn) }) },
      ]}
      what={t('revokeWhat')}
      affects={recipient ? <PersonChip name={recipient} position={title} number={employeeNumber} /> : null}
      because={t('revokeBecause')}
      confirmLabel={t('revoke')}
      danger
      cancelTo={`/certificates/${id}`}
      state={state}
    >
      <TextArea name="reason" label={t('reason')} hint={t('reasonHint')} required maxLength={1000} />
    </ConfirmPage>
  )
}

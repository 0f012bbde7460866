import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { checkInPage } from '~/domain/check-in/check-in-page.server'
import { checkIn } from '~/domain/check-in/check-in.server'
import { CheckInForm } from '~/domain/check-in/schema'
import { checkInWords } from '~/i18n/check-in'
import { wordTitle } from '~/i18n/page-title'
import { asActor, formAction, idOf, principalOf } from '~/platform/handlers.server'
import { EuBlock } from '~/ui/eu-block'
import { useFormState } from '~/ui/use-form-state'
import { CheckInFrame } from './check-in/check-in-frame'
import { CheckInStep } from './check-in/check-in-view'
import { forgetScan, scanOf } from './check-in/scan-cookie.server'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, checkInWords, 'title')

/**
 * Shows and records nobody's presence: an address that is only looked at checks nobody in (a wrong code is counted). A code counts from the moment its address was opened, so
 * the browser of somebody who still has to sign in keeps that moment.
 */
export async function loader(args: LoaderFunctionArgs) {
  const scanned = await scanOf(args.request, args.params.sessionId ?? '')
  if (scanned && !(await principalOf(args))) {
    const next = encodeURIComponent(`/sessions/${args.params.sessionId}/check-in?code=${encodeURIComponent(scanned.scan.code)}`)
    throw redirect(`/login?next=${next}`, scanned.kept ? { headers: { 'set-cookie': scanned.kept } } : undefined)
  }
  return asActor(args, async (actor) => {
    const page = await checkInPage(actor, idOf(args.params.sessionId), scanned?.scan ?? null)
    const frame = { formFor: `${actor.municipalityId}.${actor.accountId}`, timeZone: actor.timeZone }
    const kept = page.scan?.is === 'good' ? scanned?.kept : null
    return data({ page, frame }, kept ? { headers: { 'set-cookie': kept } } : undefined)
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, CheckInForm, async (actor, { ticket, intent }) => {
    const sessionId = idOf(args.params.sessionId)
    await checkIn(actor, sessionId, ticket, intent)
    return redirect(`/sessions/${sessionId}/check-in`, { headers: { 'set-cookie': await forgetScan() } })
  })
}

export default function CheckInPage() {
  const { page, frame } = useLoaderData<typeof loader>()
  const { state } = useFormState(useActionData<typeof action>())
  return (
    <CheckInFrame {...frame}>
      <CheckInStep page={page} state={state} />
      {page.training.isEuFunded ? <EuBlock /> : null}
    </CheckInFrame>
  )
}

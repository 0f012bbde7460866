import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { findByCode } from '~/domain/check-in/find-by-code.server'
import { CodeForm as Form } from '~/domain/check-in/schema'
import { checkInWords } from '~/i18n/check-in'
import { wordTitle } from '~/i18n/page-title'
import { useT } from '~/i18n/use-language'
import { asActor, formAction } from '~/platform/handlers.server'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { CodeForm } from './check-in/code-form'
import { keepScan } from './check-in/scan-cookie.server'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, checkInWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async () => null)
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, Form, async (actor, { code }) => {
    const { sessionId, kept } = await findByCode(actor, code)
    return redirect(`/sessions/${sessionId}/check-in?code=${code}`, { headers: { 'set-cookie': await keepScan(kept) } })
  })
}

/** For who cannot scan: the code of the room's screen, typed by hand. */
export default function ShortCodePage() {
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(checkInWords)
  return (
    <>
      <PageHeader title={t('title')} crumbs={[]} />
      <CodeForm state={state} primary />
    </>
  )
}

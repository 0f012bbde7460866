import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { openFormAction } from '~/platform/handlers.server'
import { refusingPlainly } from '~/platform/plain-page.server'
import { endSession } from '~/platform/session.server'

export function loader() {
  return redirect('/')
}

/** Ends the session. Whom the form was drawn for does not matter: whoever asks to leave leaves. */
export function action(args: ActionFunctionArgs) {
  return refusingPlainly(args.request, () =>
    openFormAction(args, z.object({}), async (_, principal) =>
      redirect('/login', principal ? { headers: { 'set-cookie': await endSession(principal.sessionId) } } : undefined),
    ),
  )
}

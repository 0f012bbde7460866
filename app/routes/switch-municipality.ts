import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import type { z } from 'zod'
import { switchSchema } from '~/domain/account/schema'
import { AppError } from '~/platform/errors'
import { openFormAction, redirectWithToast, safePath } from '~/platform/handlers.server'
import { refusingPlainly } from '~/platform/plain-page.server'
import { moveSession, type Principal } from '~/platform/session.server'
import { UUID_FORM } from '~/platform/uuid'

export function loader() {
  return redirect('/')
}

/** A page of one thing exists in its own municipality only: after a switch from the header its list is shown. */
const listOf = (path: string) => path.replace(new RegExp(`/${UUID_FORM}.*$`), '').replace(/\?.*$/, '') || '/'

/** Moves the session to another of the account's municipalities. `next` is gone to as it is, `returnTo` (where the switch was pressed) as far as it makes sense there. */
export function action(args: ActionFunctionArgs) {
  return refusingPlainly(args.request, () => openFormAction(args, switchSchema, (input, principal) => switchTo(input, principal)))
}

async function switchTo(input: z.output<typeof switchSchema>, principal: Principal | null) {
  if (!principal) return redirect('/login')
  const place = principal.workPlaces.find((one) => one.municipalityId === input.municipalityId)
  if (!place) throw new AppError('forbidden', 'account.not_yours')
  await moveSession(principal.sessionId, place.municipalityId)
  const to = input.next ? safePath(input.next) : listOf(safePath(input.returnTo))
  return redirectWithToast(to, 'account.switched', { municipality: place.municipality })
}

import type { z } from 'zod'
import type { AccountActor } from './actor'
import { AppError } from './errors'
import { principalOf, requireSameOrigin, type HandlerArgs } from './handlers.server'
import { log } from './log.server'
import { readForm } from './read-form.server'

const LARGEST = 1024 * 1024

const answer = (body: object, status = 200) => Response.json(body, { status, headers: { 'cache-control': 'no-store' } })

/**
 * Runs what a device sends by itself, with no page to answer to: same origin, whom it was kept for (which it must say, unlike a form),
 * the schema, then `run`. Answers in JSON. An expired login is 401 and nothing of what was sent is kept here: the device keeps it.
 */
export async function deviceAction<S extends z.ZodType>(
  args: HandlerArgs,
  schema: S,
  run: (actor: AccountActor, input: z.output<S>) => Promise<object>,
): Promise<Response> {
  try {
    requireSameOrigin(args.request)
    const form = await readForm(args.request, LARGEST)
    const principal = await principalOf(args)
    if (!principal) throw new AppError('unauthenticated', 'error.unauthenticated')
    const { actor } = principal
    if (!actor) throw new AppError('forbidden', 'account.no_role')
    if (form.get('_for') !== `${actor.municipalityId}.${actor.accountId}`) throw new AppError('conflict', 'error.other_municipality')
    const parsed = schema.safeParse(Object.fromEntries(form))
    if (!parsed.success) throw new AppError('invalid', 'error.invalid')
    return answer(await run(actor, parsed.data))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    log('info', 'refused', { code: error.code, messageKey: error.messageKey, method: args.request.method })
    return answer({ code: error.code }, error.status)
  }
}

import { createHash } from 'node:crypto'
import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect, type AppLoadContext } from '@remix-run/node'
import { z } from 'zod'
import { translateError } from '~/i18n/errors.server'
import { languageOf } from '~/i18n/preferences'
import type { AccountActor, InstallationActor } from './actor'
import { AppError, FieldErrors, type ErrorValues } from './errors'
import { log } from './log.server'
import { otherMunicipalityOf, type Elsewhere } from './other-municipality.server'
import { forgetSubmission, isSecret, keepSubmission } from './pending.server'
import { readForm } from './read-form.server'
import { principalOfCookie, type Principal } from './session.server'
import { sendToast } from './toast.server'
import { UUID } from './uuid'

export type HandlerArgs = { request: Request; context: AppLoadContext; params: Record<string, string | undefined> }
export type Submitted = { key: string | null; form: FormData }

const LARGEST_FORM = 4 * 1024 * 1024

/** The loaders of one page share the request's context, and so one look at the session. */
const principals = new WeakMap<object, Promise<Principal | null>>()

/** Who asks, or null. */
export function principalOf({ request, context }: Pick<HandlerArgs, 'request' | 'context'>): Promise<Principal | null> {
  const known = principals.get(context)
  if (known) return known
  const found = principalOfCookie(request.headers.get('cookie'))
  principals.set(context, found)
  return found
}

/** The address of the client as the server saw it, for limits only. */
export const clientAddress = (context: AppLoadContext) => String(context['clientAddress'] ?? 'unknown')

/** An id out of an address; what is no id is as unknown as one that is not there. */
export function idOf(value: string | undefined): string {
  if (!value || !UUID.test(value)) throw new AppError('not_found', 'error.not_found')
  return value
}

/** Where to go after signing in: a path of ours, never another site. Browsers drop control characters and read a backslash as a slash. */
export const safePath = (value: string | null | undefined): string => {
  if (!value || !/^\/(?!\/)[^\\\u0000-\u0020\u007f]*$/.test(value) || !URL.canParse(value, 'http://local')) return '/'
  const there = new URL(value, 'http://local')
  return there.origin === 'http://local' ? there.pathname + there.search : '/'
}

const pathOf = (request: Request) => {
  const url = new URL(request.url)
  url.searchParams.delete('_routes')
  return url.pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + url.search
}

/** Turns a domain refusal into what the error page reads: a status and a sentence, already in the reader's language. */
function refusal(error: AppError, request: Request, offer: { switchTo?: Elsewhere | null } = {}, headers?: HeadersInit) {
  log('info', 'refused', { code: error.code, messageKey: error.messageKey, method: request.method })
  const message = translateError(languageOf(request), error.messageKey, error.values)
  return data({ code: error.code, message, ...offer }, { status: error.status, headers })
}

/** `elsewhere` finds the municipality in which an address that is unknown here would be known, so that the page can offer the switch. */
async function refusing<T>(request: Request, run: () => Promise<T>, elsewhere?: () => Promise<Elsewhere | null>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const switchTo = error.code === 'not_found' ? await elsewhere?.() : null
    throw refusal(error, request, switchTo ? { switchTo } : {})
  }
}

/** Looks for the ids of the address in the other municipalities of whoever asks; asks nothing of the database where there are none. */
async function elsewhereOf(args: HandlerArgs): Promise<Elsewhere | null> {
  const principal = await principalOf(args)
  if (!principal?.actor || principal.workPlaces.length < 2) return null
  for (const value of Object.values(args.params)) {
    const found = value && UUID.test(value) ? await otherMunicipalityOf(principal.actor, value) : null
    if (found) return found
  }
  return null
}

/** Runs a loader for anybody; refusals become pages. */
export const asAnyone = <T>(args: HandlerArgs, run: (principal: Principal | null) => Promise<T>): Promise<T> =>
  refusing(args.request, async () => run(await principalOf(args)))

/** Runs a loader for somebody signed in who works in a municipality; everybody else goes to the sign-in page. */
export function asActor<T>(args: HandlerArgs, run: (actor: AccountActor) => Promise<T>): Promise<T> {
  return refusing(
    args.request,
    async () => {
      const principal = await principalOf(args)
      if (!principal) throw redirect(`/login?next=${encodeURIComponent(pathOf(args.request))}`)
      if (!principal.actor) throw principal.isInstallationAdmin ? redirect('/admin/system') : new AppError('forbidden', 'account.no_role')
      return run(principal.actor)
    },
    () => elsewhereOf(args),
  )
}

/** Runs a loader for the installation's administrator; for everybody else the page does not exist. */
export function asInstallation<T>(args: HandlerArgs, run: (actor: InstallationActor) => Promise<T>): Promise<T> {
  return refusing(args.request, async () => run(await installationActor(args)))
}

async function installationActor(args: HandlerArgs): Promise<InstallationActor> {
  const principal = await principalOf(args)
  if (!principal) throw redirect(`/login?next=${encodeURIComponent(pathOf(args.request))}`)
  if (!principal.isInstallationAdmin) throw new AppError('not_found', 'error.not_found')
  return { kind: 'account', accountId: principal.accountId, name: principal.name, installation: true }
}

/** Browsers state where a form came from; a client that states nothing carries no cookie of ours. */
export function requireSameOrigin(request: Request) {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const same = site
    ? site === 'same-origin'
    : !origin || (URL.canParse(origin) && new URL(origin).host === (request.headers.get('host') ?? new URL(request.url).host))
  if (!same) throw new AppError('forbidden', 'error.cross_site')
}

type Parsed<S extends z.ZodType> = { input: z.output<S>; submitted: Submitted }

/**
 * Reads and checks a form. A mistake, or a rule the user can act on, goes back into the form he filled in, in his language; anything
 * else goes to the error page.
 */
async function submit<S extends z.ZodType, R>(request: Request, form: FormData, schema: S, run: (parsed: Parsed<S>) => Promise<R>) {
  const language = languageOf(request)
  const submission = parseWithZod(fieldsOf(schema, form), { schema })
  // A password never travels back into the page; everything else does, whether the schema names it or not.
  const hideFields = [...new Set(form.keys())].filter(isSecret)
  const answer = (options: Parameters<typeof submission.reply>[0] = {}) => {
    const reply = parseWithZod(form, { schema }).reply({ hideFields, ...options })
    return { ...reply, error: translateErrors(inOrderOf(form, reply.error), (message) => sentence(language, message)) }
  }
  if (submission.status !== 'success') return data(answer(), 422)
  try {
    const result = await run({ input: submission.value, submitted: { key: keyOf(form), form } })
    const cookies = request.headers.get('cookie')
    const cleared = cookies?.includes('pending=') ? await forgetSubmission(cookies, pathOf(request)) : null
    if (cleared && result instanceof Response) result.headers.append('set-cookie', cleared)
    return result
  } catch (error) {
    if (!(error instanceof AppError) || !['conflict', 'invalid', 'rate_limited'].includes(error.code)) throw error
    log('info', 'refused', { code: error.code, messageKey: error.messageKey, method: request.method })
    if (error instanceof FieldErrors) return data(answer({ fieldErrors: error.fields }), error.status)
    const said = [translateError(language, error.messageKey, error.values)]
    return data(
      { ...answer(error.field ? { fieldErrors: { [error.field]: said } } : { formErrors: said }), values: error.values },
      error.status,
    )
  }
}

/** The fields the schema names: the thousand of a roster are read by their own hand. */
function fieldsOf(schema: z.ZodType, form: FormData): FormData {
  if (!(schema instanceof z.ZodObject)) return form
  const named = new FormData()
  for (const [name, value] of form) if (Object.hasOwn(schema.shape, name.split(/[.[]/, 1)[0]!)) named.append(name, value)
  return named
}

/**
 * The key of a submission: the form's own together with what was typed, so that a second press is the same submission and a form
 * reached by the Back button and changed is another.
 */
function keyOf(form: FormData): string | null {
  const drawn = form.get('_key')
  if (typeof drawn !== 'string' || !UUID.test(drawn)) return null
  const typed = [...form].map(([name, value]) => [name, typeof value === 'string' ? value : `${value.name}:${value.size}`])
  const hash = createHash('sha256').update(JSON.stringify(typed)).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-${hash.slice(12, 16)}-${hash.slice(16, 20)}-${hash.slice(20, 32)}`
}

/** A zod message is a key, with values behind a bar: `field.too_long|max=200`. */
function sentence(language: ReturnType<typeof languageOf>, message: string) {
  const [key = '', ...pairs] = message.split('|')
  return translateError(
    language,
    key,
    Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
  )
}

/** The whole form's errors first, then those of the fields as they stand in the page. */
function inOrderOf(form: FormData, error: Record<string, string[] | null> | null | undefined) {
  const sent = [...form.keys()]
  const placeOf = (name: string) => {
    const place = sent.findIndex((key) => key === name || key.startsWith(`${name}.`) || key.startsWith(`${name}[`))
    return name === '' ? -1 : place < 0 ? sent.length : place
  }
  return error && Object.fromEntries(Object.entries(error).sort(([a], [b]) => placeOf(a) - placeOf(b)))
}

function translateErrors(error: Record<string, string[] | null> | null | undefined, say: (message: string) => string) {
  return error && Object.fromEntries(Object.entries(error).map(([name, messages]) => [name, messages?.map(say) ?? null]))
}

/**
 * Runs a form of somebody signed in: same origin, the municipality it was drawn for, the schema, then `run`. An expired login keeps what
 * was typed. `largest` is in bytes; where it goes beyond four megabytes it is asked of the actor, so that nobody else fills the memory.
 */
export function formAction<S extends z.ZodType, R>(
  args: HandlerArgs,
  schema: S,
  run: (actor: AccountActor, input: z.output<S>, submitted: Submitted) => Promise<R>,
  largest: (actor: AccountActor) => number = () => LARGEST_FORM,
) {
  const { request } = args
  return refusing(
    request,
    async () => {
      requireSameOrigin(request)
      const principal = await principalOf(args)
      if (!principal) throw await toSignIn(request)
      const { actor } = principal
      if (!actor) throw new AppError('forbidden', 'account.no_role')
      const form = await readForm(request, largest(actor))
      const drawnFor = form.get('_for')
      if (drawnFor !== null && drawnFor !== `${actor.municipalityId}.${actor.accountId}`) throw await misdirected(request, form, principal)
      return submit(request, form, schema, ({ input, submitted }) => run(actor, input, submitted))
    },
    () => elsewhereOf(args),
  )
}

/** To the sign-in page, where what was typed waits. Files do not wait, and so a form too large for anything else is not read to its end. */
async function toSignIn(request: Request) {
  const path = pathOf(request)
  const form = await readForm(request, LARGEST_FORM).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'too_large') return null
    throw error
  })
  const cookie = form && (await keepSubmission(path, form))
  return redirect(`/login?next=${encodeURIComponent(path)}`, cookie ? { headers: { 'set-cookie': cookie } } : undefined)
}

/** The refusal of a form drawn for another account, or for another municipality of the same one: there what was typed waits for the switch. */
async function misdirected(request: Request, form: FormData, principal: Principal) {
  const [municipalityId, accountId] = String(form.get('_for')).split('.')
  if (accountId !== principal.accountId) return new AppError('conflict', 'account.other_account')
  const place = principal.workPlaces.find((one) => one.municipalityId === municipalityId)
  const refused = new AppError('conflict', 'error.other_municipality')
  if (!place) return refused
  const cookie = await keepSubmission(pathOf(request), form)
  const switchTo = { id: place.municipalityId, name: place.municipality }
  return refusal(refused, request, { switchTo }, cookie ? { 'set-cookie': cookie } : undefined)
}

/** Runs a form that needs no municipality: signing in, setting a password, verifying a certificate. */
export function openFormAction<S extends z.ZodType, R>(
  args: HandlerArgs,
  schema: S,
  run: (input: z.output<S>, principal: Principal | null, submitted: Submitted) => Promise<R>,
  largest = LARGEST_FORM,
) {
  return refusing(args.request, async () => {
    requireSameOrigin(args.request)
    const form = await readForm(args.request, largest)
    const principal = await principalOf(args)
    return submit(args.request, form, schema, ({ input, submitted }) => run(input, principal, submitted))
  })
}

/** Runs a form of the installation's administrator. */
export function installationAction<S extends z.ZodType, R>(
  args: HandlerArgs,
  schema: S,
  run: (actor: InstallationActor, input: z.output<S>, submitted: Submitted) => Promise<R>,
) {
  return refusing(args.request, async () => {
    requireSameOrigin(args.request)
    const form = await readForm(args.request, LARGEST_FORM)
    const actor = await installationActor(args)
    return submit(args.request, form, schema, ({ input, submitted }) => run(actor, input, submitted))
  })
}

/** Goes to another page, which says `messageKey` once. */
export async function redirectWithToast(to: string, messageKey: string, values: ErrorValues = {}) {
  return redirect(to, { headers: { 'set-cookie': await sendToast(messageKey, values) } })
}

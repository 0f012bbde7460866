import { z } from 'zod'
import { choice, id, line, optional } from '~/domain/fields'
import { LANGUAGES } from '~/i18n/language'
import { ROLES } from './account'
import { isLogin, loginOf } from './login'
import { LONGEST_PASSWORD } from './password'

/** A password is taken as typed: no trimming. What is longer than any password is refused before it is hashed. */
const password = (required: string) =>
  z
    .string({ error: required })
    .min(1, required)
    .max(LONGEST_PASSWORD * 2, 'account.password_long')

/** A new password, typed twice. Whether it is good enough is the domain's to say: that depends on the login. */
const newPassword = { newPassword: password('account.password_new_missing'), newPasswordAgain: password('account.password_again_missing') }
const same = {
  error: 'account.password_differs',
  path: ['newPasswordAgain'],
}
const areSame = (input: { newPassword: string; newPasswordAgain: string }) => input.newPassword === input.newPasswordAgain

const login = () =>
  z
    .string({ error: 'account.login_missing' })
    .transform(loginOf)
    .pipe(z.string().min(1, 'account.login_missing').max(254, 'field.too_long|max=254').refine(isLogin, 'account.login_form'))

const ticked = z
  .string()
  .optional()
  .transform((value) => value !== undefined)

export const signInSchema = z.object({
  email: z.string({ error: 'account.login_missing' }).trim().min(1, 'account.login_missing').max(254, 'account.wrong_login'),
  password: password('account.password_missing'),
  next: z.string().max(2000).optional(),
})

export const setPasswordSchema = z.object(newPassword).refine(areSame, same)

export const changePasswordSchema = z
  .object({ intent: z.literal('password'), currentPassword: password('account.password_current_missing'), ...newPassword })
  .refine(areSame, same)

export const ownAccountSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('profile'), displayName: line(200), language: choice(LANGUAGES) }),
  changePasswordSchema,
  z.object({ intent: z.literal('sessions') }),
])

const municipality = {
  municipality: line(100, 'account.municipality_missing'),
  district: optional(line(100)),
  nsiCode: optional(
    z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z]{3}\d{2}$/, 'account.nsi_form'),
  ),
}

export const setUpSchema = z
  .object({
    code: line(60, 'account.setup_code_missing'),
    login: login(),
    displayName: line(200, 'account.name_missing'),
    ...newPassword,
    ...municipality,
    asAdmin: ticked,
  })
  .refine(areSame, same)

const admin = { login: login(), displayName: line(200, 'account.name_missing'), sameAccount: ticked }

const roles = z.array(choice(ROLES), { error: 'account.role_missing' }).min(1, 'account.role_missing')

export const inviteSchema = z
  .object({
    login: login(),
    displayName: line(200, 'account.name_missing'),
    roles,
    serviceIds: z.array(id()).default([]),
    personId: optional(id()),
    sameAccount: ticked,
  })
  .refine((input) => !input.roles.includes('manager') || input.serviceIds.length > 0, {
    error: 'account.service_missing',
    path: ['serviceIds'],
  })
export type Invitation = z.output<typeof inviteSchema>

/** Everything an administrator does on the page of one account. */
export const membershipSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('grant'), role: choice(ROLES), serviceId: optional(id()) }),
  z.object({ intent: z.literal('end'), grantId: id() }),
  z.object({ intent: z.literal('rename'), displayName: line(200, 'account.name_missing') }),
  z.object({ intent: z.literal('person'), personId: optional(id()) }),
  z.object({ intent: z.literal('link') }),
  z.object({ intent: z.literal('deactivate') }),
])

/** Everything the administrator of the installation does on its page. */
export const installationSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('municipality'), ...municipality, ...admin }),
  z.object({ intent: z.literal('admin'), municipalityId: id(), ...admin }),
  changePasswordSchema,
])

export const switchSchema = z.object({
  municipalityId: id(),
  next: z.string().max(2000).optional(),
  returnTo: z.string().max(2000).optional(),
})

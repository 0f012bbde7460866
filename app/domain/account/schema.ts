import { z } from 'zod'
import { LONGEST_PASSWORD } from './password'

/** A password is taken as typed: no trimming. What is longer than any password is cut off before it is hashed. */
const password = (required: string) =>
  z
    .string({ error: required })
    .min(1, required)
    .max(LONGEST_PASSWORD * 2, 'account.password_long')

export const signInSchema = z.object({
  email: z.string({ error: 'account.login_missing' }).trim().min(1, 'account.login_missing').max(254, 'account.wrong_login'),
  password: password('account.password_missing'),
  next: z.string().max(2000).optional(),
})

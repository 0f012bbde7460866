import { z } from 'zod'
import { foldCode } from './code'

/** The button of the page: what it records, and the proof of the scan. */
export const CheckInForm = z.object({
  ticket: z.string({ error: 'check_in.ticket' }).max(1000, 'check_in.ticket'),
  intent: z.enum(['check_in', 'check_out'], { error: 'field.choice' }),
})

/** A code typed by hand. */
export const CodeForm = z.object({
  code: z.string({ error: 'check_in.code' }).transform((typed, ctx) => {
    const code = foldCode(typed)
    if (code) return code
    ctx.addIssue({ code: 'custom', message: 'check_in.code' })
    return z.NEVER
  }),
})

/** Letting somebody in, and where the trainer came from. */
export const AdmitForm = z.object({ back: z.enum(['screen', 'roster']).catch('roster') })

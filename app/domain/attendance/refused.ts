import { AppError, FieldErrors } from '~/platform/errors'
import type { Refusal } from './decision'

/** What a refused claim says to whoever made it: beside the reason's field where a reason is wanted, else as a sentence. */
export const refused = (refusal: Refusal): AppError =>
  refusal === 'needs_reason' ? new FieldErrors({ reason: ['attendance.needs_reason'] }) : new AppError('conflict', `attendance.${refusal}`)

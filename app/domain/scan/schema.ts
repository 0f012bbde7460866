import { z } from 'zod'
import { id, optional, wholeNumber } from '../fields'
import { MOST_FILES } from './limits'

/** A browser sends one empty file where none was chosen. */
export const uploadSchema = z.object({
  files: z
    .preprocess((value) => [value].flat().filter((file) => file instanceof File && (file.size > 0 || file.name !== '')), z.array(z.file()))
    .pipe(z.array(z.file()).min(1, 'field.file').max(MOST_FILES, `scan.too_many|max=${MOST_FILES}`)),
})

const placed = z.object({ intent: z.literal('place'), sessionId: id(), page: optional(wholeNumber(1, 500)) })
const aside = z.object({ intent: z.literal('aside') })
export const placementSchema = z.discriminatedUnion('intent', [placed, aside], { error: 'field.choice' })

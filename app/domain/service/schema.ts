import { z } from 'zod'
import { choice, id, line, wholeNumber } from '../fields'
import { EMPLOYER_KINDS } from './employer'

const annexes = z
  .array(wholeNumber(1, 25))
  .optional()
  .transform((numbers) => [...new Set(numbers ?? [])].sort((a, b) => a - b))

export const employerSchema = z.object({ name: line(200, 'service.name'), kind: choice(EMPLOYER_KINDS) })
export const newServiceSchema = z.object({ employerId: id('service.employer'), name: line(200, 'service.name'), annexes })
export const serviceSchema = z.object({ name: line(200, 'service.name'), annexes })

export type EmployerFacts = z.output<typeof employerSchema>
export type NewService = z.output<typeof newServiceSchema>
export type ServiceFacts = z.output<typeof serviceSchema>

import { z } from 'zod'
import { choice, line, lines, optional, wholeNumber } from '../fields'
import { COURSE_KINDS } from './course'

export const courseSchema = z.object({
  kind: choice(COURSE_KINDS, 'course.kind'),
  title: line(300, 'course.title'),
  titleEn: optional(line(300)),
  topics: optional(lines(5000)),
  durationMinutes: wholeNumber(1, 60_000, 'course.duration'),
  requiredSharePercent: wholeNumber(1, 100, 'course.share'),
  legalBasis: optional(line(500)),
  materials: optional(lines(20_000)),
})
export type CourseFacts = z.output<typeof courseSchema>

/** A new course; `another` once the coordinator has seen that there is one of this title and kind. */
export const newCourseSchema = courseSchema.extend({ another: z.boolean().optional().default(false) })
export type NewCourse = z.output<typeof newCourseSchema>

export const archiveSchema = z.object({ intent: choice(['archive', 'restore']) })

export const courseFilterSchema = z.object({
  q: z.string().max(200).catch(''),
  kind: optional(choice(COURSE_KINDS)).catch(null),
  view: optional(choice(['archived'])).catch(null),
})

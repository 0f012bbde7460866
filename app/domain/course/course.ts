import type { CourseKind } from '~/generated/prisma/enums'

export const COURSE_KINDS = ['introductory', 'upgrading', 'specialised', 'management', 'other'] as const satisfies readonly CourseKind[]

/** Percent of the scheduled minutes that a certificate asks for, unless a course says otherwise. */
export const USUAL_SHARE_PERCENT = 80

/** The topics of a course, one a line as typed; empty lines fall away. */
export const topicsOf = (topics: string): string[] =>
  topics
    .split('\n')
    .map((topic) => topic.trim())
    .filter(Boolean)

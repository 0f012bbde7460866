/** The actions that have words, as they are recorded. */
export const AUDIT_ACTIONS = [
  'account.deactivated',
  'account.invited',
  'account.link_renewed',
  'account.password_changed',
  'account.password_set',
  'account.person_linked',
  'account.renamed',
  'account.role_ended',
  'account.role_granted',
  'account.updated',
  'activity.added',
  'attendance.corrected',
  'attendance.received',
  'attendance.recorded',
  'attendance.settled',
  'certificate.files_made',
  'certificate.issued',
  'certificate.revoked',
  'check_in.admitted',
  'check_in.codes_guessed',
  'check_in.left',
  'check_in.recorded',
  'check_in.refused',
  'course.archived',
  'course.created',
  'course.restored',
  'course.updated',
  'demo.finished',
  'demo.laid',
  'demo.topped_up',
  'employer.created',
  'employer.updated',
  'enrolment.approved',
  'enrolment.enrolled',
  'enrolment.nominated',
  'enrolment.put_on_waiting_list',
  'enrolment.refused',
  'enrolment.requested',
  'enrolment.withdrawn',
  'funder_profile.created',
  'funder_profile.renamed',
  'funder_profile.version_added',
  'person.created',
  'person.updated',
  'post.added',
  'post.ended',
  'post.updated',
  'project.created',
  'project.updated',
  'scan.placed',
  'scan.read',
  'scan.set_aside',
  'scan.uploaded',
  'service.created',
  'service.updated',
  'session.added',
  'session.cancelled',
  'session.moved',
  'sheet.closed',
  'training.cancelled',
  'training.edited',
  'training.planned',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

type Joined<Code extends string> = Code extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never

/** The key of an action's words: `check_in_recorded` for `check_in.recorded`; null for an action that has none. */
export function wordsOfAction(action: string): Joined<AuditAction> | null {
  return AUDIT_ACTIONS.some((known) => known === action) ? (action.replace('.', '_') as Joined<AuditAction>) : null
}

export const AUDIT_TYPES = [
  'account',
  'activity',
  'certificate',
  'course',
  'employer',
  'enrolment',
  'funder_profile',
  'municipality',
  'person',
  'project',
  'scan',
  'service',
  'session',
  'training',
] as const

const AUTHOR_KINDS = ['account', 'auditor_link', 'api_token', 'worker', 'import'] as const

/** Who did what was recorded: an account by its name alone, the system without one, anybody else and whoever was erased by what they were. */
export function authorWords(
  { actorKind, who }: { actorKind: string; who: string | null },
  say: (key: `kinds.${(typeof AUTHOR_KINDS)[number]}`) => string,
): string {
  const kind = AUTHOR_KINDS.find((one) => one === actorKind)
  if (kind === 'worker') return say('kinds.worker')
  return who && kind === 'account' ? who : [kind && say(`kinds.${kind}`), who].filter(Boolean).join(': ')
}

import type { AccountActor, Actor, Role } from '~/platform/actor'
import { AppError } from '~/platform/errors'

export type { AccountActor, Actor, Role }

type Training = { trainerAccountId: string }
type Person = { id: string }
/** A person with the services of the posts held today. */
type Staff = { id: string; serviceIds: string[] }

const has = (actor: Actor, ...roles: Role[]) => actor.kind === 'account' && roles.some((role) => actor.roles.includes(role))
const isTrainerOf = (actor: Actor, training: Training) =>
  has(actor, 'trainer') && actor.kind === 'account' && training.trainerAccountId === actor.accountId
const isOneself = (actor: Actor, person: Person) => actor.kind === 'account' && actor.personId === person.id
const answersFor = (actor: Actor, person: Staff) =>
  has(actor, 'manager') && actor.kind === 'account' && person.serviceIds.some((id) => actor.serviceIds.includes(id))

// One line for each thing anybody may be refused. Pure: the server enforces it, and the page asks it whether to draw the button.
const RULES = {
  'staff.list': (a: Actor, _: null) => has(a, 'coordinator', 'admin', 'manager'),
  'staff.manage': (a: Actor, _: null) => has(a, 'coordinator'),
  'person.record': (a: Actor, p: Staff) => has(a, 'coordinator') || isOneself(a, p) || answersFor(a, p),
  'service.manage': (a: Actor, _: null) => has(a, 'coordinator', 'admin'),
  'course.list': (a: Actor, _: null) => has(a, 'coordinator', 'trainer', 'manager', 'employee', 'supervisor'),
  'course.manage': (a: Actor, _: null) => has(a, 'coordinator'),
  'training.list': (a: Actor, _: null) => has(a, 'coordinator', 'trainer', 'manager', 'employee'),
  'training.manage': (a: Actor, _: null) => has(a, 'coordinator'),
  'roster.view': (a: Actor, t: Training) => has(a, 'coordinator') || isTrainerOf(a, t),
  'attendance.record': (a: Actor, t: Training) => has(a, 'coordinator') || isTrainerOf(a, t),
  'attendance.admit': (a: Actor, t: Training) => has(a, 'coordinator') || isTrainerOf(a, t),
  'sheet.list': (a: Actor, _: null) => has(a, 'coordinator', 'trainer'),
  // the trainer states it; the coordinator where the trainer cannot, and then says so
  'sheet.close': (a: Actor, t: Training) => has(a, 'coordinator') || isTrainerOf(a, t),
  'scan.list': (a: Actor, _: null) => has(a, 'coordinator', 'trainer'),
  'enrolment.manage': (a: Actor, _: null) => has(a, 'coordinator'),
  'enrolment.nominate': (a: Actor, p: Staff) => answersFor(a, p),
  'enrolment.request': (a: Actor, p: Person) => has(a, 'employee') && isOneself(a, p),
  'enrolment.withdraw': (a: Actor, p: Staff) => has(a, 'coordinator') || isOneself(a, p) || answersFor(a, p),
  'certificate.list': (a: Actor, _: null) => has(a, 'coordinator', 'manager', 'employee'),
  'certificate.issue': (a: Actor, _: null) => has(a, 'coordinator'),
  'certificate.revoke': (a: Actor, _: null) => has(a, 'coordinator'),
  'project.list': (a: Actor, _: null) => has(a, 'coordinator'),
  'project.manage': (a: Actor, _: null) => has(a, 'coordinator'),
  'funder.manage': (a: Actor, _: null) => has(a, 'coordinator'),
  'account.manage': (a: Actor, _: null) => has(a, 'admin'),
  'audit.view': (a: Actor, _: null) => has(a, 'admin', 'coordinator'),
} as const
type Rules = typeof RULES
export type Permission = keyof Rules

/** Whether `actor` may do `permission` to `subject`, of which only the named properties are looked at. */
export function can<P extends Permission>(actor: Actor, permission: P, subject: Parameters<Rules[P]>[1]): boolean {
  return (RULES[permission] as (a: Actor, s: unknown) => boolean)(actor, subject)
}

/** Throws `forbidden` (403) where `can` says no. What the actor cannot see was 404 before this is asked. */
export function authorize<P extends Permission>(actor: Actor, permission: P, subject: Parameters<Rules[P]>[1]): void {
  if (!can(actor, permission, subject)) throw new AppError('forbidden', 'error.forbidden')
}

/** Whether the actor holds one of the roles. For what a page shows; what may be done is asked of `can`. */
export const hasRole = (actor: Actor, ...roles: Role[]): boolean => has(actor, ...roles)

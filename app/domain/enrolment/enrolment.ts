import type { EnrolmentState } from '~/generated/prisma/enums'

export type { EnrolmentState }
/** `none`: the person has never been in the training. */
export type StateBefore = EnrolmentState | 'none'
/** `wait` is an approval or an enrolment that found no free seat; `advance` is what the waiting list does by itself. */
export type EnrolmentAction = 'request' | 'nominate' | 'enrol' | 'wait' | 'approve' | 'refuse' | 'withdraw' | 'advance'

/** The reason of a step with which the waiting list moved by itself. */
export const SEAT_FREED = 'освободено място'

/** In the order in which a list shows them. */
export const ENROLMENT_STATES = [
  'requested',
  'nominated',
  'approved',
  'waiting',
  'refused',
  'withdrawn',
] as const satisfies EnrolmentState[]

/** States in which the person counts as in the training or on the way into it. */
export const OPEN_STATES = ['requested', 'nominated', 'approved', 'waiting'] as const satisfies EnrolmentState[]
/** States that wait for the coordinator's decision. */
export const PENDING_STATES = ['requested', 'nominated'] as const satisfies EnrolmentState[]

const TABLE: Record<EnrolmentAction, Partial<Record<StateBefore, EnrolmentState>>> = {
  request: { none: 'requested', withdrawn: 'requested' },
  nominate: { none: 'nominated', withdrawn: 'nominated', requested: 'nominated' },
  enrol: { none: 'approved', requested: 'approved', nominated: 'approved', refused: 'approved', withdrawn: 'approved' },
  wait: { none: 'waiting', requested: 'waiting', nominated: 'waiting', refused: 'waiting', withdrawn: 'waiting' },
  approve: { requested: 'approved', nominated: 'approved' },
  refuse: { requested: 'refused', nominated: 'refused', waiting: 'refused' },
  withdraw: { requested: 'withdrawn', nominated: 'withdrawn', approved: 'withdrawn', waiting: 'withdrawn' },
  advance: { waiting: 'approved' },
}

/** Returns the state an action leads to, or null where it is not possible from `before`. */
export const stateAfter = (action: EnrolmentAction, before: StateBefore): EnrolmentState | null => TABLE[action][before] ?? null

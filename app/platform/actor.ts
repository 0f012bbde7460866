import type { Role } from '~/generated/prisma/enums'

export type { Role }

/** Somebody signed in and working in one municipality. */
export type AccountActor = {
  kind: 'account'
  accountId: string
  name: string
  municipalityId: string
  municipality: string
  timeZone: string
  academicHourMinutes: number
  isDemo: boolean
  roles: Role[]
  /** The services whose people a manager answers for. */
  serviceIds: string[]
  /** The person of this municipality's staff the account belongs to. */
  personId: string | null
}

/** A job of ours: does what a person asked for before, in that person's municipality. */
export type WorkerActor = { kind: 'worker'; name: string; municipalityId: string }

/** Rows brought in from a file, or the demo's own past. */
export type ImportActor = { kind: 'import'; name: string; municipalityId: string }

/** Everybody who may act on a municipality's rows. */
export type Actor = AccountActor | WorkerActor | ImportActor

/** Administrator of the whole installation: creates municipalities, reads none. */
export type InstallationActor = { kind: 'account'; accountId: string; name: string; installation: true }

export const actorId = (actor: Actor | InstallationActor) => (actor.kind === 'account' ? actor.accountId : null)

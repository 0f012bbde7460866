import { actorId, type Actor, type InstallationActor } from './actor'
import type { Tx } from './db.server'

type Payload = { [key: string]: Payload | Payload[] | string | number | boolean | null }
export type Subject = { type: string; id: string | null }

/**
 * Appends one event to the chain of the actor's municipality; returns nothing. Call it last: the chain is a queue. Names and values
 * belong into `payload`, which retention may erase; `subject` and `action` stay for ever.
 * Takes `tx`, not a client: an event that could outlive a rolled-back change would be a lie in the audit trail.
 */
export async function recordEvent(tx: Tx, actor: Actor, action: `${string}.${string}`, subject: Subject, payload: Payload = {}) {
  await append(tx, actor.municipalityId, actor, action, subject, payload)
}

/** The same on the installation's own chain. */
export async function recordInstallationEvent(
  tx: Tx,
  actor: InstallationActor,
  action: `${string}.${string}`,
  subject: Subject,
  payload: Payload = {},
) {
  await append(tx, null, actor, action, subject, payload)
}

async function append(
  tx: Tx,
  municipalityId: string | null,
  actor: Actor | InstallationActor,
  action: string,
  subject: Subject,
  payload: Payload,
) {
  const text = JSON.stringify({ actor: actor.name, ...payload })
  await tx.$executeRaw`select append_audit_event(${municipalityId}::uuid, ${actor.kind}::"ActorKind", ${actorId(actor)}::uuid, ${action}, ${subject.type}, ${subject.id}, ${text})`
}

/** The links of the municipality's chain that do not hold; empty when the whole chain closes. */
export function auditChainFaults(tx: Tx, municipalityId: string) {
  return tx.$queryRaw<{ seq: bigint; fault: string }[]>`select seq, fault from audit_chain_faults(${municipalityId}::uuid)`
}

/** The same for the installation's own chain; needs a transaction of the installation's administrator. */
export function installationChainFaults(tx: Tx) {
  return tx.$queryRaw<{ seq: bigint; fault: string }[]>`select seq, fault from audit_chain_faults(null::uuid)`
}

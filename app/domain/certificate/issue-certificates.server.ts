import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { authorize, type AccountActor } from '~/domain/policy'
import { findTraining, lockTraining } from '~/domain/training/training.server'
import { recordEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { environment, type Environment } from '~/platform/environment.server'
import { AppError } from '~/platform/errors'
import { enqueue, wakeWorker } from '~/platform/jobs.server'
import { once } from '~/platform/submission.server'
import { dayOf } from '~/platform/zoned.server'
import { certificateCandidates, certifiedTraining, isDue, type Candidate, type CertifiedTraining } from './certificate-candidates.server'
import { CERTIFICATE_FILES, fileJobs } from './certificate-queue'
import { frozenFacts, type Issuing } from './frozen-facts'
import { verifyCodeOf } from './verify-code'

export type Issued = {
  /** Where the certificates of the training stand. */
  location: string
  /** How many were issued now; null for a submission that was carried out before. */
  count: number | null
}

/** The address printed certificates lead to; null where it is not known and nothing may be issued. The demo needs none to be set. */
export const verifyOriginOf = ({ baseUrl, isDemo, port }: Pick<Environment, 'baseUrl' | 'isDemo' | 'port'>): string | null =>
  baseUrl?.origin ?? (isDemo ? `http://localhost:${port}` : null)
export const verifyOrigin = () => verifyOriginOf(environment)

/**
 * Issues certificates of a training to everybody who has earned one and has none valid, or to `personId` alone: numbers in a row
 * without gaps, by surname, facts frozen, jobs for the files sent, all in one transaction. Two who press at once do not issue twice.
 * Throws `not_found`, `forbidden`, and `conflict` with nothing done: nobody has earned one, this person has not, the time between
 * deciding and pressing has changed something, or the public address is not set.
 */
export async function issueCertificates(
  actor: AccountActor,
  trainingId: string,
  personId: string | null,
  key: string | null,
): Promise<Issued> {
  let count: number | null = null
  const location = await inMunicipality(actor, async (tx) => {
    await findTraining(tx, actor, trainingId)
    authorize(actor, 'certificate.issue', null)
    return once(tx, actor, key, async () => {
      await lockTraining(tx, trainingId)
      count = await issue(tx, actor, trainingId, personId)
      return `/trainings/${trainingId}/certificates`
    })
  })
  if (count !== null) wakeWorker(CERTIFICATE_FILES)
  return { location, count }
}

async function issue(tx: Tx, actor: AccountActor, trainingId: string, personId: string | null): Promise<number> {
  const origin = verifyOrigin()
  if (origin === null) throw new AppError('conflict', 'certificate.base_url')
  const now = clock.now()
  const training = await certifiedTraining(tx, trainingId)
  const candidates = await certificateCandidates(tx, actor, training, now)
  const due = candidates.filter((one) => isDue(one) && (personId === null || one.personId === personId))
  if (due.length === 0) throw new AppError('conflict', personId === null ? 'certificate.nobody' : 'certificate.not_due')
  const municipality = await tx.municipality.findUniqueOrThrow({ where: { id: actor.municipalityId } })
  const issuing: Issuing = {
    municipality,
    issuedOn: dayOf(now, municipality.timeZone),
    issuedBy: { name: actor.name, role: 'координатор' },
    origin,
  }
  const registerYear = Number(issuing.issuedOn.slice(0, 4))
  const [taken] = await tx.$queryRaw<
    { first: number }[]
  >`select take_register_numbers(${actor.municipalityId}::uuid, ${registerYear}::int, ${due.length}::int) as first`
  const certificates = freeze(training, due, taken!.first, issuing)
  await insertCertificates(tx, actor, trainingId, issuing.issuedOn, certificates)
  await enqueue(
    tx,
    CERTIFICATE_FILES,
    fileJobs(
      actor.municipalityId,
      certificates.map(({ registerNumber }) => ({ registerYear, registerNumber })),
    ),
  )
  const numbers = { registerYear, first: taken!.first, last: taken!.first + due.length - 1 }
  await recordEvent(
    tx,
    actor,
    'certificate.issued',
    { type: 'training', id: trainingId },
    { ...numbers, factsHashes: Object.fromEntries(certificates.map(({ id, factsHash }) => [id, factsHash])) },
  )
  return due.length
}

type Frozen = {
  id: string
  personId: string
  ordinal: number
  registerNumber: number
  code: string
  salt: string
  facts: string
  factsHash: string
}

function freeze(training: CertifiedTraining, due: Candidate[], first: number, issuing: Issuing): Frozen[] {
  return due.map((candidate, index) => {
    const numbered = { registerNumber: first + index, ordinal: (candidate.last?.ordinal ?? 0) + 1, code: verifyCodeOf(randomBytes(10)) }
    const facts = factsText(training, candidate, numbered, issuing)
    const salt = randomBytes(16).toString('hex')
    const factsHash = createHash('sha256')
      .update(salt + facts)
      .digest('hex')
    return { id: randomUUID(), personId: candidate.personId, ...numbered, salt, facts, factsHash }
  })
}

function factsText(...facts: Parameters<typeof frozenFacts>): string {
  try {
    return JSON.stringify(frozenFacts(...facts))
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('conflict', 'certificate.sums')
    throw error
  }
}

async function insertCertificates(tx: Tx, actor: AccountActor, trainingId: string, issuedOn: string, certificates: Frozen[]) {
  const all = <K extends keyof Frozen>(name: K) => certificates.map((one) => one[name])
  await tx.$executeRaw`
    insert into "Certificate" ("id", "municipalityId", "trainingId", "personId", "ordinal", "registerYear", "registerNumber", "issuedOn", "issuedById", "issuedByName", "verifyCode", "factsHash")
    select c."id", ${actor.municipalityId}::uuid, ${trainingId}::uuid, c."personId", c."ordinal", extract(year from ${issuedOn}::date)::int, c."number", ${issuedOn}::date,
      ${actor.accountId}::uuid, ${actor.name}, c."code", c."hash"
    from unnest(${all('id')}::uuid[], ${all('personId')}::uuid[], ${all('ordinal')}::int[], ${all('registerNumber')}::int[], ${all('code')}::text[], ${all('factsHash')}::text[])
      as c("id", "personId", "ordinal", "number", "code", "hash")`
  await tx.$executeRaw`
    insert into "CertificateFacts" ("certificateId", "municipalityId", "salt", "facts")
    select c."id", ${actor.municipalityId}::uuid, c."salt", c."facts"
    from unnest(${all('id')}::uuid[], ${all('salt')}::text[], ${all('facts')}::text[]) as c("id", "salt", "facts")`
}

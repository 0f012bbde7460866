import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { aProject, aTraining } from '../factories'
import { layEvidence, marked } from './evidence-rows'
import { asOwner, within } from './raw-sql'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

/** Puts a certificate with facts and file into the register, as the app's own statements would. Call inside the municipality. */
export async function issue(client: pg.Client, municipalityId: string, trainingId: string, personId: string, ordinal = 1) {
  const year = 2026
  const { rows } = await client.query('select take_register_numbers($1, $2, 1) as number', [municipalityId, year])
  const salt = randomBytes(8).toString('hex')
  const facts = JSON.stringify({ recipient: `Получател ${salt}` })
  const code = randomBytes(12).toString('hex').toUpperCase()
  const { rows: made } = await client.query(
    `insert into "Certificate" ("municipalityId", "trainingId", "personId", "ordinal", "registerYear", "registerNumber", "issuedOn", "issuedByName", "verifyCode", "factsHash")
     values ($1, $2, $3, $4, $5, $6, '2026-11-03', 'Координатор', $7, $8) returning "id"`,
    [municipalityId, trainingId, personId, ordinal, year, rows[0].number, code, sha256(salt + facts)],
  )
  const id: string = made[0].id
  await client.query(`insert into "CertificateFacts" ("certificateId", "municipalityId", "salt", "facts") values ($1, $2, $3, $4)`, [
    id,
    municipalityId,
    salt,
    facts,
  ])
  return { id, code, number: Number(rows[0].number), facts, salt }
}

/** Keeps bytes as a blob of the municipality; returns their SHA-256. */
export async function keepBlob(client: pg.Client, municipalityId: string, bytes: Buffer) {
  await client.query(
    `insert into "Blob" ("municipalityId", "sha256", "mediaType", "sizeBytes", "bytes") values ($1, $2, 'application/pdf', $3, $4)`,
    [municipalityId, sha256(bytes), bytes.length, bytes],
  )
  return sha256(bytes)
}

/** Appends an event to the municipality's chain; returns its number. */
export const append = async (
  client: pg.Client,
  municipalityId: string | null,
  action = 'training.planned',
  payload = '{"actor":"Проба"}',
) =>
  Number(
    (
      await client.query(`select append_audit_event($1, 'account', $2, $3, 'training', $4, $5) as seq`, [
        municipalityId,
        randomUUID(),
        action,
        randomUUID(),
        payload,
      ])
    ).rows[0].seq,
  )

const onDay = (day: string) => ({
  startsAt: `${day}T07:00:00Z`,
  endsAt: `${day}T14:00:00Z`,
  breaks: [{ startsAt: `${day}T10:00:00Z`, endsAt: `${day}T11:00:00Z` }],
})

/**
 * A municipality with at least one row in every table that belongs to municipalities. Its training has two sessions with a break each:
 * `session`, in which the first of two people is marked, and the day after `closedSession`, whose sheet is closed.
 */
export async function fullMunicipality() {
  const world = await aTraining({ sessions: [onDay('2026-11-02'), onDay('2026-11-03')] })
  const { municipalityId, training, people, sessions, service, coordinator, employee } = world
  const project = await aProject(municipalityId)
  const owner = await asOwner()
  const [first, second] = [people[0]!, people[1]!]
  const { certificate, evidence } = await within(owner, municipalityId, async () => {
    await owner.query(`insert into "Activity" ("municipalityId", "projectId", "ordinal", "title") values ($1, $2, 1, 'Обучения')`, [
      municipalityId,
      project.id,
    ])
    await owner.query(
      `update "Training" set "projectId" = $2, "activityId" = (select "id" from "Activity" where "projectId" = $2) where "id" = $1`,
      [training.id, project.id],
    )
    await owner.query(
      `insert into "ProjectWarning" ("municipalityId", "projectId", "code", "detail") values ($1, $2, 'programme_misspelt', '{}')`,
      [municipalityId, project.id],
    )
    await owner.query(`insert into "ServiceAnnex" ("municipalityId", "serviceId", "annex") values ($1, $2, 7)`, [
      municipalityId,
      service.id,
    ])
    await owner.query(`insert into "SubmissionKey" ("municipalityId", "accountId", "key", "location") values ($1, $2, $3, '/trainings')`, [
      municipalityId,
      coordinator.accountId,
      randomUUID(),
    ])
    await marked(owner, { municipalityId, sessionId: sessions[0]!.id, personId: first.id })
    const issued = await issue(owner, municipalityId, training.id, first.id)
    const revoked = await issue(owner, municipalityId, training.id, second.id)
    await owner.query(`insert into "CertificateFile" ("certificateId", "municipalityId", "sha256") values ($1, $2, $3)`, [
      issued.id,
      municipalityId,
      await keepBlob(owner, municipalityId, Buffer.from(`PDF на ${issued.code}`)),
    ])
    await owner.query(
      `insert into "CertificateRevocation" ("certificateId", "municipalityId", "reason", "revokedByName") values ($1, $2, 'грешно име', 'Координатор')`,
      [revoked.id, municipalityId],
    )
    await append(owner, municipalityId)
    const evidence = await layEvidence(owner, {
      municipalityId,
      projectId: project.id,
      sessionId: sessions[1]!.id,
      personIds: [first.id, second.id],
    })
    return { certificate: issued, evidence }
  })
  await owner.query(`select erase_audit_payloads($1, now() + interval '1 minute', 'изтекъл срок')`, [municipalityId])
  await within(owner, municipalityId, () => append(owner, municipalityId))
  return { ...world, project, certificate, evidence, first, second, session: sessions[0]!, closedSession: sessions[1]!, employee }
}

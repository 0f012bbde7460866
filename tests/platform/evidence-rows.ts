import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { keepBlob } from './full-municipality'

type Place = { municipalityId: string; sessionId: string; personId: string }

/** Claims something about a person in a session, as the trainer's roster would; returns the claim's number. */
export async function claimed(client: pg.Client, at: Place, kind = 'mark', mark: string | null = 'present', reason: string | null = null) {
  const { rows } = await client.query(
    `insert into "AttendanceClaim" ("municipalityId", "sessionId", "personId", "kind", "source", "mark", "authorKind", "authorName", "key", "reason")
     values ($1, $2, $3, $4, 'roster', $5, 'account', 'Обучител', $6, $7) returning "id"`,
    [at.municipalityId, at.sessionId, at.personId, kind, mark, randomUUID(), reason],
  )
  return String(rows[0].id)
}

/** Marks a person present for 360 minutes, claim and projection; returns the claim's number. */
export async function marked(client: pg.Client, at: Place) {
  const claim = await claimed(client, at)
  await client.query(
    `insert into "Attendance" ("sessionId", "personId", "municipalityId", "mark", "attendedMinutes", "claimId") values ($1, $2, $3, 'present', 360, $4)`,
    [at.sessionId, at.personId, at.municipalityId, claim],
  )
  return claim
}

/** Closes the sheet of a session; by default with the last claim there is. */
export const closed = (
  client: pg.Client,
  { municipalityId, sessionId }: Omit<Place, 'personId'>,
  lastClaimId?: string | null,
  funderVersionId: string | null = null,
) =>
  client.query(
    `insert into "SheetClosure" ("sessionId", "municipalityId", "statement", "rowCount", "lastClaimId", "digest", "funderVersionId", "closedByName")
     values ($1, $2, 'Списъкът е пълен.', 2, case when $3::text = 'last' then (select max("id") from "AttendanceClaim" where "sessionId" = $1) else nullif($3, '')::bigint end, repeat('0', 64), $4, 'Обучител')`,
    [sessionId, municipalityId, lastClaimId === undefined ? 'last' : lastClaimId, funderVersionId],
  )

/**
 * A funder's profile with a version since 2020, a project that has it, a session closed with two people present, what came after it (a
 * correction, a mark proposed, a scan refused), and a photo of its paper sheet in place; `freeId` is nobody's yet. Call inside the municipality.
 */
export async function layEvidence(
  client: pg.Client,
  {
    municipalityId,
    projectId,
    sessionId,
    personIds,
  }: { municipalityId: string; projectId: string; sessionId: string; personIds: string[] },
) {
  const one = async (sql: string, values: unknown[]) => (await client.query(sql, values)).rows[0].id as string
  const image = (name: string) => keepBlob(client, municipalityId, Buffer.from(`${name} на ${municipalityId}`))
  const [first, second] = personIds.map((personId) => ({ municipalityId, sessionId, personId })) as [Place, Place]
  const profileId = await one(`insert into "FunderProfile" ("municipalityId", "name") values ($1, 'Програма') returning "id"`, [
    municipalityId,
  ])
  await client.query(`update "Project" set "funderProfileId" = $2 where "id" = $1`, [projectId, profileId])
  const versionId = await one(
    `insert into "FunderProfileVersion" ("municipalityId", "profileId", "validFrom", "showsEuBlock", "statement", "columns", "logoSha256", "createdByName")
     values ($1, $2, '2020-01-01', true, 'По проект', '{name,signature}', $3, 'Координатор') returning "id"`,
    [municipalityId, profileId, await image('Лого')],
  )
  for (const place of [first, second]) await marked(client, place)
  await closed(client, first, undefined, versionId)
  await claimed(client, first, 'correction', 'present', 'пристигна навреме')
  await claimed(client, second, 'proposal', 'absent')
  await client.query(
    `insert into "RefusedCheckIn" ("municipalityId", "sessionId", "personId", "accountId", "source", "reason", "scannedAt") values ($1, $2, $3, $4, 'qr', 'closed', now())`,
    [municipalityId, sessionId, second.personId, randomUUID()],
  )
  const uploadId = await one(
    `insert into "SheetUpload" ("municipalityId", "fileSha256", "fileName", "uploadedById", "uploadedByName") values ($1, $2, 'списък.jpg', $3, 'Обучител') returning "id"`,
    [municipalityId, await image('Снимка'), randomUUID()],
  )
  await client.query(`insert into "SheetReading" ("uploadId", "municipalityId", "pageCount") values ($1, $2, 1)`, [
    uploadId,
    municipalityId,
  ])
  const scanId = await one(
    `insert into "SheetScan" ("municipalityId", "uploadId", "pageOfFile", "viewSha256") values ($1, $2, 1, $3) returning "id"`,
    [municipalityId, uploadId, await image('Изглед')],
  )
  await client.query(
    `insert into "ScanPlacement" ("municipalityId", "scanId", "sessionId", "page", "isByQr", "placedByName") values ($1, $2, $3, 1, true, 'read-scans')`,
    [municipalityId, scanId, sessionId],
  )
  return { profileId, versionId, uploadId, scanId, freeId: randomUUID() }
}

import { inMunicipality } from '~/platform/db.server'
import type { aTraining } from './factories'

type Case = Pick<Awaited<ReturnType<typeof aTraining>>, 'municipalityId' | 'people' | 'sessions'>

/** Marks everybody present in every session for `attendedMinutes` each (all 360 scheduled ones unless said), by claims of an import. */
export const present = ({ municipalityId, people, sessions }: Case, attendedMinutes = 360) =>
  inMunicipality({ municipalityId }, async (tx) => {
    await tx.$executeRaw`
      with claims as (
        insert into "AttendanceClaim" ("municipalityId", "sessionId", "personId", "kind", "source", "mark", "authorKind", "authorName", "key")
        select ${municipalityId}::uuid, s, p, 'mark', 'import', 'present', 'import', 'Тест', gen_random_uuid()
        from unnest(${sessions.map(({ id }) => id)}::uuid[]) s, unnest(${people.map(({ id }) => id)}::uuid[]) p
        returning "id", "sessionId", "personId"
      )
      insert into "Attendance" ("sessionId", "personId", "municipalityId", "mark", "attendedMinutes", "claimId")
      select c."sessionId", c."personId", ${municipalityId}::uuid, 'present', ${attendedMinutes}::int, c."id" from claims c`
  })

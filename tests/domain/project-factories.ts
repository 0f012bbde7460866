import { inMunicipality } from '~/platform/db.server'

/** Marks a person in a session with so many minutes, as an import's word. */
export const attended = (
  municipalityId: string,
  sessionId: string,
  personId: string,
  attendedMinutes: number,
  mark: 'present' | 'absent' = 'present',
) =>
  inMunicipality({ municipalityId }, async (tx) => {
    const claim = await tx.attendanceClaim.create({
      data: {
        municipalityId,
        sessionId,
        personId,
        kind: 'mark',
        source: 'import',
        mark,
        authorKind: 'import',
        authorName: 'Тест',
        key: crypto.randomUUID(),
      },
    })
    await tx.attendance.create({ data: { municipalityId, sessionId, personId, mark, attendedMinutes, claimId: claim.id } })
  })

import type { Tx } from '~/platform/db.server'
import { projectWarnings, type ProjectDates } from './project'

/**
 * Brings the warnings by rule of a project in line with its facts, in the transaction that changed them; a warning that stays keeps its
 * time, and warnings given as data are left alone.
 */
export async function keepProjectWarnings(tx: Tx, municipalityId: string, projectId: string, facts: ProjectDates): Promise<void> {
  const warnings = projectWarnings(facts)
  await tx.projectWarning.deleteMany({
    where: { municipalityId, projectId, isByRule: true, code: { notIn: warnings.map(({ code }) => code) } },
  })
  for (const { code, detail } of warnings)
    await tx.projectWarning.upsert({
      where: { projectId_code: { projectId, code } },
      create: { municipalityId, projectId, code, detail },
      update: { detail },
    })
}

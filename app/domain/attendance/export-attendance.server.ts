import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import type { FileKind, TableFile } from '~/platform/table/file.server'
import { findPersonIn } from '../person/person.server'
import { authorize, can, hasRole, type AccountActor } from '../policy'
import { findProjectIn } from '../project/project.server'
import { visibleTrainings } from '../training/training.server'
import { attendanceFile } from './attendance-file.server'
import { filedSessions } from './attendance-rows.server'

/**
 * The attendance of one training, or of one of its sessions, as a file, for who may see its roster. Throws `not_found`, `forbidden`, and
 * `invalid` for a PDF that would be too long.
 */
export function exportTrainingAttendance(
  actor: AccountActor,
  trainingId: string,
  sessionId: string | null,
  request: FileKind,
): Promise<TableFile> {
  return inMunicipality(actor, async (tx) => {
    const training = await tx.training.findFirst({
      where: { AND: [{ id: trainingId }, visibleTrainings(actor)] },
      select: { id: true, trainerAccountId: true, project: { select: { title: true, numberAsWritten: true, isEuFunded: true } } },
    })
    if (!training) throw new AppError('not_found', 'training.not_found')
    authorize(actor, 'roster.view', training)
    const sessions = await filedSessions(tx, { training: { trainingId: training.id }, ...(sessionId ? { id: sessionId } : {}) })
    if (sessionId && sessions.length === 0) throw new AppError('not_found', 'error.not_found')
    const project = training.project && { name: projectName(training.project), isEuFunded: training.project.isEuFunded }
    return attendanceFile(tx, actor, request, {
      kind: sessionId ? 'session' : 'training',
      sessions,
      project,
      shown: { withAuthors: true, withNumbers: can(actor, 'staff.list', null) },
    })
  })
}

/**
 * The attendance of one person: all of it for the coordinator, the person and the manager of his services; for a trainer that in his own
 * trainings. Who marked, and why, only where the roster may be seen. Throws `not_found` and `forbidden`.
 */
export function exportPersonAttendance(actor: AccountActor, personId: string, request: FileKind): Promise<TableFile> {
  return inMunicipality(actor, async (tx) => {
    const person = await findPersonIn(tx, actor, personId)
    const seesAll = can(actor, 'person.record', person)
    if (!seesAll && !hasRole(actor, 'trainer')) throw new AppError('forbidden', 'error.forbidden')
    const ofTrainer = seesAll ? {} : { training: { training: { trainerAccountId: actor.accountId } } }
    const partOf = {
      OR: [
        { attendances: { some: { personId } } },
        { training: { training: { enrolments: { some: { personId, state: 'approved' as const } } } } },
      ],
    }
    const sessions = await filedSessions(tx, { AND: [partOf, ofTrainer, { municipalityId: actor.municipalityId }] })
    return attendanceFile(tx, actor, request, {
      kind: 'person',
      sessions,
      person,
      personId,
      shown: { withAuthors: hasRole(actor, 'coordinator') || !seesAll, withNumbers: seesAll },
    })
  })
}

/**
 * Every person in every session of a project, or with `presentOnly` the attendances behind its second number. Throws `not_found` for a
 * project the actor does not see.
 */
export function exportProjectAttendance(
  actor: AccountActor,
  projectId: string,
  { presentOnly, ...request }: FileKind & { presentOnly: boolean },
): Promise<TableFile> {
  return inMunicipality(actor, async (tx) => {
    const project = await findProjectIn(tx, actor, projectId)
    const sessions = await filedSessions(tx, { training: { training: { projectId: project.id } } })
    const { isEuFunded } = project
    return attendanceFile(tx, actor, request, {
      kind: 'project',
      sessions,
      project: { name: projectName(project), isEuFunded },
      presentOnly,
      shown: { withAuthors: true, withNumbers: true },
    })
  })
}

const projectName = ({ title, numberAsWritten }: { title: string | null; numberAsWritten: string | null }) =>
  [numberAsWritten && `№ ${numberAsWritten}`, title].filter(Boolean).join(', ')

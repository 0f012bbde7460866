import type { Prisma } from '~/generated/prisma/client'
import { namesakeNumbers } from '~/domain/person/namesakes'
import { namedLike, todayOf } from '~/domain/person/person.server'
import { authorize, can, hasRole, type AccountActor, type Actor } from '~/domain/policy'
import { findTraining } from '~/domain/training/training.server'
import { fullName } from '~/i18n/format'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { dateOf, dayText } from '../day'
import { certificateState } from './certificate'
import { certificateCandidates, certifiedTraining, isDue, type Candidate } from './certificate-candidates.server'
import { parseCertificateFacts, type CertificateFacts } from './certificate-facts'
import { certificateView } from './certificate-view'
import { verifyOrigin } from './issue-certificates.server'
import { isOutdated } from './outdated'

/**
 * Every certificate `actor` may learn exists: the coordinator's all, a manager's those of the people who hold a post in his services
 * today, an employee's his own; several roles see all of these.
 */
export function visibleCertificates(actor: Actor): Prisma.CertificateWhereInput {
  const { municipalityId } = actor
  if (actor.kind !== 'account' || hasRole(actor, 'coordinator')) return { municipalityId }
  const parts: Prisma.CertificateWhereInput[] = []
  const today = dateOf(todayOf(actor))
  const isHeld = { startsOn: { lte: today }, OR: [{ endsOn: null }, { endsOn: { gte: today } }] }
  if (hasRole(actor, 'manager')) parts.push({ person: { assignments: { some: { serviceId: { in: actor.serviceIds }, ...isHeld } } } })
  if (hasRole(actor, 'employee') && actor.personId) parts.push({ personId: actor.personId })
  // an empty OR inside an AND excludes nothing
  return parts.length > 0 ? { municipalityId, OR: parts } : { id: { in: [] } }
}

const KEPT = {
  facts: { select: { facts: true } },
  file: { select: { sha256: true, createdAt: true, blob: { select: { sizeBytes: true } } } },
  revocation: { select: { reason: true, revokedAt: true, revokedByName: true } },
  person: { select: { employeeNumber: true } },
} satisfies Prisma.CertificateInclude

/** The certificate, where the actor sees it. Throws `not_found`. */
export async function findCertificate(tx: Tx, actor: Actor, certificateId: string) {
  const certificate = await tx.certificate.findFirst({ where: { AND: [{ id: certificateId }, visibleCertificates(actor)] }, include: KEPT })
  if (!certificate) throw new AppError('not_found', 'certificate.not_found')
  return certificate
}

/** One certificate with its frozen facts in words and what the actor may do with it. Throws `not_found`. */
export function certificatePage(actor: AccountActor, certificateId: string) {
  return inMunicipality(actor, async (tx) => {
    const { facts, file, revocation, ...certificate } = await findCertificate(tx, actor, certificateId)
    return {
      id: certificate.id,
      trainingId: certificate.trainingId,
      registerYear: certificate.registerYear,
      registerNumber: certificate.registerNumber,
      issuedOn: dayText(certificate.issuedOn),
      verifyCode: certificate.verifyCode,
      // whoever revokes one must not take it for a namesake's
      employeeNumber: can(actor, 'certificate.revoke', null) ? certificate.person.employeeNumber : null,
      state: certificateState({ isRevoked: revocation !== null, hasFacts: facts !== null }),
      view: facts && certificateView(parseCertificateFacts(facts.facts)),
      file: file && { sha256: file.sha256, sizeBytes: file.blob.sizeBytes, createdAt: file.createdAt },
      revocation,
      may: {
        revoke: can(actor, 'certificate.revoke', null) && !revocation,
        openTraining: can(actor, 'certificate.issue', null),
      },
    }
  })
}

export type CertificateFilter = { q: string; year: number | null; trainingId: string | null; page: number; rowsPerPage?: number }

async function filtered(tx: Tx, actor: Actor, { q, year, trainingId }: CertificateFilter): Promise<Prisma.CertificateWhereInput> {
  const number = /^\s*№?\s*(\d{1,7})\s*$/.exec(q)?.[1]
  return {
    AND: [
      visibleCertificates(actor),
      number ? { registerNumber: Number(number) } : q.trim() ? { person: await namedLike(tx, q) } : {},
      year === null ? {} : { registerYear: year },
      trainingId === null ? {} : { trainingId },
    ],
  }
}

const TRAININGS_OFFERED = 100

/**
 * A page of the register, the latest number first, with what its filters offer. Names are those frozen at issue; they are searched by
 * the names of today. A query that is a number alone is a register number. A fixed number of queries.
 */
export function certificateRegister(actor: AccountActor, filter: CertificateFilter) {
  return inMunicipality(actor, async (tx) => {
    authorize(actor, 'certificate.list', null)
    const where = await filtered(tx, actor, filter)
    const total = await tx.certificate.count({ where })
    const { rowsPerPage = 50 } = filter
    const page = Math.min(Math.max(1, filter.page), Math.max(1, Math.ceil(total / rowsPerPage)))
    const rows = await tx.certificate.findMany({
      where,
      orderBy: [{ registerYear: 'desc' }, { registerNumber: 'desc' }],
      skip: (page - 1) * rowsPerPage,
      take: rowsPerPage,
      include: KEPT,
    })
    const seen = visibleCertificates(actor)
    const years = await tx.certificate.groupBy({ by: ['registerYear'], where: seen, orderBy: { registerYear: 'desc' } })
    const trainings = await tx.training.findMany({
      where: { certificates: { some: seen } },
      orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
      take: TRAININGS_OFFERED,
      select: { id: true, startsAt: true, course: { select: { title: true, titleEn: true } } },
    })
    const frozen = new Map(rows.flatMap(({ id, facts }) => (facts ? [[id, parseCertificateFacts(facts.facts)] as const] : [])))
    const numbers = namesakeNumbers(
      rows.flatMap(({ id, personId, person }) => {
        const recipient = frozen.get(id)?.recipient
        if (!recipient) return []
        const { position, unit } = recipient
        return [{ key: personId, name: fullName(recipient), position, unit, employeeNumber: person.employeeNumber }]
      }),
    )
    return {
      page,
      total,
      rowsPerPage,
      years: years.map(({ registerYear }) => registerYear),
      trainings,
      rows: rows.map(({ facts, file, revocation, ...row }) => ({
        id: row.id,
        registerNumber: row.registerNumber,
        issuedOn: dayText(row.issuedOn),
        recipient: frozen.get(row.id)?.recipient ?? null,
        employeeNumber: numbers.get(row.personId) ?? null,
        course: frozen.get(row.id)?.course.title ?? null,
        state: certificateState({ isRevoked: revocation !== null, hasFacts: facts !== null }),
        hasFile: file !== null,
      })),
    }
  })
}

/** The bytes of a certificate's file with their hash; `file` is null while it is being made. Throws `not_found`. */
export function certificateFile(actor: AccountActor, certificateId: string) {
  return inMunicipality(actor, async (tx) => {
    const { file, registerYear, registerNumber } = await findCertificate(tx, actor, certificateId)
    const blob =
      file &&
      (await tx.blob.findUniqueOrThrow({
        where: { municipalityId_sha256: { municipalityId: actor.municipalityId, sha256: file.sha256 } },
        select: { bytes: true, sha256: true },
      }))
    return { registerYear, registerNumber, file: blob }
  })
}

/**
 * Who of a training has earned a certificate, who has it, who has not and why, and how many files are still being made; which sheets of
 * sessions that are over are not closed, and whose certificate says other minutes than the sheets do now.
 */
export function trainingCertificates(actor: AccountActor, trainingId: string) {
  return inMunicipality(actor, async (tx) => {
    await findTraining(tx, actor, trainingId)
    authorize(actor, 'certificate.issue', null)
    const training = await certifiedTraining(tx, trainingId)
    const now = clock.now()
    const candidates = await certificateCandidates(tx, actor, training, now)
    const valid = candidates.flatMap(({ last }) => (last && !last.isRevoked ? [last] : []))
    const frozen = await factsOf(
      tx,
      valid.map(({ id }) => id),
    )
    const differs = ({ attended, last }: Candidate) => {
      const facts = last && frozen.get(last.id)
      return (
        !!facts &&
        isOutdated(
          facts,
          training.sessions.map(({ id, startsAt }) => ({ startsAt, attendedMinutes: attended[id] ?? null })),
        )
      )
    }
    return {
      training: {
        id: training.id,
        title: training.course.title,
        titleEn: training.course.titleEn,
        requiredSharePercent: training.course.requiredSharePercent,
        startsAt: training.startsAt,
        endsAt: training.endsAt,
        isEuFunded: training.project?.isEuFunded ?? false,
      },
      candidates: candidates.map((candidate) => {
        const { attended: _, ...rest } = candidate
        return { ...rest, isDue: isDue(candidate), isOutdated: differs(candidate) }
      }),
      // a sheet with nobody in it cannot be closed, and nothing rests on it
      openSheets: training.sessions.flatMap(({ id, startsAt, endsAt, isClosed }) =>
        isClosed || endsAt > now || candidates.length === 0 ? [] : [{ id, startsAt, endsAt }],
      ),
      issued: valid.length,
      filesMade: valid.filter(({ hasFile }) => hasFile).length,
      canIssue: verifyOrigin() !== null,
    }
  })
}

/** What valid certificates froze, by certificate; one whose facts were erased is missing. */
async function factsOf(tx: Tx, certificateIds: string[]): Promise<Map<string, CertificateFacts>> {
  if (certificateIds.length === 0) return new Map()
  const rows = await tx.certificateFacts.findMany({
    where: { certificateId: { in: certificateIds } },
    select: { certificateId: true, facts: true },
  })
  return new Map(rows.map(({ certificateId, facts }) => [certificateId, parseCertificateFacts(facts)]))
}

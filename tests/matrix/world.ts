import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { atInstant } from '~/platform/clock.server'
import { keepBlobs } from '~/platform/blob.server'
import { inInstallation, inMunicipality, outsideMunicipalities } from '~/platform/db.server'
import { startSession } from '~/platform/session.server'
import { aPerson, aProject, aTraining, enrolled, somebody } from '../factories'
import { keepBlob } from '../platform/full-municipality'
import { asOwner, within } from '../platform/raw-sql'

/** A week after the first training, a month before the second. */
export const NOW = new Date('2026-11-10T09:00:00Z')
/** An hour after the session that is marked: later a mark needs a reason. */
const AFTERWARDS = new Date('2026-11-02T15:00:00Z')

export const WHO = [
  'nobody',
  'foreign',
  'employee',
  'trainer',
  'otherTrainer',
  'supervisor',
  'manager',
  'coordinator',
  'admin',
  'installation',
] as const
export type Who = (typeof WHO)[number]

/** Stands in every name of the world, so that none of it can be seen unnoticed by who must see nothing. */
export const SECRET = 'Тайн'

/**
 * A municipality with everybody in it. `training` is past and led by the trainer: `own` (the employee), `colleague` (of the manager's
 * service) and `other` (of the administration) hold seats; the first two were there, the third was not, and the first has a certificate. `coming` is
 * led by the other trainer: `applicant`, of the manager's service, asks for a seat; `bystander` has to do with neither. Of two scans the other trainer brought, one lies in `session`.
 */
export async function aWorld() {
  const base = await aTraining({ people: 2 })
  const { municipalityId, service, training, sessions, coordinator, otherTrainer } = base
  const [own, colleague] = [base.people[0]!, base.people[1]!]
  const [session] = [sessions[0]!]
  const other = await aPerson(municipalityId, { givenName: 'Стоян', familyName: 'Тайносветов' })
  const applicant = await aPerson(municipalityId, { givenName: 'Милен', familyName: 'Тайномиров', service })
  const bystander = await aPerson(municipalityId, { givenName: 'Огнян', familyName: 'Тайностранов' })
  const project = await aProject(municipalityId, { title: 'Проект Тайнобрег' })
  await enrolled(municipalityId, training.id, other.id)
  const made = await inMunicipality({ municipalityId }, async (tx) => {
    await tx.person.update({ where: { id: own.id }, data: { givenName: 'Росица', familyName: 'Тайнева', employeeNumber: 'Тайн-1' } })
    await tx.person.update({
      where: { id: colleague.id },
      data: { givenName: 'Велика', familyName: 'Тайнозарова', employeeNumber: 'Тайн-2' },
    })
    await tx.socialService.update({ where: { id: service.id }, data: { name: 'Дом Тайноград' } })
    await tx.employer.update({ where: { id: service.employerId }, data: { name: 'Доставчик Тайнопол' } })
    await tx.course.update({ where: { id: base.course.id }, data: { title: 'Тайнопис', materials: 'Учебник Тайнокнига' } })
    await tx.membership.updateMany({
      where: { municipalityId, accountId: coordinator.accountId },
      data: { displayName: 'Тайна Координаторова' },
    })
    await tx.training.update({ where: { id: training.id }, data: { projectId: project.id, note: 'Бележка Тайнодума' } })
    const course = await tx.course.create({ data: { municipalityId, kind: 'upgrading', title: 'Тайновед', durationMinutes: 120 } })
    const coming = await tx.training.create({
      data: { municipalityId, courseId: course.id, trainerAccountId: otherTrainer.accountId, place: 'Зала Тайнодол', capacity: 5 },
    })
    const next = await tx.session.create({
      data: {
        municipalityId,
        kind: 'training',
        leaderAccountId: otherTrainer.accountId,
        startsAt: '2026-12-10T08:00:00Z',
        endsAt: '2026-12-10T10:00:00Z',
        place: 'Зала Тайнодол',
      },
    })
    await tx.trainingSession.create({ data: { municipalityId, sessionId: next.id, trainingId: coming.id } })
    const activity = await tx.activity.create({ data: { municipalityId, projectId: project.id, ordinal: 1, title: 'Дейност Тайноделие' } })
    const post = await tx.assignment.findFirstOrThrow({ where: { personId: colleague.id } })
    const grant = await tx.roleGrant.findFirstOrThrow({ where: { membershipId: base.trainer.membershipId } })
    const profile = await tx.funderProfile.create({ data: { municipalityId, name: 'Фонд Тайнофонд' } })
    const funder = await tx.funderProfileVersion.create({
      data: {
        municipalityId,
        profileId: profile.id,
        validFrom: new Date('2026-01-01'),
        showsEuBlock: true,
        columns: ['name', 'signature'],
        createdByName: 'Тайна Координаторова',
      },
    })
    return { course, coming, next, activity, post, grant, funder }
  })
  await inMunicipality({ municipalityId }, (tx) =>
    tx.refusedCheckIn.create({
      data: {
        municipalityId,
        sessionId: session.id,
        personId: applicant.id,
        accountId: base.employee.accountId,
        source: 'qr',
        reason: 'not_enrolled',
        scannedAt: '2026-11-02T07:05:00Z',
      },
    }),
  )
  const application = await enrolled(municipalityId, made.coming.id, applicant.id, 'requested')
  coordinator.actor.name = 'Тайна Координаторова'
  await atInstant(AFTERWARDS, async () => {
    const rows = [own, colleague, other].map((person) => ({
      personId: person.id,
      typed: { mark: person === other ? ('absent' as const) : ('present' as const), lateMinutes: 0, leftEarlyMinutes: 0 },
    }))
    await recordAttendance(coordinator.actor, {
      trainingId: training.id,
      sessionId: session.id,
      seen: '0',
      key: crypto.randomUUID(),
      rows,
      markRestPresent: false,
    })
  })
  await atInstant(NOW, () => issueCertificates(coordinator.actor, training.id, own.id, null))
  const certificate = await inMunicipality({ municipalityId }, (tx) => tx.certificate.findFirstOrThrow({ where: { personId: own.id } }))
  const owner = await asOwner()
  // the clock of the tests stands before the database's
  await owner.query(`update "RoleGrant" set "grantedAt" = '2026-01-01' where "municipalityId" = $1`, [municipalityId])
  await within(owner, municipalityId, async () => {
    const sha256 = await keepBlob(owner, municipalityId, Buffer.from(`%PDF-1.7 ${certificate.id}`))
    await owner.query(`insert into "CertificateFile" ("certificateId", "municipalityId", "sha256") values ($1, $2, $3)`, [
      certificate.id,
      municipalityId,
      sha256,
    ])
  })
  const scans = await inMunicipality({ municipalityId }, async (tx) => {
    const scanned = async (fileName: string, uploadedById: string) => {
      const [fileSha256, viewSha256] = await keepBlobs(tx, municipalityId, [
        { bytes: new TextEncoder().encode(`Тайна снимка ${fileName}`), mediaType: 'image/jpeg' },
        { bytes: new TextEncoder().encode(`Тайна страница ${fileName}`), mediaType: 'image/webp' },
      ])
      const upload = await tx.sheetUpload.create({
        data: { municipalityId, fileName, fileSha256: fileSha256!, uploadedById, uploadedByName: 'Тайна Пратилова' },
      })
      await tx.sheetReading.create({ data: { municipalityId, uploadId: upload.id, pageCount: 1 } })
      return (await tx.sheetScan.create({ data: { municipalityId, uploadId: upload.id, pageOfFile: 1, viewSha256: viewSha256! } })).id
    }
    const placed = await scanned('Тайнолист.jpg', otherTrainer.accountId)
    const waiting = await scanned('Тайночакащ.jpg', otherTrainer.accountId)
    await tx.scanPlacement.create({
      data: { municipalityId, scanId: placed, sessionId: session.id, page: 1, isByQr: true, placedByName: 'read-scans' },
    })
    return { placed, waiting }
  })
  await owner.end()
  return { ...base, ...made, scans, session, own, colleague, other, applicant, bystander, project, application, certificate }
}
export type World = Awaited<ReturnType<typeof aWorld>>

/** The two who work in no municipality of the world: one in another, one in none. */
export async function strangers() {
  const abroad = await aTraining({ people: 1 })
  const foreign = await somebody(abroad.municipalityId, 'coordinator')
  const accountId = await outsideMunicipalities(async (db) => {
    const account = await db.account.create({ data: { login: `installation-${process.pid}@example.test`, displayName: 'Системата' } })
    return account.id
  })
  const keeper = { kind: 'account', accountId, name: 'Системата', installation: true } as const
  await inInstallation(keeper, (tx) => tx.installationGrant.create({ data: { accountId } }))
  const installation = { cookie: (await startSession(accountId)).split(';')[0]! }
  return { foreign, installation }
}

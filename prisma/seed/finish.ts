import { inviteAccount } from '~/domain/account/invite-account.server'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { nominatePersons } from '~/domain/enrolment/nominate-persons.server'
import { requestPlace } from '~/domain/enrolment/request-place.server'
import type { AccountActor } from '~/platform/actor'
import { recordEvent } from '~/platform/audit.server'
import { atInstant, clock } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import { dayOf, daysAfter, instantAt } from '~/platform/zoned.server'
import { demoActor } from './demo-actor'
import { demoId, demoImport } from './demo-id'
import { municipalityIdOf, personIdOf } from './lay-municipality'
import type { LaidTraining } from './lay-training'
import type { MunicipalityKey } from './municipalities'
import { pastOf } from './past'
import { trainingsAfter, trainingsBefore } from './present'
import { closeLaidSheet, leaveSheetsToLookAt } from './sheets'

/**
 * What the demo's own accounts did after their municipality was laid down, by the same commands as everybody's: sheets closed by their
 * trainers, certificates issued the day after each training, people put forward, a place asked for, somebody invited. Once; what a crash cut off is done at the next start.
 */
export async function finishMunicipality(key: MunicipalityKey): Promise<void> {
  const firstDay = await unfinishedSince(key)
  if (firstDay === null) return
  const coordinator = await demoActor(key, `coordinator@${key}.example`)
  const { certified, finished } = trainingsBefore(key, firstDay)
  for (const training of [...pastOf(key), certified]) {
    for (const index of training.sessions.keys()) await closeLaidSheet(key, training, index)
    await certify(coordinator, training)
  }
  await leaveSheetsToLookAt(key, finished)
  if (key === 'elena') await peopleOfElena(firstDay)
  const municipalityId = municipalityIdOf(key)
  await inMunicipality({ municipalityId }, (tx) =>
    recordEvent(tx, demoImport(municipalityId), 'demo.finished', { type: 'municipality', id: municipalityId }),
  )
}

/** The day on which the municipality was laid down, or null once all is done. */
function unfinishedSince(key: MunicipalityKey): Promise<string | null> {
  const municipalityId = municipalityIdOf(key)
  return inMunicipality({ municipalityId }, async (tx) => {
    const events = await tx.auditEvent.findMany({
      where: { municipalityId, subjectType: 'municipality', subjectId: municipalityId, action: { in: ['demo.laid', 'demo.finished'] } },
      include: { payload: true },
    })
    const laid = events.find(({ action }) => action === 'demo.laid')
    if (!laid?.payload || events.some(({ action }) => action === 'demo.finished')) return null
    return String((JSON.parse(laid.payload.payload) as { firstDay: unknown }).firstDay)
  })
}

/** A refusal with one of the `done` sentences means that it was done before the crash; any other stops the start. */
async function unlessDone(done: string[], run: () => Promise<unknown>) {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof AppError && done.includes(error.messageKey))) throw error
  }
}

/** Issues the certificates of a training at ten in the morning of the day after it, which is the year they are numbered in. */
async function certify(coordinator: AccountActor, { id, sessions }: LaidTraining) {
  const dayAfter = daysAfter(sessions.at(-1)!.day, 1)
  await atInstant(instantAt(dayAfter, '10:00', coordinator.timeZone), () =>
    unlessDone(['certificate.nobody'], () => issueCertificates(coordinator, id, null, null)),
  )
}

async function peopleOfElena(firstDay: string) {
  // a day later than it was laid down the coming trainings are still to come
  if (dayOf(clock.now(), 'Europe/Sofia') > daysAfter(firstDay, 1)) return
  const { open, free } = trainingsAfter('elena', firstDay)
  const manager = await demoActor('elena', 'manager@elena.example')
  const own = [4, 5].map((index) => personIdOf('elena', 'day-care', index))
  await nominatePersons(manager, open.id, { persons: own, reason: 'Работят с нови потребители.' })
  await nominatePersons(manager, free.id, { persons: [personIdOf('elena', 'day-care', 7)], reason: null })
  const employee = await demoActor('elena', 'employee@elena.example')
  await unlessDone(['enrolment.request_after_requested'], () =>
    requestPlace(employee, open.id, { reason: 'Темата ми е нужна в работата.' }),
  )
  const admin = await demoActor('elena', 'admin@elena.example')
  const invitation = {
    login: 'obuchitel.gost@elena.example',
    displayName: 'Юлияна Найденова',
    roles: ['trainer' as const],
    serviceIds: [],
    personId: null,
    sameAccount: false,
  }
  await inviteAccount(admin, invitation, demoId('elena', 'invitation'))
}

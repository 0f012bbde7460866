import { afterAll, beforeAll, expect, test } from 'vitest'
import { certificateCandidates, certifiedTraining, isDue } from '~/domain/certificate/certificate-candidates.server'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { revokeCertificate } from '~/domain/certificate/revoke-certificate.server'
import { home } from '~/domain/home/home.server'
import type { AccountActor } from '~/platform/actor'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality, outsideMunicipalities } from '~/platform/db.server'
import { randomUUID } from 'node:crypto'
import { present } from '../certificate-cases'
import { aPerson, aSession, aTraining, enrolled, somebody } from '../factories'
import { scanned } from '../scanned'

afterAll(disconnect)

const at = (instant: string, actor: AccountActor) => atInstant(new Date(instant), () => home(actor))
type Home = Awaited<ReturnType<typeof home>>
const empty = { rows: [], more: 0 }

const lay = (municipalityId: string, training: { courseId: string; trainerAccountId: string }, capacity = 20) =>
  inMunicipality({ municipalityId }, (tx) => tx.training.create({ data: { municipalityId, ...training, place: 'Зала 2', capacity } }))

// the training of the factory: 2 November 2026, 09:00–16:00 in Sofia, a break from 12 to 13, two people
let given: Awaited<ReturnType<typeof aTraining>>
beforeAll(async () => {
  given = await aTraining()
})

test('today begins and ends with the day of the municipality', async () => {
  const { coordinator } = given
  const on = async (instant: string) => {
    const { today, sessionsToday, sessionsAhead } = await at(instant, coordinator.actor)
    return [today, sessionsToday.rows.length, sessionsAhead.rows.length]
  }
  expect(await on('2026-11-01T21:59:59Z')).toEqual(['2026-11-01', 0, 1])
  expect(await on('2026-11-01T22:00:00Z')).toEqual(['2026-11-02', 1, 0])
  expect(await on('2026-11-02T21:59:59Z')).toEqual(['2026-11-02', 1, 0])
  expect(await on('2026-11-02T22:00:00Z')).toEqual(['2026-11-03', 0, 0])
  // fourteen days ahead, not fifteen; the clocks go back on 25 October
  expect(await on('2026-10-18T21:00:00Z')).toEqual(['2026-10-19', 0, 1])
  expect(await on('2026-10-18T20:59:59Z')).toEqual(['2026-10-18', 0, 0])
})

test('each role sees its own part of the day', async () => {
  const { coordinator, trainer, otherTrainer, manager, employee, admin, supervisor } = given
  const seen = async (somebody: { actor: AccountActor }) => {
    const { rows } = (await at('2026-11-02T06:30:00Z', somebody.actor)).sessionsToday
    return rows.map(({ isLedByMe, isMine, ownPeople, canMark }) => ({ isLedByMe, isMine, ownPeople, canMark }))
  }
  expect(await seen(coordinator)).toEqual([{ isLedByMe: false, isMine: false, ownPeople: 0, canMark: true }])
  expect(await seen(trainer)).toEqual([{ isLedByMe: true, isMine: false, ownPeople: 0, canMark: true }])
  expect(await seen(manager)).toEqual([{ isLedByMe: false, isMine: false, ownPeople: 2, canMark: false }])
  expect(await seen(employee)).toEqual([{ isLedByMe: false, isMine: true, ownPeople: 0, canMark: false }])
  for (const nobody of [otherTrainer, admin, supervisor]) expect(await seen(nobody)).toEqual([])
})

test('a sheet can be marked from an hour before the session', async () => {
  const canMark = async (instant: string) => (await at(instant, given.trainer.actor)).sessionsToday.rows[0]!.canMark
  expect([await canMark('2026-11-02T05:59:59Z'), await canMark('2026-11-02T06:00:00Z')]).toEqual([false, true])
})

test('an employee can check in from the moment scans are kept until the end of his session, once', async () => {
  const w = await aTraining()
  const scan = async (time: string, who = w.employee) => (await at(`2026-11-02T${time}Z`, who.actor)).sessionsToday.rows[0]!.scan
  // check-in opens at 06:30 in UTC, and a scan up to an hour earlier is kept
  expect([await scan('05:29:59'), await scan('05:30:00'), await scan('14:00:00'), await scan('14:00:01')]).toEqual([
    null,
    'check_in',
    'check_in',
    null,
  ])
  expect(await scan('08:00:00', w.coordinator)).toBeNull()
  await present(w)
  expect(await scan('08:00:00')).toBeNull()
})

test('with check-out an employee who came has his leaving to scan until half an hour after the end, and then nothing', async () => {
  const w = await aTraining()
  const { id } = w.sessions[0]!
  await inMunicipality(w, (tx) => tx.session.update({ where: { id }, data: { hasCheckOut: true } }))
  const scans = async (...times: string[]) => {
    const found = []
    for (const time of times) found.push((await at(`2026-11-02T${time}Z`, w.employee.actor)).sessionsToday.rows[0]!.scan)
    return found
  }
  // a way in is not taken after the end, and who never came has none out
  expect(await scans('08:00:00', '14:00:01')).toEqual(['check_in', null])
  await scanned(w.employee, id, 'check_in', new Date('2026-11-02T06:50:00Z'))
  expect(await scans('06:59:59', '07:00:00', '14:30:00', '14:30:01')).toEqual([null, 'check_out', 'check_out', null])
  await scanned(w.employee, id, 'check_out', new Date('2026-11-02T13:00:00Z'))
  expect(await scans('13:00:01', '14:10:00')).toEqual([null, null])
})

test('whoever is marked absent and comes after all can check in', async () => {
  const w = await aTraining()
  await atInstant(new Date('2026-11-02T07:30:00Z'), () =>
    recordAttendance(w.trainer.actor, {
      trainingId: w.training.id,
      sessionId: w.sessions[0]!.id,
      seen: '0',
      key: randomUUID(),
      rows: [{ personId: w.people[0]!.id, typed: { mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 } }],
      markRestPresent: false,
    }),
  )
  const scan = async () => (await at('2026-11-02T08:00:00Z', w.employee.actor)).sessionsToday.rows[0]!.scan
  expect(await scan()).toBe('check_in')
  await scanned(w.employee, w.sessions[0]!.id, 'check_in', new Date('2026-11-02T08:05:00Z'))
  expect(await scan()).toBeNull()
})

test('several roles of one account see all that any of them sees', async () => {
  const both = await somebody(given.municipalityId, ['trainer', 'admin', 'employee'], { personId: undefined })
  await outsideMunicipalities((db) => db.account.update({ where: { id: both.accountId }, data: { passwordHash: 'x' } }))
  const page = await at('2026-11-02T06:30:00Z', both.actor)
  expect(page.sessionsToday).toEqual(empty)
  expect(page.invitations.rows.length).toBeGreaterThan(0)
  expect(page.is).toMatchObject({ trainer: true, admin: true, employee: true, coordinator: false, inTheStaff: false })
})

test('a sheet waits from the end of its session, for the coordinator and for its own trainer, until it is closed', async () => {
  const { coordinator, trainer, otherTrainer, employee, people, sessions, training } = await aTraining()
  const waiting = async (instant: string, one: { actor: AccountActor }) =>
    (await at(instant, one.actor)).sheets.rows.map(({ marked, seatsTaken }) => [marked, seatsTaken])
  expect(await waiting('2026-11-02T13:59:59Z', trainer)).toEqual([])
  for (const one of [coordinator, trainer]) expect(await waiting('2026-11-02T14:00:00Z', one)).toEqual([[0, 2]])
  for (const one of [otherTrainer, employee]) expect(await waiting('2026-11-02T14:00:00Z', one)).toEqual([])
  const mark = (personId: string) =>
    atInstant(new Date('2026-11-03T08:00:00Z'), () =>
      recordAttendance(trainer.actor, {
        trainingId: training.id,
        sessionId: sessions[0]!.id,
        seen: '0',
        key: randomUUID(),
        rows: [{ personId, typed: { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 } }],
        markRestPresent: false,
      }),
    )
  await mark(people[0]!.id)
  expect(await waiting('2026-11-03T09:00:00Z', trainer)).toEqual([[1, 2]])
  await mark(people[1]!.id)
  expect(await waiting('2026-11-03T09:00:00Z', trainer)).toEqual([[2, 2]])
  // sixty days after the session it is for the overview alone
  expect(await waiting('2027-01-01T07:00:00Z', trainer)).toEqual([[2, 2]])
  expect(await waiting('2027-01-01T07:00:01Z', trainer)).toEqual([])
  await atInstant(new Date('2026-11-03T09:00:00Z'), () =>
    closeSheet(trainer.actor, { trainingId: training.id, sessionId: sessions[0]!.id, statement: 'Така беше.' }),
  )
  for (const one of [coordinator, trainer]) expect(await waiting('2026-11-03T10:00:00Z', one)).toEqual([])
})

test('certificates are due by the same rule as they are issued by, and no longer once they are', async () => {
  const { coordinator, trainer, people, sessions, training, municipalityId } = await aTraining({ people: 4 })
  // of 360 minutes 80 % are 288: 72 late is enough, 73 is not; one is absent and one has everything
  const marks = [
    { mark: 'present', lateMinutes: 72 },
    { mark: 'present', lateMinutes: 73 },
    { mark: 'absent', lateMinutes: 0 },
    { mark: 'present', lateMinutes: 0 },
  ] as const
  await atInstant(new Date('2026-11-02T14:30:00Z'), () =>
    recordAttendance(trainer.actor, {
      trainingId: training.id,
      sessionId: sessions[0]!.id,
      seen: '0',
      key: randomUUID(),
      rows: marks.map((mark, index) => ({ personId: people[index]!.id, typed: { leftEarlyMinutes: 0, ...mark } })),
      markRestPresent: false,
    }),
  )
  const due = async (instant: string) => (await at(instant, coordinator.actor)).certificatesDue.rows.map((row) => [row.trainingId, row.due])
  expect(await due('2026-11-02T13:59:59Z')).toEqual([])
  expect(await due('2026-11-02T14:00:00Z')).toEqual([[training.id, 2]])
  const open = async () => (await at('2026-11-02T15:00:00Z', coordinator.actor)).certificatesDue.rows.map(({ openSheets }) => openSheets)
  expect(await open()).toEqual([1])
  await atInstant(new Date('2026-11-02T14:45:00Z'), () =>
    closeSheet(trainer.actor, { trainingId: training.id, sessionId: sessions[0]!.id, statement: 'Така беше.' }),
  )
  expect(await open()).toEqual([0])
  const now = new Date('2026-11-03T08:00:00Z')
  expect((await earnedBy(coordinator.actor, training.id, now)).sort()).toEqual([people[0]!.id, people[3]!.id].sort())
  await atInstant(now, () => issueCertificates(coordinator.actor, training.id, people[0]!.id, null))
  expect(await due('2026-11-03T09:00:00Z')).toEqual([[training.id, 1]])
  await atInstant(now, () => issueCertificates(coordinator.actor, training.id, people[3]!.id, null))
  expect(await due('2026-11-03T09:00:00Z')).toEqual([])
  // somebody new with a seat, but without a mark, has earned nothing
  const late = await aPerson(municipalityId)
  await enrolled(municipalityId, training.id, late.id)
  expect(await due('2026-11-03T09:00:00Z')).toEqual([])
  expect((await at('2026-11-03T09:00:00Z', trainer.actor)).certificatesDue).toEqual(empty)
})

/** Whom the issuing of a training would issue a certificate now. */
const earnedBy = (actor: AccountActor, trainingId: string, now: Date) =>
  inMunicipality(actor, async (tx) =>
    (await certificateCandidates(tx, actor, await certifiedTraining(tx, trainingId), now)).filter(isDue).map((one) => one.personId),
  )

test('whatever the marks of two sessions are, the home counts whom the issuing lists', async () => {
  const marks = [null, { mark: 'present' }, { mark: 'absent' }, { mark: 'present', lateMinutes: 90 }] as const
  const { coordinator, trainer, people, sessions, training } = await aTraining({
    people: marks.length ** 2,
    requiredSharePercent: 70,
    sessions: [
      { startsAt: '2026-11-02T07:00:00Z', endsAt: '2026-11-02T10:00:00Z' },
      {
        startsAt: '2026-11-02T11:00:00Z',
        endsAt: '2026-11-02T13:30:00Z',
        breaks: [{ startsAt: '2026-11-02T12:00:00Z', endsAt: '2026-11-02T12:30:00Z' }],
      },
    ],
  })
  const now = new Date('2026-11-02T14:00:00Z')
  for (const [which, session] of sessions.entries())
    await atInstant(now, () =>
      recordAttendance(trainer.actor, {
        trainingId: training.id,
        sessionId: session.id,
        seen: '0',
        key: randomUUID(),
        reason: 'Вписано по листа',
        rows: people.flatMap(({ id }, index) => {
          const mark = marks[which === 0 ? index % marks.length : Math.floor(index / marks.length)]
          return mark ? [{ personId: id, typed: { lateMinutes: 0, leftEarlyMinutes: 0, ...mark } }] : []
        }),
        markRestPresent: false,
      }),
    )
  const due = async () => (await at('2026-11-02T15:00:00Z', coordinator.actor)).certificatesDue.rows.map((row) => row.due)
  // of 180 and 120 minutes 210 are needed: both whole (300), or one of them late by 90 (90 + 120 and 180 + 30)
  const earned = [people[5]!.id, people[7]!.id, people[13]!.id]
  expect((await earnedBy(coordinator.actor, training.id, now)).sort()).toEqual([...earned].sort())
  expect(await due()).toEqual([3])
  await atInstant(now, () => issueCertificates(coordinator.actor, training.id, earned[0]!, null))
  expect(await due()).toEqual([2])
  const { id } = await inMunicipality(coordinator.actor, (tx) => tx.certificate.findFirstOrThrow({ where: { trainingId: training.id } }))
  await atInstant(now, () => revokeCertificate(coordinator.actor, id, 'Грешно име', null))
  expect((await earnedBy(coordinator.actor, training.id, now)).sort()).toEqual([...earned].sort())
  expect(await due()).toEqual([3])
})

test('a certificate of somebody who left does not hide that of somebody who came', async () => {
  const { coordinator, trainer, people, sessions, training, municipalityId } = await aTraining()
  const now = new Date('2026-11-02T14:30:00Z')
  const everybodyPresent = () =>
    atInstant(now, () =>
      recordAttendance(trainer.actor, {
        trainingId: training.id,
        sessionId: sessions[0]!.id,
        seen: '999999999',
        key: randomUUID(),
        rows: [],
        markRestPresent: true,
      }),
    )
  await everybodyPresent()
  await atInstant(now, () => issueCertificates(coordinator.actor, training.id, null, null))
  await inMunicipality(coordinator.actor, async (tx) => {
    const { id } = await tx.enrolment.findFirstOrThrow({ where: { trainingId: training.id, personId: people[0]!.id } })
    await tx.enrolmentStep.create({ data: { municipalityId, enrolmentId: id, state: 'withdrawn', actorKind: 'import', actorName: 'Тест' } })
  })
  const newcomer = await aPerson(municipalityId)
  await enrolled(municipalityId, training.id, newcomer.id)
  await everybodyPresent()
  expect(await earnedBy(coordinator.actor, training.id, now)).toEqual([newcomer.id])
  expect((await at('2026-11-02T15:00:00Z', coordinator.actor)).certificatesDue.rows.map((row) => row.due)).toEqual([1])
})

test('an employee sees the certificates of his own and nobody else’s', async () => {
  const { coordinator, employee, trainer, people, sessions, training } = await aTraining()
  await atInstant(new Date('2026-11-02T14:30:00Z'), () =>
    recordAttendance(trainer.actor, {
      trainingId: training.id,
      sessionId: sessions[0]!.id,
      seen: '0',
      key: randomUUID(),
      rows: [],
      markRestPresent: true,
    }),
  )
  await atInstant(new Date('2026-11-03T08:00:00Z'), () => issueCertificates(coordinator.actor, training.id, null, null))
  const { certificates } = await at('2026-11-03T09:00:00Z', employee.actor)
  expect(certificates.rows.length).toBe(1)
  expect(certificates.rows[0]).toMatchObject({ issuedOn: '2026-11-03', hasFile: false })
  expect(people.length).toBe(2)
  expect((await at('2027-01-03T09:00:00Z', employee.actor)).certificates).toEqual(empty)
  expect((await at('2026-11-03T09:00:00Z', coordinator.actor)).certificates).toEqual(empty)
})

test('requests and nominations wait for the coordinator and show the manager how his people stand', async () => {
  const { coordinator, manager, employee, trainer, training, municipalityId, service } = given
  const [own, other] = [await aPerson(municipalityId, { service }), await aPerson(municipalityId)]
  await enrolled(municipalityId, training.id, own.id, 'nominated')
  await enrolled(municipalityId, training.id, other.id, 'requested')
  const counted = async (one: { actor: AccountActor }, instant = '2026-10-30T08:00:00Z') =>
    (await at(instant, one.actor)).undecided.rows.map(({ requested, nominated, free }) => ({ requested, nominated, free }))
  expect(await counted(coordinator)).toEqual([{ requested: 1, nominated: 1, free: 18 }])
  expect(await counted(coordinator, '2026-11-02T14:00:00Z')).toEqual([])
  for (const one of [manager, employee, trainer]) expect(await counted(one)).toEqual([])
  const { nominations } = await at('2026-10-30T08:00:00Z', manager.actor)
  expect(nominations.rows.map(({ familyName, state }) => [familyName, state])).toEqual([[own.familyName, 'nominated']])
  const mine = await somebody(municipalityId, 'employee', { personId: other.id })
  const asked = (await at('2026-10-30T08:00:00Z', mine.actor)).nominations
  expect(asked.rows.map(({ familyName, state, isOwn }) => [familyName, state, isOwn])).toEqual([[other.familyName, 'requested', true]])
  expect(nominations.rows[0]!.isOwn).toBe(false)
  expect((await at('2026-10-30T08:00:00Z', employee.actor)).nominations).toEqual(empty)
})

test('who has no post today still sees what he asked for; a manager who asked for himself sees it once, as his own', async () => {
  const w = await aTraining({ people: 0 })
  const [away, both] = [await aPerson(w.municipalityId), await aPerson(w.municipalityId, { service: w.service })]
  await inMunicipality(w, (tx) => tx.assignment.updateMany({ where: { personId: away.id }, data: { endsOn: new Date('2026-10-29') } }))
  await enrolled(w.municipalityId, w.training.id, away.id, 'requested')
  await enrolled(w.municipalityId, w.training.id, both.id, 'waiting')
  const stands = async (who: { actor: AccountActor }) =>
    (await at('2026-10-30T08:00:00Z', who.actor)).nominations.rows.map(({ state, isOwn }) => [state, isOwn])
  expect(await stands(await somebody(w.municipalityId, 'employee', { personId: away.id }))).toEqual([['requested', true]])
  const leads = { personId: both.id, serviceId: w.service.id }
  expect(await stands(await somebody(w.municipalityId, ['manager', 'employee'], leads))).toEqual([['waiting', true]])
  expect(await stands(w.manager)).toEqual([['waiting', false]])
})

test('two nominated namesakes of one position are told apart by their numbers', async () => {
  const w = await aTraining({ people: 0 })
  const name = { givenName: 'Мария', familyName: 'Георгиева', service: w.service }
  for (const [employeeNumber, position] of [
    ['Д-009', 'психолог'],
    ['Д-018', 'психолог'],
    ['Д-020', 'шофьор'],
  ] as const) {
    const person = await aPerson(w.municipalityId, { ...name, employeeNumber, position })
    await enrolled(w.municipalityId, w.training.id, person.id, 'nominated')
  }
  const { rows } = (await at('2026-10-30T08:00:00Z', w.manager.actor)).nominations
  expect(rows.map(({ employeeNumber }) => employeeNumber).sort()).toEqual([null, 'Д-009', 'Д-018'])
})

test('free seats are offered to managers, and to employees who are not in the training yet', async () => {
  const { manager, employee, people, municipalityId, course, trainer, coordinator } = await aTraining()
  const outsider = await somebody(municipalityId, 'employee', { personId: (await aPerson(municipalityId)).id })
  const nobody = await somebody(municipalityId, 'employee')
  const one = await lay(municipalityId, { courseId: course.id, trainerAccountId: trainer.accountId }, 1)
  await aSession(municipalityId, one, { startsAt: '2026-11-05T08:00:00Z', endsAt: '2026-11-05T10:00:00Z' })
  const free = async (who: { actor: AccountActor }) => (await at('2026-10-30T08:00:00Z', who.actor)).offers.rows.map((row) => row.free)
  expect(await free(manager)).toEqual([18, 1])
  expect(await free(employee)).toEqual([1])
  expect(await free(outsider)).toEqual([18, 1])
  for (const who of [nobody, coordinator]) expect(await free(who)).toEqual([])
  await enrolled(municipalityId, one.id, people[1]!.id)
  expect(await free(outsider)).toEqual([18])
})

test('only administrators see who has not come in, and since when the link is over', async () => {
  const { admin, coordinator, municipalityId } = await aTraining()
  // everybody of the factory has no password yet: seven accounts
  const { invitations } = await at('2026-11-02T08:00:00Z', admin.actor)
  expect(invitations.rows.length + invitations.more).toBe(7)
  const [first] = invitations.rows
  await outsideMunicipalities((db) =>
    db.passwordLink.create({
      data: { id: randomUUID(), accountId: coordinator.accountId, municipalityId, expiresAt: new Date('2026-11-02T07:59:00Z') },
    }),
  )
  const after = (await at('2026-11-02T08:00:00Z', admin.actor)).invitations.rows
  expect(first).toMatchObject({ linkEndsAt: null, isLinkOver: false })
  expect(after.find(({ login }) => login === coordinator.login)).toMatchObject({ isLinkOver: true })
  expect((await at('2026-11-02T08:00:00Z', coordinator.actor)).invitations).toEqual(empty)
})

test('a list holds ten rows and says how many more there are; what is cancelled is nobody’s day', async () => {
  const { coordinator, trainer, municipalityId, course } = await aTraining()
  const training = await lay(municipalityId, { courseId: course.id, trainerAccountId: trainer.accountId })
  const session = (hour: number) => ({
    startsAt: `2026-11-04T${String(hour).padStart(2, '0')}:00:00Z`,
    endsAt: `2026-11-04T${String(hour).padStart(2, '0')}:45:00Z`,
  })
  const made: { id: string }[] = []
  for (let hour = 4; hour < 17; hour++) made.push(await aSession(municipalityId, training, session(hour)))
  const page: Home = await at('2026-11-04T05:00:00Z', coordinator.actor)
  expect([page.sessionsToday.rows.length, page.sessionsToday.more]).toEqual([10, 3])
  expect(page.sessionsToday.rows.map(({ sessionId }) => sessionId)).toEqual(made.slice(0, 10).map(({ id }) => id))
  await inMunicipality({ municipalityId }, (tx) =>
    tx.session.updateMany({ where: { id: { in: made.slice(2).map(({ id }) => id) } }, data: { cancelledAt: new Date() } }),
  )
  expect((await at('2026-11-04T05:00:00Z', coordinator.actor)).sessionsToday.rows.length).toBe(2)
  await inMunicipality({ municipalityId }, (tx) =>
    tx.training.update({ where: { id: training.id }, data: { cancelledAt: new Date() }, select: { id: true } }),
  )
  expect((await at('2026-11-04T05:00:00Z', coordinator.actor)).sessionsToday).toEqual(empty)
})

test('nothing of another municipality is on anybody’s home', async () => {
  const other = await aTraining()
  for (const one of [other.coordinator, other.trainer, other.manager, other.employee]) {
    const { sessionsToday } = await at('2026-11-02T08:00:00Z', one.actor)
    expect(sessionsToday.rows.map(({ trainingId }) => trainingId)).toEqual([other.training.id])
  }
})

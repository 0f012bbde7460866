import { createHash, randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import type { Record } from '~/domain/attendance/attendance'
import { claimHistory } from '~/domain/attendance/claim-history.server'
import { findSheet, writeClaims } from '~/domain/attendance/claims.server'
import { claimsOf } from '~/domain/attendance/read-claims.server'
import { closingPage } from '~/domain/attendance/closing-page.server'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { correctAttendance } from '~/domain/attendance/correct-attendance.server'
import { correctionsAfterClosing } from '~/domain/attendance/corrections.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { recountAttendance } from '~/domain/attendance/recount.server'
import type { AccountActor } from '~/platform/actor'
import { atInstant } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { aPerson, aProject, aTraining, enrolled } from '../factories'
import { claimed, closed, marked } from '../platform/evidence-rows'
import { asOwner, within } from '../platform/raw-sql'

afterAll(disconnect)

// the factory's session: 09:00–16:00 in Sofia on 2 November 2026, a break from 12 to 13, so 360 minutes
const END = new Date('2026-11-02T14:00:00Z')
const LATER = new Date('2026-11-03T08:00:00Z')
const PRESENT: Record = { mark: 'present', lateMinutes: 0, leftEarlyMinutes: 0 }
const ABSENT: Record = { mark: 'absent', lateMinutes: 0, leftEarlyMinutes: 0 }
const STATEMENT = 'Потвърждавам, че отбелязаното отговаря на действителното.'

type World = Awaited<ReturnType<typeof aTraining>>
const place = (w: World) => ({ trainingId: w.training.id, sessionId: w.sessions[0]!.id })
const close = (w: World, at = LATER, actor: AccountActor = w.trainer.actor, statement = STATEMENT) =>
  atInstant(at, () => closeSheet(actor, { ...place(w), statement }))
const mark = (w: World, rows: [string, Record][], at = LATER) =>
  atInstant(at, () =>
    recordAttendance(w.trainer.actor, {
      ...place(w),
      seen: '0',
      key: randomUUID(),
      rows: rows.map(([personId, typed]) => ({ personId, typed })),
      markRestPresent: false,
    }),
  )
const correct = (w: World, personId: string, record: Record, over: { reason?: string | null; seen?: string; actor?: AccountActor } = {}) =>
  atInstant(LATER, () =>
    correctAttendance(over.actor ?? w.trainer.actor, {
      ...place(w),
      personId,
      record,
      reason: over.reason === undefined ? 'сгрешено име' : over.reason,
      seen: over.seen ?? '999999999',
      key: randomUUID(),
    }),
  )
/** A claim made without having seen the others, as a device or a second pair of eyes makes one. */
const unaware = (w: World, personId: string, record: Record, kind: 'mark' | 'proposal' | 'check_in' = 'mark') =>
  atInstant(LATER, () =>
    inMunicipality(w.coordinator.actor, async (tx) => {
      const { sessionId } = place(w)
      const sheet = await findSheet(tx, w.coordinator.actor, sessionId, { lock: true })
      const told = { kind, source: kind === 'check_in' ? 'qr' : 'roster' } as const
      const draft = { personId, key: randomUUID(), ...record, mark: kind === 'check_in' ? null : record.mark, basedOn: [] }
      await writeClaims(tx, w.coordinator.actor, sheet, await claimsOf(tx, sessionId), told, [draft])
    }),
  )
const stored = (w: World) =>
  inMunicipality(w.coordinator.actor, async (tx) => ({
    closure: await tx.sheetClosure.findUnique({ where: { sessionId: place(w).sessionId } }),
    claims: await tx.attendanceClaim.findMany({ where: { sessionId: place(w).sessionId }, orderBy: { id: 'asc' } }),
    attendance: await tx.attendance.findMany({ where: { sessionId: place(w).sessionId }, orderBy: { personId: 'asc' } }),
    events: await tx.auditEvent.findMany({ where: { action: 'sheet.closed' }, include: { payload: true } }),
  }))
const faults = async (w: World) => (await inMunicipality(w.coordinator.actor, (tx) => recountAttendance(tx, w.municipalityId))).faults
const corrections = (w: World) => inMunicipality(w.coordinator.actor, (tx) => correctionsAfterClosing(tx, [place(w).sessionId]))
const history = (w: World, personId: string) =>
  atInstant(LATER, () => claimHistory(w.trainer.actor, w.training.id, place(w).sessionId, personId))

describe('closing a sheet', () => {
  test('keeps statement, name, time, count, last claim and a digest anybody can work out from the rows, with one event', async () => {
    const w = await aTraining()
    const [a, b] = w.people.map(({ id }) => id).sort() as [string, string]
    await mark(w, [
      [a, { ...PRESENT, lateMinutes: 30 }],
      [b, ABSENT],
    ])
    expect(await close(w)).toEqual({ isNew: true, closedByName: w.trainer.actor.name })
    const { closure, claims, events } = await stored(w)
    const number = (personId: string) => claims.find((claim) => claim.personId === personId)!.id
    const text = [
      'kapacitet.sheet.1',
      `${place(w).sessionId} 2026-11-02T07:00:00.000Z 2026-11-02T14:00:00.000Z`,
      'break 2026-11-02T10:00:00.000Z 2026-11-02T11:00:00.000Z',
      `${a} present 30 0 330 ${number(a)}`,
      `${b} absent 0 0 0 ${number(b)}`,
    ].join('\n')
    expect(closure).toMatchObject({
      statement: STATEMENT,
      closedById: w.trainer.accountId,
      closedByName: w.trainer.actor.name,
      closedAt: LATER,
      rowCount: 2,
      lastClaimId: claims.at(-1)!.id,
      digest: createHash('sha256').update(text).digest('hex'),
      funderVersionId: null,
    })
    expect(events).toHaveLength(1)
    expect(JSON.parse(events[0]!.payload!.payload)).toMatchObject({
      statement: STATEMENT,
      rows: 2,
      present: 1,
      absent: 1,
      excused: 0,
      digest: closure!.digest,
      inPlaceOfTrainer: false,
    })
    expect(await faults(w)).toEqual([])
  })

  test('is possible from the very end of the session', async () => {
    const w = await aTraining()
    await mark(
      w,
      w.people.map(({ id }) => [id, PRESENT]),
      new Date('2026-11-02T12:00:00Z'),
    )
    await expect(close(w, new Date(+END - 1))).rejects.toMatchObject({ code: 'conflict', messageKey: 'attendance.not_over' })
    expect((await close(w, END)).isNew).toBe(true)
  })

  test('a second closing, also by somebody else and with other words, changes nothing', async () => {
    const w = await aTraining()
    await mark(
      w,
      w.people.map(({ id }) => [id, PRESENT]),
    )
    await close(w)
    const { closure } = await stored(w)
    expect(await close(w)).toEqual({ isNew: false, closedByName: w.trainer.actor.name })
    expect(await close(w, new Date(+LATER + 1000), w.coordinator.actor, 'Друго.')).toEqual({
      isNew: false,
      closedByName: w.trainer.actor.name,
    })
    expect(await stored(w)).toMatchObject({ closure, events: [{}] })
  })

  test('the coordinator closes in the trainer’s place, and the trail says so; others do not', async () => {
    const w = await aTraining()
    await mark(
      w,
      w.people.map(({ id }) => [id, PRESENT]),
    )
    for (const actor of [w.manager.actor, w.employee.actor])
      await expect(close(w, LATER, actor)).rejects.toMatchObject({ code: 'forbidden' })
    for (const actor of [w.otherTrainer.actor, w.admin.actor, w.supervisor.actor])
      await expect(close(w, LATER, actor)).rejects.toMatchObject({ code: 'not_found' })
    await close(w, LATER, w.coordinator.actor)
    const { closure, events } = await stored(w)
    expect(closure).toMatchObject({ closedById: w.coordinator.accountId })
    expect(JSON.parse(events[0]!.payload!.payload)).toMatchObject({ inPlaceOfTrainer: true })
  })

  test('stands in the trainer’s place or not for whoever led the session, also once the training has another trainer', async () => {
    const inPlace = async (w: World) => (await history(w, w.people[0]!.id)).session.closure!.isInPlace
    const giveAway = (w: World) =>
      inMunicipality(w.coordinator.actor, (tx) =>
        tx.training.update({ where: { id: w.training.id }, data: { trainerAccountId: w.otherTrainer.accountId } }),
      )
    const asCoordinator = (w: World) => ({ ...w, trainer: w.coordinator })
    const aMarkedOne = async () => {
      const w = await aTraining()
      await mark(
        w,
        w.people.map(({ id }) => [id, PRESENT]),
      )
      return w
    }
    const [own, others, later] = [await aMarkedOne(), await aMarkedOne(), await aMarkedOne()]
    await close(own)
    expect(await inPlace(own)).toBe(false)
    await giveAway(own)
    expect(await inPlace(asCoordinator(own))).toBe(false)
    await close(others, LATER, others.coordinator.actor)
    expect(await inPlace(others)).toBe(true)
    // who has the training now did not lead the session that was held before
    await giveAway(later)
    const page = await atInstant(LATER, () => closingPage(later.otherTrainer.actor, later.training.id, place(later).sessionId))
    expect(page).toMatchObject({ isOwn: false, leader: later.trainer.actor.name })
    await close(later, LATER, later.otherTrainer.actor)
    expect(await inPlace(asCoordinator(later))).toBe(true)
    const { events } = await stored(later)
    expect(JSON.parse(events[0]!.payload!.payload)).toMatchObject({ inPlaceOfTrainer: true })
  })

  test('names who has no mark, whose marks contradict each other, who lacks a scan; then nothing is closed', async () => {
    const w = await aTraining()
    const [a, b] = w.people as [World['people'][0], World['people'][0]]
    await mark(w, [[a.id, PRESENT]])
    await expect(close(w)).rejects.toMatchObject({
      messageKey: 'attendance.close_unmarked',
      values: { count: 1, names: `${b.givenName} ${b.familyName}` },
    })
    await mark(w, [[b.id, ABSENT]])
    await unaware(w, b.id, PRESENT)
    await expect(close(w)).rejects.toMatchObject({
      messageKey: 'attendance.close_conflicting',
      values: { count: 1, names: `${b.givenName} ${b.familyName}` },
    })
    await correct(w, b.id, PRESENT)
    await inMunicipality(w.trainer.actor, (tx) => tx.session.update({ where: { id: place(w).sessionId }, data: { hasCheckOut: true } }))
    const late = await aPerson(w.municipalityId)
    await enrolled(w.municipalityId, w.training.id, late.id)
    await unaware(w, late.id, PRESENT, 'check_in')
    await expect(close(w)).rejects.toMatchObject({ messageKey: 'attendance.close_lacks_scan', values: { count: 1 } })
    expect((await stored(w)).closure).toBeNull()
    await correct(w, late.id, { ...PRESENT, lateMinutes: 10 })
    expect((await close(w)).isNew).toBe(true)
    expect(await faults(w)).toEqual([])
  })

  test('refuses an empty sheet, a cancelled session, and a session of another training', async () => {
    const w = await aTraining({ people: 0 })
    await expect(close(w)).rejects.toMatchObject({ messageKey: 'attendance.nobody_to_close' })
    const other = await aTraining()
    await expect(
      closeSheet(w.trainer.actor, { trainingId: w.training.id, sessionId: other.sessions[0]!.id, statement: STATEMENT }),
    ).rejects.toMatchObject({ code: 'not_found' })
    await inMunicipality(w.trainer.actor, (tx) => tx.session.update({ where: { id: place(w).sessionId }, data: { cancelledAt: LATER } }))
    await expect(close(w)).rejects.toMatchObject({ messageKey: 'attendance.cancelled' })
  })

  test('freezes the version of the funder’s profile that held on the session’s day in the municipality’s zone', async () => {
    // 00:30 in Sofia on 3 November is still 2 November in Greenwich
    const w = await aTraining({ sessions: [{ startsAt: '2026-11-02T22:30:00Z', endsAt: '2026-11-02T23:30:00Z' }] })
    const project = await aProject(w.municipalityId)
    const versions = await inMunicipality(w.coordinator.actor, async (tx) => {
      const { municipalityId } = w
      const profile = await tx.funderProfile.create({ data: { municipalityId, name: 'Програма' } })
      await tx.project.update({ where: { id: project.id }, data: { funderProfileId: profile.id } })
      await tx.training.update({ where: { id: w.training.id }, data: { projectId: project.id } })
      const since = (day: string) =>
        tx.funderProfileVersion.create({
          data: {
            municipalityId,
            profileId: profile.id,
            validFrom: day,
            showsEuBlock: true,
            columns: ['name', 'signature'],
            createdByName: 'Тест',
          },
        })
      // by the day in Greenwich none would hold yet
      return [await since('2026-11-03T00:00:00Z'), await since('2099-11-03T00:00:00Z')]
    })
    await mark(
      w,
      w.people.map(({ id }) => [id, PRESENT]),
    )
    await close(w)
    expect((await stored(w)).closure!.funderVersionId).toBe(versions[0]!.id)
  })
})

describe('after the closing', () => {
  test('a whole roster is refused; a correction needs a reason and stands beside what was closed', async () => {
    const w = await aTraining()
    const [a, b] = w.people.map(({ id }) => id) as [string, string]
    await mark(w, [
      [a, PRESENT],
      [b, PRESENT],
    ])
    await close(w)
    const { closure } = await stored(w)
    await expect(mark(w, [[a, ABSENT]])).rejects.toMatchObject({ messageKey: 'attendance.closed' })
    await expect(correct(w, a, ABSENT, { reason: ' ' })).rejects.toMatchObject({ fields: { reason: ['attendance.needs_reason'] } })
    await correct(w, a, { ...PRESENT, lateMinutes: 60 }, { reason: 'закъсня с час', actor: w.coordinator.actor })
    expect(await corrections(w)).toMatchObject([
      {
        personId: a,
        authorName: w.coordinator.actor.name,
        reason: 'закъсня с час',
        at: LATER,
        from: PRESENT,
        to: { ...PRESENT, lateMinutes: 60 },
        minutesBefore: 360,
        minutesAfter: 300,
        isChange: true,
      },
    ])
    expect((await stored(w)).closure).toEqual(closure)
    expect((await stored(w)).attendance.map(({ attendedMinutes }) => attendedMinutes).sort()).toEqual([300, 360])
    expect(await faults(w)).toEqual([])
  })

  test('a second correction is told from the first, and one that changes nothing is said to be none', async () => {
    const w = await aTraining({ people: 1 })
    const [a] = w.people.map(({ id }) => id) as [string]
    await mark(w, [[a, PRESENT]])
    await close(w)
    await correct(w, a, ABSENT, { reason: 'първа' })
    await correct(w, a, PRESENT, { reason: 'втора' })
    await correct(w, a, PRESENT, { reason: 'трета' })
    expect((await corrections(w)).map(({ reason, from, to, isChange }) => [reason, from!.mark, to.mark, isChange])).toEqual([
      ['първа', 'present', 'absent', true],
      ['втора', 'absent', 'present', true],
      ['трета', 'present', 'present', false],
    ])
  })

  test('somebody admitted after the closing is corrected into the sheet', async () => {
    const w = await aTraining({ people: 1 })
    await mark(w, [[w.people[0]!.id, PRESENT]])
    await close(w)
    const late = await aPerson(w.municipalityId)
    await enrolled(w.municipalityId, w.training.id, late.id)
    await correct(w, late.id, PRESENT, { seen: '0' })
    expect(await corrections(w)).toMatchObject([{ personId: late.id, from: null, to: PRESENT, minutesBefore: 0, minutesAfter: 360 }])
    expect(await faults(w)).toEqual([])
  })

  test('a mark that came late is proposed, and taking or leaving it settles it with a reason', async () => {
    const w = await aTraining()
    const [a, b] = w.people.map(({ id }) => id) as [string, string]
    await mark(w, [
      [a, PRESENT],
      [b, PRESENT],
    ])
    await close(w)
    await unaware(w, a, ABSENT, 'proposal')
    await unaware(w, b, ABSENT, 'proposal')
    const before = await history(w, a)
    expect(before).toMatchObject({ record: PRESENT, conflict: [], proposals: [{ record: ABSENT, ordinal: 2 }], needsReason: true })
    await correct(w, a, before.proposals[0]!.record, { seen: before.seen })
    await correct(w, b, PRESENT, { reason: 'видях го' })
    expect(await history(w, a)).toMatchObject({ record: ABSENT, proposals: [], claims: [{}, {}, { replaces: [1, 2] }] })
    expect(await history(w, b)).toMatchObject({ record: PRESENT, proposals: [] })
    expect((await corrections(w)).map(({ personId, isChange }) => [personId, isChange])).toEqual([
      [a, true],
      [b, false],
    ])
  })

  test('what was claimed since the page was drawn is shown before it is replaced', async () => {
    const w = await aTraining({ people: 1 })
    const [a] = w.people.map(({ id }) => id) as [string]
    await mark(w, [[a, PRESENT]])
    await close(w)
    const { seen } = await history(w, a)
    await correct(w, a, ABSENT)
    await expect(correct(w, a, PRESENT, { seen })).rejects.toMatchObject({ messageKey: 'attendance.changed_meanwhile' })
  })
})

describe('marks that contradict each other', () => {
  test('stand side by side with who made them, the first counts, and one word settles them', async () => {
    const w = await aTraining()
    const [a, b] = w.people.map(({ id }) => id) as [string, string]
    await mark(
      w,
      [
        [a, ABSENT],
        [b, PRESENT],
      ],
      END,
    )
    await unaware(w, a, { ...PRESENT, lateMinutes: 15 })
    const page = await history(w, a)
    expect(page).toMatchObject({
      record: ABSENT,
      needsReason: false,
      conflict: [
        { authorName: w.trainer.actor.name, record: ABSENT, attendedMinutes: 0, isScan: false },
        { authorName: w.coordinator.actor.name, record: { ...PRESENT, lateMinutes: 15 }, attendedMinutes: 345 },
      ],
    })
    await correct(w, a, page.conflict[1]!.record, { reason: null, seen: page.seen })
    expect(await history(w, a)).toMatchObject({ record: { ...PRESENT, lateMinutes: 15 }, attendedMinutes: 345, conflict: [] })
    expect(await faults(w)).toEqual([])
  })

  test('a scan against an absence is one thing to choose, however many scans there were', async () => {
    const w = await aTraining({ people: 1 })
    const [a] = w.people.map(({ id }) => id) as [string]
    await mark(w, [[a, ABSENT]], END)
    // an hour after the start, twice
    for (const minute of ['08:00', '08:10'])
      await inMunicipality(w.coordinator.actor, async (tx) => {
        const { sessionId } = place(w)
        const sheet = await findSheet(tx, w.coordinator.actor, sessionId, { lock: true })
        const draft = { personId: a, key: randomUUID(), mark: null, lateMinutes: 0, leftEarlyMinutes: 0, basedOn: [] }
        const told = { kind: 'check_in', source: 'qr', at: new Date(`2026-11-02T${minute}:00Z`) } as const
        await writeClaims(tx, w.coordinator.actor, sheet, await claimsOf(tx, sessionId), told, [draft])
      })
    expect((await history(w, a)).conflict).toMatchObject([
      { record: ABSENT, isScan: false },
      { record: { ...PRESENT, lateMinutes: 60 }, attendedMinutes: 300, isScan: true, source: 'qr' },
    ])
  })
})

describe('the recount', () => {
  test('finds a row that was altered, those that are missing, and a closure that is not of its claims', async () => {
    const w = await aTraining({ people: 3 })
    const [a, b, c] = w.people.map(({ id }) => id) as [string, string, string]
    await mark(w, [
      [a, PRESENT],
      [b, PRESENT],
    ])
    const { sessionId } = place(w)
    const owner = await asOwner()
    await within(owner, w.municipalityId, async () => {
      await claimed(owner, { municipalityId: w.municipalityId, sessionId, personId: c })
      await owner.query(`update "Attendance" set "attendedMinutes" = 359 where "sessionId" = $1 and "personId" = $2`, [sessionId, a])
      await owner.query(`delete from "Attendance" where "sessionId" = $1 and "personId" = $2`, [sessionId, b])
    })
    const found = () => faults(w).then((all) => all.map(({ personId, fault }) => [personId, fault]))
    expect((await found()).sort()).toEqual(
      [
        [a, 'row'],
        [b, 'missing'],
        [c, 'missing'],
      ].sort(),
    )
    await within(owner, w.municipalityId, async () => {
      await owner.query(`update "Attendance" set "attendedMinutes" = 360 where "sessionId" = $1 and "personId" = $2`, [sessionId, a])
      for (const personId of [b, c]) await marked(owner, { municipalityId: w.municipalityId, sessionId, personId })
      await closed(owner, { municipalityId: w.municipalityId, sessionId })
    })
    const after = await found()
    expect(after.filter(([, fault]) => fault === 'closure')).toEqual([[null, 'closure']])
    await owner.end()
  })
})

describe('at once', () => {
  test('four closings leave one closure, and all answer', async () => {
    const w = await aTraining()
    await mark(
      w,
      w.people.map(({ id }) => [id, PRESENT]),
    )
    const answers = await atInstant(LATER, () =>
      Promise.all(
        [w.trainer.actor, w.coordinator.actor, w.trainer.actor, w.coordinator.actor].map((actor) =>
          closeSheet(actor, { ...place(w), statement: STATEMENT }),
        ),
      ),
    )
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(new Set(answers.map(({ closedByName }) => closedByName)).size).toBe(1)
    expect((await stored(w)).events).toHaveLength(1)
  })

  test('a roster saved while the sheet is closed is in the closed sheet or refused, never lost between', async () => {
    for (let round = 0; round < 6; round++) {
      const w = await aTraining()
      const [a, b] = w.people.map(({ id }) => id) as [string, string]
      await mark(w, [
        [a, PRESENT],
        [b, PRESENT],
      ])
      const seen = String((await stored(w)).claims.at(-1)!.id)
      const [saved, closed] = await atInstant(LATER, () =>
        Promise.allSettled([
          recordAttendance(w.coordinator.actor, {
            ...place(w),
            seen,
            key: randomUUID(),
            rows: [{ personId: a, typed: ABSENT }],
            markRestPresent: false,
          }),
          closeSheet(w.trainer.actor, { ...place(w), statement: STATEMENT }),
        ]),
      )
      expect(closed.status).toBe('fulfilled')
      const { closure, claims } = await stored(w)
      if (saved.status === 'fulfilled') expect(closure!.lastClaimId).toBe(claims.at(-1)!.id)
      else expect(saved.reason).toMatchObject({ messageKey: 'attendance.closed' })
      expect(claims).toHaveLength(saved.status === 'fulfilled' ? 3 : 2)
      expect(await faults(w)).toEqual([])
    }
  })

  test('two corrections of one person drawn from the same page: the second is shown the first', async () => {
    const w = await aTraining({ people: 1 })
    const [a] = w.people.map(({ id }) => id) as [string]
    await mark(w, [[a, PRESENT]])
    await close(w)
    const { seen } = await history(w, a)
    const answers = await atInstant(LATER, () =>
      Promise.allSettled(
        [w.trainer.actor, w.coordinator.actor].map((actor) =>
          correctAttendance(actor, { ...place(w), personId: a, record: ABSENT, reason: 'нямаше го', seen, key: randomUUID() }),
        ),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await corrections(w)).toHaveLength(1)
    expect(await faults(w)).toEqual([])
  })
})

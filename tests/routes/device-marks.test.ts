import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { claimHistory } from '~/domain/attendance/claim-history.server'
import { sealedPage } from '~/domain/attendance/drawn-page.server'
import { recountAttendance } from '~/domain/attendance/recount.server'
import { atInstant } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { action as admit, loader as admitPage } from '~/routes/_app.sessions.$sessionId.admit.$personId'
import { action as saveRoster, loader as roster } from '~/routes/_app.trainings.$trainingId.attendance'
import { action } from '~/routes/sessions.$sessionId.marks'
import { aPerson, aTraining, enrolled, type Somebody } from '../factories'
import { call } from '../http'

type World = Awaited<ReturnType<typeof aTraining>>
type Row = { personId: string; mark: string; lateMinutes?: number; leftEarlyMinutes?: number }
type Save = {
  key?: string
  at?: Date
  seen?: string
  after?: string[]
  drawnAt?: Date
  /** What is sent as the server's proof of the page; by default the one it gave. */
  drawn?: string
  reason?: string | null
  rows: Row[]
}

/** The session is from 07:00 to 14:00; the device marks at 08:00 and comes back to the line at 12:00. */
const MARKED = new Date('2026-11-02T08:00:00Z')
const BACK = new Date('2026-11-02T12:00:00Z')
const DRAWN = new Date('2026-11-02T06:30:00Z')

const wire = (
  { key = randomUUID(), at = MARKED, seen = '0', after = [], drawnAt = DRAWN, drawn, reason = null, rows }: Save,
  page?: { as: Somebody; sessionId: string },
) => ({
  key,
  at: +at,
  seen,
  after,
  drawn: drawn ?? (page ? sealedPage(page.as.actor, page.sessionId, { at: +drawnAt, seen }) : ''),
  reason,
  rows: rows.map((row) => ({ lateMinutes: 0, leftEarlyMinutes: 0, ...row })),
})

function send(
  w: World,
  saves: Save[] | string,
  over: {
    as?: Somebody | null
    at?: Date
    deviceNow?: Date
    fields?: Record<string, string>
    sessionId?: string
    headers?: Record<string, string>
    isForNobody?: boolean
  } = {},
) {
  const as = over.as === undefined ? w.trainer : over.as
  const sessionId = over.sessionId ?? w.sessions[0]!.id
  const form = {
    ...(as ? { _for: `${as.actor.municipalityId}.${as.accountId}` } : {}),
    deviceNow: String(+(over.deviceNow ?? over.at ?? BACK)),
    saves: typeof saves === 'string' ? saves : JSON.stringify(saves.map((save) => wire(save, as ? { as, sessionId } : undefined))),
    ...over.fields,
  }
  if (over.isForNobody) delete (form as Record<string, string>)['_for']
  return atInstant(over.at ?? BACK, () =>
    call(action, `/sessions/${sessionId}/marks`, { as: as ?? undefined, params: { sessionId }, form, headers: over.headers }),
  )
}

const ids = (w: World) => w.people.map((person) => person.id)
const online = (w: World, marks: Record<string, string>, at: Date, seen = '0', as: Somebody = w.coordinator) =>
  atInstant(at, () =>
    call(saveRoster, `/trainings/${w.training.id}/attendance`, {
      as,
      params: { trainingId: w.training.id },
      form: {
        sessionId: w.sessions[0]!.id,
        seen,
        _key: randomUUID(),
        ...Object.fromEntries(Object.entries(marks).map(([id, mark]) => [`mark.${id}`, mark])),
      },
    }),
  )
const stored = (w: World) =>
  inMunicipality(w.coordinator.actor, async (tx) => ({
    attendance: new Map((await tx.attendance.findMany({ where: { sessionId: w.sessions[0]!.id } })).map((row) => [row.personId, row])),
    claims: await tx.attendanceClaim.findMany({ where: { sessionId: w.sessions[0]!.id }, orderBy: { id: 'asc' } }),
    events: await tx.auditEvent.findMany({ where: { action: 'attendance.received' }, include: { payload: true }, orderBy: { seq: 'asc' } }),
    refused: await tx.refusedCheckIn.findMany({ where: { sessionId: w.sessions[0]!.id } }),
  }))

const faults = async (w: World) => (await inMunicipality(w.coordinator.actor, (tx) => recountAttendance(tx, w.municipalityId))).faults

/** Closes the sheet as the database lets it be closed: whole. */
const close = (w: World, at: Date) =>
  inMunicipality(w.coordinator.actor, async (tx) => {
    const last = await tx.attendanceClaim.aggregate({ where: { sessionId: w.sessions[0]!.id }, _max: { id: true } })
    await tx.sheetClosure.create({
      data: {
        municipalityId: w.municipalityId,
        sessionId: w.sessions[0]!.id,
        statement: 'Списъкът е верен.',
        rowCount: w.people.length,
        lastClaimId: last._max.id,
        digest: '0'.repeat(64),
        closedAt: at,
        closedById: w.trainer.accountId,
        closedByName: 'Обучител',
      },
    })
  })

describe('marks kept on a device', () => {
  test('are claims of the roster with the time they were made, and one audit event', async () => {
    const w = await aTraining()
    const [a, b] = ids(w) as [string, string]
    const answer = await send(w, [
      { rows: [{ personId: a, mark: 'present', lateMinutes: 30 }] },
      { at: new Date(+MARKED + 60_000), rows: [{ personId: b, mark: 'absent' }] },
    ])
    expect(answer).toMatchObject({
      status: 200,
      body: {
        answers: [
          { personId: a, outcome: 'taken' },
          { personId: b, outcome: 'taken' },
        ],
      },
    })
    const { attendance, claims, events } = await stored(w)
    expect(claims).toMatchObject([
      { personId: a, kind: 'mark', source: 'roster', lateMinutes: 30, madeAt: MARKED, deviceAt: MARKED, authorId: w.trainer.accountId },
      { personId: b, mark: 'absent', madeAt: new Date(+MARKED + 60_000) },
    ])
    expect(attendance.get(a)).toMatchObject({ mark: 'present', attendedMinutes: 330, isConflicting: false })
    expect(events).toHaveLength(1)
    expect(JSON.parse(events[0]!.payload!.payload)).toMatchObject({ rows: 2, proposed: 0, refused: [], clockOffMinutes: 0 })
  })

  test('sent again, also at once and in part, are one row each and the same answer in substance', async () => {
    const w = await aTraining({ people: 3 })
    const [a, b, c] = ids(w) as [string, string, string]
    const saves: Save[] = [
      {
        key: randomUUID(),
        rows: [
          { personId: a, mark: 'present' },
          { personId: b, mark: 'present' },
        ],
      },
      { key: randomUUID(), rows: [{ personId: c, mark: 'absent' }] },
    ]
    // one clock for all three, whichever ends first
    const answers = await atInstant(BACK, () => Promise.all([send(w, saves), send(w, [saves[0]!]), send(w, saves)]))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const again = await send(w, saves)
    expect(again.body.answers.map((one: { outcome: string }) => one.outcome)).toEqual(['known', 'known', 'known'])
    const { claims, events } = await stored(w)
    expect(claims).toHaveLength(3)
    expect(events.length).toBeLessThanOrEqual(2)
  })

  test('a change of mind on one page replaces what that page had said, though the server had not answered', async () => {
    const w = await aTraining()
    const [a] = ids(w) as [string]
    const first = randomUUID()
    await send(w, [
      { key: first, rows: [{ personId: a, mark: 'present' }] },
      { after: [first], at: new Date(+MARKED + 60_000), rows: [{ personId: a, mark: 'excused' }] },
    ])
    const { attendance, claims } = await stored(w)
    expect(claims[1]!.basedOn).toEqual([claims[0]!.id])
    expect(attendance.get(a)).toMatchObject({ mark: 'excused', isConflicting: false, claimId: claims[1]!.id })
  })

  test('what another marked differently meanwhile stands beside it; the one made first holds until it is settled', async () => {
    const w = await aTraining()
    const [a, b] = ids(w) as [string, string]
    await online(w, { [a]: 'absent', [b]: 'present' }, new Date('2026-11-02T09:00:00Z'))
    await send(w, [
      {
        rows: [
          { personId: a, mark: 'present' },
          { personId: b, mark: 'present' },
        ],
      },
    ])
    const { attendance, claims } = await stored(w)
    expect(claims).toHaveLength(4)
    expect(attendance.get(a)).toMatchObject({ mark: 'present', isConflicting: true })
    expect(attendance.get(b)).toMatchObject({ mark: 'present', isConflicting: false })
  })

  test('replace what the device knew of and nothing later', async () => {
    const w = await aTraining()
    const [a, b] = ids(w) as [string, string]
    await online(w, { [a]: 'absent', [b]: 'absent' }, new Date('2026-11-02T07:10:00Z'))
    const seen = String((await stored(w)).claims.at(-1)!.id)
    await online(w, { [b]: 'excused' }, new Date('2026-11-02T07:20:00Z'), seen)
    await send(w, [
      {
        seen,
        rows: [
          { personId: a, mark: 'present' },
          { personId: b, mark: 'present' },
        ],
      },
    ])
    const { attendance } = await stored(w)
    expect(attendance.get(a)).toMatchObject({ mark: 'present', isConflicting: false })
    expect(attendance.get(b)).toMatchObject({ mark: 'excused', isConflicting: true })
  })

  test.each([
    ['a day ahead', new Date(+MARKED + 86_400_000), new Date(+BACK + 86_400_000), MARKED],
    ['a day behind', new Date(+MARKED - 86_400_000), new Date(+BACK - 86_400_000), MARKED],
    ['set right between marking and sending, having been ahead', new Date(+BACK + 3_600_000), BACK, new Date(+BACK - 1)],
    ['set right between marking and sending, having been behind', new Date(+MARKED - 86_400_000), BACK, DRAWN],
  ])('a clock %s: the moment is by the server’s clock, the device’s own is kept', async (_, at, deviceNow, expected) => {
    const w = await aTraining()
    const [a] = ids(w) as [string]
    const answer = await send(w, [{ at, rows: [{ personId: a, mark: 'present' }] }], { deviceNow })
    expect(answer.body.answers[0].outcome).toBe('taken')
    expect((await stored(w)).claims[0]).toMatchObject({ madeAt: expected, deviceAt: at })
  })

  test('after the sheet was closed they are proposed and change nothing', async () => {
    const w = await aTraining()
    const [a, b] = ids(w) as [string, string]
    await online(w, { [a]: 'absent', [b]: 'present' }, new Date('2026-11-02T09:00:00Z'))
    await close(w, new Date('2026-11-02T11:00:00Z'))
    const answer = await send(w, [{ rows: [{ personId: a, mark: 'present' }] }])
    expect(answer.body.answers).toMatchObject([{ outcome: 'proposed' }])
    const { attendance, claims, events } = await stored(w)
    expect(claims.at(-1)).toMatchObject({ kind: 'proposal', mark: 'present', personId: a })
    expect(attendance.get(a)).toMatchObject({ mark: 'absent', attendedMinutes: 0, isConflicting: false })
    expect(JSON.parse(events[0]!.payload!.payload)).toMatchObject({ rows: 1, proposed: 1 })
  })

  test('of somebody without a seat are refused by name, and who was there waits to be admitted; the others are taken', async () => {
    const w = await aTraining()
    const [a] = ids(w) as [string]
    const guest = await aPerson(w.municipalityId)
    await enrolled(w.municipalityId, w.training.id, guest.id, 'withdrawn')
    const foreign = (await aTraining()).people[0]!
    const save: Save = {
      key: randomUUID(),
      rows: [a, guest.id, foreign.id].map((personId) => ({ personId, mark: 'present' })),
    }
    const { body } = await send(w, [save])
    expect(body.answers).toMatchObject([
      { personId: a, outcome: 'taken' },
      { personId: guest.id, outcome: 'refused', reason: 'not_enrolled' },
      { personId: foreign.id, outcome: 'refused', reason: 'not_enrolled' },
    ])
    await send(w, [save])
    const { claims, refused, events } = await stored(w)
    expect(claims.map((claim) => claim.personId)).toEqual([a])
    expect(refused).toMatchObject([{ personId: guest.id, reason: 'not_enrolled', accountId: w.trainer.accountId }])
    expect(events).toHaveLength(1)
  })

  test('of somebody without a seat are let in as a mark made when it was made, also when it came after the end', async () => {
    const w = await aTraining()
    const guest = await aPerson(w.municipalityId)
    const late = new Date('2026-11-02T16:00:00Z')
    await send(
      w,
      [{ at: new Date(+MARKED + 60_000), rows: [{ personId: guest.id, mark: 'present', lateMinutes: 20, leftEarlyMinutes: 10 }] }],
      { at: late },
    )
    await send(w, [{ rows: [{ personId: guest.id, mark: 'present' }] }], { at: late })
    const markedAt = new Date(+MARKED + 60_000)
    expect((await stored(w)).refused).toMatchObject([{ personId: guest.id, source: 'roster', scannedAt: markedAt }])
    const params = { sessionId: w.sessions[0]!.id, personId: guest.id }
    const path = `/sessions/${params.sessionId}/admit/${guest.id}`
    expect((await call(admitPage, path, { as: w.trainer, params })).body).toMatchObject({ isMark: true, scannedAt: markedAt })
    const press = () =>
      atInstant(late, () => call(admit, path, { as: w.coordinator, params, form: { back: 'roster', _key: randomUUID() } }))
    expect([(await press()).status, (await press()).status]).toEqual([302, 302])
    const { attendance, claims } = await stored(w)
    expect(claims).toMatchObject([
      { personId: guest.id, kind: 'mark', source: 'roster', mark: 'present', madeAt: markedAt, authorId: w.coordinator.accountId },
    ])
    // six hours without the half hour that was marked; nobody has said when he arrived
    expect(attendance.get(guest.id)).toMatchObject({
      mark: 'present',
      lateMinutes: 20,
      leftEarlyMinutes: 10,
      attendedMinutes: 330,
      arrivedAt: null,
    })
    expect(await faults(w)).toEqual([])
  })

  test('of somebody without a seat, let in after somebody has marked him meanwhile, change nothing', async () => {
    const w = await aTraining()
    const guest = await aPerson(w.municipalityId)
    await send(w, [{ rows: [{ personId: guest.id, mark: 'present' }] }])
    await enrolled(w.municipalityId, w.training.id, guest.id)
    await online(w, { [guest.id]: 'absent' }, new Date(+BACK + 60_000))
    const params = { sessionId: w.sessions[0]!.id, personId: guest.id }
    await atInstant(new Date(+BACK + 120_000), () =>
      call(admit, '/x', { as: w.trainer, params, form: { back: 'roster', _key: randomUUID() } }),
    )
    const { attendance, claims } = await stored(w)
    expect(claims).toHaveLength(1)
    expect(attendance.get(guest.id)).toMatchObject({ mark: 'absent', isConflicting: false })
  })

  test('of somebody without a seat, let in when the sheet is closed, are proposed', async () => {
    const w = await aTraining()
    const guest = await aPerson(w.municipalityId)
    await send(w, [{ rows: [{ personId: guest.id, mark: 'present' }] }])
    await online(w, Object.fromEntries(ids(w).map((id) => [id, 'present'])), BACK)
    await close(w, new Date('2026-11-02T14:30:00Z'))
    const params = { sessionId: w.sessions[0]!.id, personId: guest.id }
    const answer = await atInstant(new Date('2026-11-02T15:00:00Z'), () =>
      call(admit, '/x', { as: w.trainer, params, form: { back: 'roster', _key: randomUUID() } }),
    )
    expect(answer.status).toBe(302)
    const { attendance, claims } = await stored(w)
    expect(claims.at(-1)).toMatchObject({ personId: guest.id, kind: 'proposal', mark: 'present', madeAt: MARKED })
    expect(attendance.has(guest.id)).toBe(false)
  })

  test('too early, long after without a reason, and of a cancelled session are refused with the reason', async () => {
    const w = await aTraining()
    const [a] = ids(w) as [string]
    const rows = [{ personId: a, mark: 'present' }]
    const early = new Date('2026-11-02T05:59:00Z')
    const drawnAt = new Date('2026-11-01T12:00:00Z')
    expect((await send(w, [{ at: early, drawnAt, rows }])).body.answers[0]).toMatchObject({ outcome: 'refused', reason: 'too_early' })
    const late = new Date('2026-11-10T08:00:00Z')
    const at = new Date(+late - 60_000)
    expect((await send(w, [{ at, rows }], { at: late })).body.answers[0]).toMatchObject({ outcome: 'refused', reason: 'needs_reason' })
    const reasoned = await send(w, [{ at, reason: 'Телефонът беше без връзка', rows }], { at: late })
    expect(reasoned.body.answers[0].outcome).toBe('taken')
    expect((await stored(w)).claims[0]).toMatchObject({ source: 'late_entry', reason: 'Телефонът беше без връзка' })
    await inMunicipality(w.coordinator.actor, (tx) => tx.session.update({ where: { id: w.sessions[0]!.id }, data: { cancelledAt: BACK } }))
    expect((await send(w, [{ rows }])).body.answers[0]).toMatchObject({ outcome: 'refused', reason: 'cancelled' })
  })

  test('changed on the device after the sheet was closed are one proposal: what was said last', async () => {
    const w = await aTraining()
    const [a, b] = ids(w) as [string, string]
    await online(w, { [a]: 'absent', [b]: 'present' }, new Date('2026-11-02T09:00:00Z'))
    await close(w, new Date('2026-11-02T11:00:00Z'))
    const first = randomUUID()
    await send(w, [
      { key: first, rows: [{ personId: a, mark: 'present' }] },
      { after: [first], at: new Date(+MARKED + 60_000), rows: [{ personId: a, mark: 'excused' }] },
    ])
    const { claims } = await stored(w)
    expect(claims.slice(-2).map(({ kind, mark }) => [kind, mark])).toEqual([
      ['proposal', 'present'],
      ['proposal', 'excused'],
    ])
    const { proposals } = await atInstant(BACK, () => claimHistory(w.coordinator.actor, w.training.id, w.sessions[0]!.id, a))
    expect(proposals.map(({ record }) => record.mark)).toEqual(['excused'])
    const page = await atInstant(BACK, () =>
      call(roster, `/trainings/${w.training.id}/attendance`, { as: w.trainer, params: { trainingId: w.training.id } }),
    )
    expect(page.body.rows.filter((row: { isProposed: boolean }) => row.isProposed).map((row: { id: string }) => row.id)).toEqual([a])
    expect((await faults(w)).filter(({ fault }) => fault !== 'closure')).toEqual([]) // this closing has no true digest
  })

  test('a thousand in one sending', async () => {
    const w = await aTraining({ people: 250, capacity: 300 })
    const keys = Array.from({ length: 4 }, () => randomUUID())
    const saves = keys.map((key, i) => ({
      key,
      after: keys.slice(0, i),
      at: new Date(+MARKED + i * 60_000),
      rows: ids(w).map((personId) => ({ personId, mark: i % 2 ? 'present' : 'absent' })),
    }))
    const { status, body } = await send(w, saves)
    expect(status).toBe(200)
    expect(body.answers).toHaveLength(1000)
    const { attendance, claims, events } = await stored(w)
    expect(claims).toHaveLength(1000)
    expect(events).toHaveLength(1)
    expect([...attendance.values()].every((row) => row.mark === 'present' && !row.isConflicting)).toBe(true)
  })
})

describe('when marks were made, and over what, is believed as far as a page proves it', () => {
  const noProof = (w: World) => ({
    'no proof at all': '',
    'one made up': 'eyJhdCI6MCwic2VlbiI6IjAifQ.AAAA',
    'one of another account': sealedPage(w.coordinator.actor, w.sessions[0]!.id, { at: +DRAWN, seen: '0' }),
    'one of another session': sealedPage(w.trainer.actor, randomUUID(), { at: +DRAWN, seen: '0' }),
    'one that was changed': `${Buffer.from('{"at":0,"seen":"0"}').toString('base64url')}.${sealedPage(w.trainer.actor, w.sessions[0]!.id, { at: +DRAWN, seen: '0' }).split('.')[1]}`,
  })

  test('without one they are from when they came and replace nothing of others', async () => {
    const w = await aTraining({ people: 5 })
    const people = ids(w)
    const others = new Date('2026-11-02T09:00:00Z')
    await online(w, Object.fromEntries(people.map((id) => [id, 'absent'])), others)
    const seen = String((await stored(w)).claims.at(-1)!.id)
    for (const [i, drawn] of Object.values(noProof(w)).entries())
      expect((await send(w, [{ drawn, seen, rows: [{ personId: people[i]!, mark: 'present' }] }])).body.answers[0].outcome).toBe('taken')
    const { attendance, claims } = await stored(w)
    for (const claim of claims.slice(5)) expect(claim).toMatchObject({ madeAt: new Date(+BACK - 1), deviceAt: MARKED, basedOn: [] })
    // the word made first holds, and nothing is lost of the other
    for (const id of people) expect(attendance.get(id)).toMatchObject({ mark: 'absent', isConflicting: true })
  })

  test('a month later nothing passes as marked during the session: it wants a reason and is an entry made afterwards', async () => {
    const w = await aTraining()
    const [a] = ids(w) as [string]
    const later = new Date('2026-12-02T08:00:00Z')
    for (const drawn of Object.values(noProof(w)))
      expect((await send(w, [{ drawn, rows: [{ personId: a, mark: 'present' }] }], { at: later })).body.answers[0]).toMatchObject({
        outcome: 'refused',
        reason: 'needs_reason',
      })
    await send(w, [{ drawn: '', reason: 'забравено', rows: [{ personId: a, mark: 'present' }] }], { at: later })
    expect((await stored(w)).claims).toMatchObject([{ source: 'late_entry', madeAt: new Date(+later - 1), reason: 'забравено' }])
  })

  test('the page itself carries it, and it has no end: a month without a line is a month', async () => {
    const w = await aTraining()
    const [a] = ids(w) as [string]
    await online(w, { [a]: 'absent' }, new Date('2026-11-02T07:10:00Z'))
    const page = await atInstant(new Date('2026-11-02T07:30:00Z'), () =>
      call(roster, `/trainings/${w.training.id}/attendance`, { as: w.trainer, params: { trainingId: w.training.id } }),
    )
    const { drawn } = page.body as { drawn: string }
    const answer = await send(w, [{ drawn, rows: [{ personId: a, mark: 'present' }] }], { at: new Date('2026-12-02T08:00:00Z') })
    expect(answer.body.answers[0].outcome).toBe('taken')
    const { attendance, claims } = await stored(w)
    // by the device's clock it was made at eight, which is after the page was drawn
    expect(claims[1]).toMatchObject({ source: 'roster', madeAt: MARKED, basedOn: [claims[0]!.id] })
    expect(attendance.get(a)).toMatchObject({ mark: 'present', isConflicting: false })
  })

  test('marks kept by a device that had not heard of the proof are taken', async () => {
    const w = await aTraining()
    const { drawn: _, ...save } = wire({ rows: [{ personId: ids(w)[0]!, mark: 'present' }] })
    const answer = await send(w, JSON.stringify([{ ...save, drawnAt: 0 }]))
    expect(answer.body.answers).toMatchObject([{ outcome: 'taken' }])
    expect((await stored(w)).claims).toMatchObject([{ madeAt: new Date(+BACK - 1), deviceAt: MARKED }])
  })
})

describe('what is refused whole', () => {
  test('an expired login is 401 and leaves nothing behind, so the device keeps its marks', async () => {
    const w = await aTraining()
    const answer = await send(w, [{ rows: [{ personId: ids(w)[0]!, mark: 'present' }] }], { as: null })
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' }, cookies: [] })
    expect((await stored(w)).claims).toEqual([])
  })

  test('another account, another municipality, another site, another trainer, another session', async () => {
    const [w, other] = [await aTraining(), await aTraining()]
    const saves = [{ rows: [{ personId: ids(w)[0]!, mark: 'present' }] }]
    const trainer = `${w.municipalityId}.${w.trainer.accountId}`
    expect((await send(w, saves, { as: w.coordinator, fields: { _for: trainer } })).status).toBe(409)
    expect((await send(w, saves, { fields: { _for: `${other.municipalityId}.${w.trainer.accountId}` } })).status).toBe(409)
    expect((await send(w, saves, { isForNobody: true })).status).toBe(409)
    expect((await send(w, saves, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    expect((await send(w, saves, { as: w.otherTrainer })).status).toBe(404)
    expect((await send(w, saves, { as: w.employee })).status).toBe(403)
    expect((await send(w, saves, { as: other.coordinator })).status).toBe(404)
    expect((await send(w, saves, { sessionId: other.sessions[0]!.id })).status).toBe(404)
    expect((await send(w, saves, { sessionId: 'x' })).status).toBe(404)
    expect((await stored(w)).claims).toEqual([])
    expect((await stored(w)).events).toEqual([])
  })

  test('what is no list of marks', async () => {
    const w = await aTraining()
    const [a] = ids(w) as [string]
    const good = wire({ rows: [{ personId: a, mark: 'present' }] })
    const bad: unknown[] = [
      'not json',
      [],
      {},
      [null],
      [{ ...good, key: 'x' }],
      [{ ...good, at: -1 }],
      [{ ...good, at: 1e300 }],
      [{ ...good, seen: '1; drop table' }],
      [{ ...good, rows: [] }],
      [{ ...good, rows: [{ ...good.rows[0], mark: 'late' }] }],
      [{ ...good, rows: [{ ...good.rows[0], lateMinutes: 1441 }] }],
      [{ ...good, rows: [{ ...good.rows[0], mark: 'absent', lateMinutes: 5 }] }],
      [{ ...good, rows: [good.rows[0], good.rows[0]] }],
      [{ ...good, reason: 'а'.repeat(1001) }],
      Array.from({ length: 41 }, () => ({ ...good, key: randomUUID() })),
    ]
    for (const saves of bad) {
      const text = typeof saves === 'string' ? saves : JSON.stringify(saves)
      expect([(await send(w, text)).status, text.slice(0, 60)]).toEqual([422, text.slice(0, 60)])
    }
    expect((await send(w, [], { fields: { deviceNow: 'вчера' } })).status).toBe(422)
    expect((await send(w, 'x'.repeat(1024 * 1024 + 1))).status).toBe(413)
    expect((await stored(w)).claims).toEqual([])
  })
})

import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { inMunicipality } from '~/platform/db.server'
import { atInstant } from '~/platform/clock.server'
import { action, loader } from '~/routes/_app.trainings.$trainingId.attendance'
import { action as correct, loader as history } from '~/routes/_app.trainings.$trainingId.attendance_.$personId'
import { aPerson, aTraining, enrolled, somebody, type Somebody } from '../factories'
import { call } from '../http'

type World = Awaited<ReturnType<typeof aTraining>>
const DURING = new Date('2026-11-02T12:00:00Z')

const address = (w: World) => `/trainings/${w.training.id}/attendance`
const sheet = (w: World, as: Somebody = w.trainer) =>
  atInstant(DURING, () => call(loader, address(w), { as, params: { trainingId: w.training.id } }))

function save(
  w: World,
  marks: { [personId: string]: string },
  over: { as?: Somebody; fields?: { [name: string]: string }; at?: Date } = {},
) {
  const form: { [name: string]: string } = {
    sessionId: w.sessions[0]!.id,
    seen: '0',
    _key: randomUUID(),
    _for: `${w.municipalityId}.${(over.as ?? w.trainer).accountId}`,
    ...over.fields,
  }
  for (const [personId, mark] of Object.entries(marks)) form[`mark.${personId}`] = mark
  return atInstant(over.at ?? DURING, () =>
    call(action, address(w), { as: over.as ?? w.trainer, params: { trainingId: w.training.id }, form }),
  )
}

const stored = (w: World) =>
  inMunicipality(w.coordinator.actor, async (tx) => ({
    attendance: await tx.attendance.findMany({ where: { sessionId: w.sessions[0]!.id }, orderBy: { person: { sortName: 'asc' } } }),
    claims: await tx.attendanceClaim.findMany({ where: { sessionId: w.sessions[0]!.id }, orderBy: { id: 'asc' } }),
    events: await tx.auditEvent.findMany({ where: { action: 'attendance.recorded' }, include: { payload: true } }),
  }))

describe('the roster', () => {
  test('shows everybody with a seat by surname, and nobody else', async () => {
    const w = await aTraining({ people: 0 })
    const people = []
    for (const [givenName, familyName] of [
      ['Яна', 'Ангелова'],
      ['Йордан', 'Ѝвов'],
      ['Ана', 'Яворова'],
      ['Ана', 'Борисова-Нинова'],
    ] as const)
      people.push(await aPerson(w.municipalityId, { givenName, familyName }))
    for (const [i, state] of (['approved', 'approved', 'approved', 'waiting'] as const).entries())
      await enrolled(w.municipalityId, w.training.id, people[i]!.id, state)
    const { body } = await sheet(w)
    expect(body.rows.map((row: { name: string }) => row.name)).toEqual(['Яна Ангелова', 'Йордан Ѝвов', 'Ана Яворова'])
    expect(body.rows[0]).toMatchObject({ detail: 'социален работник, Общинска администрация', mark: null })
    expect(body).toMatchObject({ canRecord: true, scheduled: 360, seen: '0' })
  })

  test('gives the number of two whom name and post do not tell apart, and of nobody else', async () => {
    const w = await aTraining({ people: 0 })
    for (const [middleName, employeeNumber] of [
      ['Петрова', '0417'],
      ['Петрова', '0981'],
      ['Иванова', '0555'],
    ] as const) {
      const person = await aPerson(w.municipalityId, { givenName: 'Ана', middleName, familyName: 'Колева', employeeNumber })
      await enrolled(w.municipalityId, w.training.id, person.id, 'approved')
    }
    const { body } = await sheet(w)
    const seen = (body.rows as { name: string; number: string | null }[]).map(({ name, number }) => `${name} ${number}`)
    expect(seen.sort()).toEqual(['Ана Иванова Колева null', 'Ана Петрова Колева 0417', 'Ана Петрова Колева 0981'])
  })

  test('saves all rows in one go: a claim each, the projection, one audit event', async () => {
    const w = await aTraining()
    const [a, b] = w.people.map((person) => person.id) as [string, string]
    const answer = await save(w, { [a]: 'present', [b]: 'absent' }, { fields: { [`late.${a}`]: '30' } })
    expect(answer).toMatchObject({ status: 302, location: `${address(w)}?session=${w.sessions[0]!.id}` })
    const { attendance, claims, events } = await stored(w)
    expect(attendance).toMatchObject([
      { personId: a, mark: 'present', lateMinutes: 30, attendedMinutes: 330, claimId: claims[0]!.id },
      { personId: b, mark: 'absent', attendedMinutes: 0, claimId: claims[1]!.id },
    ])
    expect(claims).toMatchObject([
      { personId: a, kind: 'mark', source: 'roster', authorKind: 'account', authorId: w.trainer.accountId, basedOn: [] },
      { personId: b, mark: 'absent' },
    ])
    expect(events).toHaveLength(1)
    expect(JSON.parse(events[0]!.payload!.payload)).toMatchObject({ actor: w.trainer.actor.name, rows: 2, present: 1, absent: 1 })
  })

  test('a changed mind is a second claim on the first; an unchanged row is none', async () => {
    const w = await aTraining()
    const [a, b] = w.people.map((person) => person.id) as [string, string]
    await save(w, { [a]: 'present', [b]: 'present' })
    const seen = (await sheet(w)).body.seen as string
    await save(w, { [a]: 'present', [b]: 'excused' }, { fields: { seen } })
    const { claims, attendance } = await stored(w)
    expect(claims.map((claim) => [claim.personId, claim.mark])).toEqual([
      [a, 'present'],
      [b, 'present'],
      [b, 'excused'],
    ])
    expect(claims[2]!.basedOn).toEqual([claims[1]!.id])
    expect(attendance.map((row) => row.mark)).toEqual(['present', 'excused'])
    const past = await atInstant(DURING, () =>
      call(history, `${address(w)}/${b}?session=${w.sessions[0]!.id}`, {
        as: w.trainer,
        params: { trainingId: w.training.id, personId: b },
      }),
    )
    expect(past.body.claims).toMatchObject([{ mark: 'present', authorName: w.trainer.actor.name }, { mark: 'excused' }])
  })

  test('the word about one person that comes a week after the end is one entered afterwards, with its reason', async () => {
    const w = await aTraining()
    const personId = w.people[0]!.id
    const say = (at: string, fields: { [name: string]: string }) =>
      atInstant(new Date(at), () =>
        call(correct, `${address(w)}/${personId}?session=${w.sessions[0]!.id}`, {
          as: w.trainer,
          params: { trainingId: w.training.id, personId },
          form: { session: w.sessions[0]!.id, seen: '0', _key: randomUUID(), ...fields },
        }),
      )
    // the session ended on 2 November at 14:00 UTC
    const late = await say('2026-11-09T14:00:00.001Z', { mark: 'present' })
    expect([late.status, Object.keys(late.body.error)]).toEqual([422, ['reason']])
    expect((await say('2026-11-09T14:00:00.001Z', { mark: 'present', reason: 'Бях болен.' })).status).toBe(302)
    const [first] = (await stored(w)).claims
    expect((await say('2026-11-09T14:00:00Z', { mark: 'absent', seen: String(first!.id) })).status).toBe(302)
    expect((await stored(w)).claims.map(({ kind, source, reason }) => [kind, source, reason])).toEqual([
      ['mark', 'late_entry', 'Бях болен.'],
      ['mark', 'roster', null],
    ])
  })

  test.each([
    'present.1441.0',
    'present.9999.0',
    'present.0.9999',
    'absent.30.0',
    'excused.0.1',
    'present.5',
    'present.1.1.1',
    'there.0.0',
  ])('no button says %s', async (take) => {
    const w = await aTraining()
    const personId = w.people[0]!.id
    const form = { session: w.sessions[0]!.id, seen: '0', take, _key: randomUUID() }
    const answer = await atInstant(DURING, () =>
      call(correct, `${address(w)}/${personId}`, { as: w.trainer, params: { trainingId: w.training.id, personId }, form }),
    )
    expect(answer.status).toBe(422)
    expect((await stored(w)).claims).toEqual([])
  })

  test('the same submission twice, also at once, is recorded once and answered the same', async () => {
    const w = await aTraining()
    const marks = { [w.people[0]!.id]: 'present', [w.people[1]!.id]: 'present' }
    const fields = { _key: randomUUID() }
    const thrice = () => Promise.all([save(w, marks, { fields }), save(w, marks, { fields }), save(w, marks, { fields })])
    const answers = await atInstant(DURING, thrice) // one clock for all, whichever ends first
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.location}`)).size).toBe(1)
    expect((await stored(w)).claims).toHaveLength(2)
    expect((await stored(w)).events).toHaveLength(1)
  })

  test('what somebody else recorded meanwhile stays; two different changes of one row are shown and nothing is saved', async () => {
    const w = await aTraining({ people: 3 })
    const [a, b, c] = w.people.map((person) => person.id) as [string, string, string]
    await save(w, { [a]: 'present', [b]: 'present', [c]: 'present' })
    const seen = (await sheet(w)).body.seen as string
    await save(w, { [a]: 'absent' }, { as: w.coordinator, fields: { seen } })
    // the trainer's page still shows a as present: untouched here, so the coordinator's word stays
    await save(w, { [a]: 'present', [b]: 'excused', [c]: 'present' }, { fields: { seen } })
    expect((await stored(w)).attendance.map((row) => row.mark)).toEqual(['absent', 'excused', 'present'])
    // the coordinator and the trainer both change c
    const later = (await sheet(w)).body.seen as string
    await save(w, { [c]: 'absent' }, { as: w.coordinator, fields: { seen: later } })
    const refused = await save(w, { [a]: 'present', [c]: 'excused' }, { fields: { seen: later } })
    expect(refused.status).toBe(409)
    expect(refused.body.error[''][0]).toContain(w.people[2]!.familyName)
    expect(refused.body.initialValue.mark).toEqual({ [a]: 'present', [c]: 'excused' })
    expect((await stored(w)).attendance.map((row) => row.mark)).toEqual(['absent', 'excused', 'absent'])
  })

  test('a conflict names the rows to settle and those only others have changed; settled over what is shown, they count', async () => {
    const w = await aTraining({ people: 4 })
    const [a, b, c, d] = w.people.map((person) => person.id) as [string, string, string, string]
    await save(w, { [a]: 'present', [b]: 'present', [c]: 'present' })
    const seen = (await sheet(w)).body.seen as string
    await save(w, { [a]: 'absent', [b]: 'absent', [d]: 'excused' }, { as: w.coordinator, fields: { seen } })
    const shown = (await sheet(w)).body.seen as string
    const typed = { [a]: 'excused', [b]: 'present', [c]: 'absent' }
    const refused = await save(w, typed, { fields: { seen } })
    expect([refused.status, refused.body.values.settle, refused.body.values.others.split(',').sort()]).toEqual([409, a, [b, d].sort()])
    // b and d are shown as the coordinator left them; a stays as typed
    const settled = [a, b, d].map((id) => `${id}@${shown}`).join(',')
    const again = { [a]: 'excused', [b]: 'absent', [c]: 'absent', [d]: 'present' }
    await save(w, { [a]: 'present' }, { as: w.coordinator, fields: { seen: shown } })
    const changed = await save(w, again, { fields: { seen, settled } })
    expect([changed.status, changed.body.values.settle, changed.body.initialValue.settled]).toEqual([409, a, settled])
    const last = (await sheet(w)).body.seen as string
    await save(w, again, { fields: { seen, settled: [`${a}@${last}`, ...[b, d].map((id) => `${id}@${shown}`)].join(',') } })
    expect((await stored(w)).attendance.map((row) => row.mark)).toEqual(['excused', 'absent', 'absent', 'present'])
    expect((await save(w, again, { fields: { seen, settled: `${a}@x` } })).status).toBe(422)
  })

  test('two people saving different rows of one session at once lose nothing', async () => {
    const w = await aTraining({ people: 20 })
    const [first, second] = [w.people.slice(0, 10), w.people.slice(10)].map((people) =>
      Object.fromEntries(people.map((person) => [person.id, 'present'])),
    )
    const answers = await atInstant(DURING, () => Promise.all([save(w, first!), save(w, second!, { as: w.coordinator })]))
    expect(answers.map((answer) => answer.status)).toEqual([302, 302])
    expect((await stored(w)).attendance).toHaveLength(20)
  })

  test('„всички присъстват“ without JavaScript marks those without a mark and keeps the others', async () => {
    const w = await aTraining({ people: 3 })
    const [a, b, c] = w.people.map((person) => person.id) as [string, string, string]
    await save(w, { [a]: 'absent' })
    await save(w, { [a]: 'absent', [b]: 'excused' }, { fields: { intent: 'all-present', seen: (await sheet(w)).body.seen } })
    const { attendance } = await stored(w)
    expect(Object.fromEntries(attendance.map((row) => [row.personId, row.mark]))).toEqual({ [a]: 'absent', [b]: 'excused', [c]: 'present' })
  })

  test('wrong minutes come back beside their field with everything that was typed, and nothing is saved', async () => {
    const w = await aTraining()
    const [a, b] = w.people.map((person) => person.id) as [string, string]
    const refused = await save(w, { [a]: 'present', [b]: 'absent' }, { fields: { [`late.${a}`]: 'много' } })
    expect(refused).toMatchObject({
      status: 422,
      body: {
        error: { [`late.${a}`]: ['Въведете минути от 0 до 1 440'] },
        initialValue: { mark: { [a]: 'present', [b]: 'absent' }, late: { [a]: 'много' } },
      },
    })
    expect((await stored(w)).claims).toEqual([])
  })

  test('people of another training or municipality cannot be marked here', async () => {
    const [w, other] = [await aTraining(), await aTraining()]
    const stranger = await aPerson(w.municipalityId)
    for (const personId of [stranger.id, other.people[0]!.id]) {
      expect((await save(w, { [w.people[0]!.id]: 'present', [personId]: 'present' })).status).toBe(409)
      expect((await stored(w)).claims).toEqual([])
    }
    expect((await save(w, {}, { fields: { sessionId: other.sessions[0]!.id } })).status).toBe(404)
  })

  test('opens an hour before the session and stays shut for a cancelled one', async () => {
    const w = await aTraining()
    const marks = { [w.people[0]!.id]: 'present' }
    expect((await save(w, marks, { at: new Date('2026-11-02T05:59:59Z') })).status).toBe(409)
    expect((await save(w, marks, { at: new Date('2026-11-02T06:00:00Z') })).status).toBe(302)
    await inMunicipality(w.coordinator.actor, (tx) =>
      tx.session.update({ where: { id: w.sessions[0]!.id }, data: { cancelledAt: DURING } }),
    )
    expect((await save(w, { [w.people[0]!.id]: 'absent' })).status).toBe(409)
  })

  test('each role', async () => {
    const w = await aTraining()
    const marks = { [w.people[0]!.id]: 'present' }
    const expected: [Somebody, number, number][] = [
      [w.trainer, 200, 302],
      [w.coordinator, 200, 302],
      [w.otherTrainer, 404, 404],
      [w.manager, 403, 403],
      [w.employee, 403, 403],
      [w.admin, 404, 404],
      [w.supervisor, 404, 404],
      [await somebody((await aTraining()).municipalityId, 'coordinator'), 404, 404],
    ]
    for (const [who, seen, saved] of expected) {
      expect((await sheet(w, who)).status).toBe(seen)
      const fields = { _for: `${who.actor.municipalityId}.${who.accountId}` }
      expect((await save(w, marks, { as: who, fields })).status).toBe(saved)
    }
    expect(new Set((await stored(w)).claims.map((claim) => claim.authorId))).toEqual(new Set([w.trainer.accountId]))
  })

  test('a roster of 200 comes back whole when its login has expired in the middle', async () => {
    const w = await aTraining({ people: 200, capacity: 200 })
    const form: { [name: string]: string } = { sessionId: w.sessions[0]!.id, seen: '0', _for: `${w.municipalityId}.${w.trainer.accountId}` }
    for (const [i, person] of w.people.entries()) form[`mark.${person.id}`] = i % 3 ? 'present' : 'absent'
    const sent = await call(action, address(w), { params: { trainingId: w.training.id }, form })
    expect(sent.location).toBe(`/login?next=${encodeURIComponent(address(w))}`)
    const { loader: frame } = await import('~/routes/_app')
    const back = await call(frame, address(w), { as: w.trainer, cookies: sent.cookies })
    expect(Object.keys(back.body.restored.initialValue.mark)).toHaveLength(200)
    expect(back.body.restored.initialValue.mark[w.people[0]!.id]).toBe('absent')
    expect((await call(frame, address(w), { as: w.coordinator, cookies: sent.cookies })).body.restored).toBeNull()
  })
})

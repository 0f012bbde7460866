import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { inMunicipality } from '~/platform/db.server'
import { aTraining, withPassword, type Somebody } from '../factories'
import { type RunningApp, startApp } from '../setup/app-server'
import { Line } from './line'
import { Phone } from './phone'
import { PASSWORD } from './town'

type World = Awaited<ReturnType<typeof aTraining>>
const HOUR_MS = 3_600_000
const THERE = 'Присъствал/а'
const NOT_THERE = 'Отсъствал/а'
/** Sooner than any browser gives up a line by itself. */
const SOON_MS = 30_000
const OFFLINE = 'Няма връзка с интернет'

let app: RunningApp
let line: Line
const phones: Phone[] = []
beforeAll(async () => {
  app = await startApp()
  line = await Line.to(Number(new URL(app.baseUrl).port))
})
afterEach(async () => {
  line.be('up')
  for (const phone of phones.splice(0)) await phone.throwAway()
})
afterAll(async () => {
  await line?.close()
  await app?.stop()
})

/** A training with a session that ended ten minutes ago, so that it can be marked and closed. */
async function aSheet(people = 3, { earlier = 0 } = {}) {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString()
  const before = Array.from({ length: earlier }, (_, i) => ({ startsAt: at((-6 - i) * HOUR_MS), endsAt: at((-5.5 - i) * HOUR_MS) }))
  const w = await aTraining({ people, sessions: [{ startsAt: at(-3 * HOUR_MS), endsAt: at(-HOUR_MS / 6) }, ...before] })
  for (const { accountId } of [w.trainer, w.coordinator]) await withPassword(accountId, PASSWORD)
  const session = w.sessions[0]!.id
  return {
    ...w,
    session,
    roster: `/trainings/${w.training.id}/attendance?session=${session}`,
    names: w.people.map((one) => one.familyName!),
  }
}
type Sheet = Awaited<ReturnType<typeof aSheet>>

async function aPhone(baseUrl = line.baseUrl) {
  const phone = await Phone.of(baseUrl)
  phones.push(phone)
  return phone
}

/** The trainer's own phone with the roster opened while there was a line. */
async function withRoster(sheet: Sheet) {
  const phone = await aPhone()
  await phone.signIn(sheet.trainer.login, sheet.roster)
  await phone.isKept(sheet.roster)
  return phone
}

const stored = (w: World & { session: string }) =>
  inMunicipality({ municipalityId: w.municipalityId }, async (tx) => ({
    claims: await tx.attendanceClaim.findMany({ where: { sessionId: w.session }, orderBy: { id: 'asc' } }),
    rows: new Map((await tx.attendance.findMany({ where: { sessionId: w.session } })).map((row) => [row.personId, row])),
  }))
const claimsIn = async (sheet: Sheet) => (await stored(sheet)).claims.length

/**
 * Requires that a claim is from when it was pressed, and not from when it was sent: between the two moments of each this test saw. The
 * clocks of both sides are compared by the sending, so what that took is added.
 */
function isMadeAt(claim: { madeAt: Date | null; receivedAt: Date }, { pressed, sent }: Record<'pressed' | 'sent', [number, number]>) {
  expect(+claim.madeAt!).toBeGreaterThanOrEqual(pressed[0])
  expect(+claim.madeAt!).toBeLessThanOrEqual(pressed[1] + sent[1] - sent[0])
  expect(+claim.receivedAt - +claim.madeAt!).toBeGreaterThanOrEqual(sent[0] - pressed[1])
}

/** What somebody at another device says meanwhile. */
const meanwhile = (sheet: Sheet, as: Somebody, marks: { [personId: string]: 'present' | 'absent' }) =>
  recordAttendance(as.actor, {
    trainingId: sheet.training.id,
    sessionId: sheet.session,
    seen: '0',
    key: randomUUID(),
    rows: Object.entries(marks).map(([personId, mark]) => ({ personId, typed: { mark, lateMinutes: 0, leftEarlyMinutes: 0 } })),
    markRestPresent: false,
  })

describe('a roster opened once', () => {
  test('works without a line, from a cold start too, and sends its marks once when the line returns', async () => {
    const sheet = await aSheet()
    const [a, b, c] = sheet.names as [string, string, string]
    const phone = await withRoster(sheet)
    line.be('down')
    const begun = Date.now()
    await phone.offline(true)
    await phone.reload()
    await phone.sees(OFFLINE)
    await phone.sees(/Виждате списъка, запазен на това устройство/)
    await phone.mark(a, THERE)
    await phone.mark(b, NOT_THERE)
    await phone.save()
    await phone.sees('Запазено на това устройство: 2 отметки чакат изпращане')
    await phone.mark(c, THERE)
    await phone.save()
    await phone.sees('Запазено на това устройство: 3 отметки чакат изпращане')
    const saved = Date.now()
    await phone.inspect()
    await phone.turnOff()

    await phone.turnOn()
    await phone.open(sheet.roster)
    await phone.sees('Запазено на това устройство: 3 отметки чакат изпращане')
    await phone.isMarked(b, NOT_THERE)
    expect(await claimsIn(sheet)).toBe(0)
    const back = Date.now()
    line.be('up')
    await phone.sees('Изпратени и записани са 3 отметки, направени без връзка.')
    await phone.isEmptied()
    const emptied = Date.now()
    await phone.reload()
    await phone.seesNot(OFFLINE)
    await phone.isMarked(a, THERE)
    const { claims, rows } = await stored(sheet)
    expect(claims.map(({ mark, source }) => [mark, source])).toEqual([
      ['present', 'roster'],
      ['absent', 'roster'],
      ['present', 'roster'],
    ])
    for (const claim of claims) isMadeAt(claim, { pressed: [begun, saved], sent: [back, emptied] })
    expect([...rows.values()].some((row) => row.isConflicting)).toBe(false)
    phone.requireNoFaults()
  })

  test('does not wait for a line that hangs, and keeps what is saved on it', async () => {
    const sheet = await aSheet()
    const phone = await withRoster(sheet)
    line.be('hanging')
    await phone.reload()
    await phone.sees(/Виждате списъка, запазен на това устройство/)
    expect(line.asked()).toContain(`GET ${sheet.roster} HTTP/1.1`)
    expect(await phone.waitedMs()).toBeLessThan(SOON_MS)
    await phone.mark(sheet.names[0]!, THERE)
    await phone.save()
    await phone.sees('Запазено на това устройство: 1 отметка чака изпращане')
    line.be('up')
    await phone.isEmptied()
    await expect.poll(() => claimsIn(sheet)).toBe(1)
    phone.requireNoFaults()
  })

  test('says what the worker has sent: each roster its own marks, in every tab', async () => {
    const sheet = await aSheet(3, { earlier: 1 })
    const [a, b] = sheet.names as [string, string]
    const earlier = `/trainings/${sheet.training.id}/attendance?session=${sheet.sessions[1]!.id}`
    const phone = await aPhone()
    await phone.pagesCannotSend()
    await phone.signIn(sheet.trainer.login, sheet.roster)
    await phone.isKept(sheet.roster)
    const [first, second, other] = [phone.page, await phone.anotherTab(), await phone.anotherTab()]
    phone.page = second
    await phone.open(sheet.roster)
    phone.page = other
    await phone.open(earlier)
    line.be('down')
    phone.page = first
    await phone.mark(a, THERE)
    await phone.mark(b, NOT_THERE)
    await phone.save()
    for (phone.page of [first, second]) await phone.sees('2 отметки чакат изпращане')
    phone.page = other
    await phone.sees('Още 2 отметки от други занятия чакат изпращане')
    line.be('up')
    const left = () => phone.lineIsBack().then(async () => (await phone.stored('waiting')).length)
    await expect.poll(left, { interval: 1_000 }).toBe(0)
    for (phone.page of [first, second]) await phone.sees('Изпратени и записани са 2 отметки, направени без връзка.')
    phone.page = other
    await phone.seesNot(/чакат? изпращане/)
    await phone.seesNot(/Изпратен/)
    expect(await claimsIn(sheet)).toBe(2)
    phone.requireNoFaults()
  })

  test('leads to what else is kept, and says so of what is not', async () => {
    const sheet = await aSheet()
    const phone = await withRoster(sheet)
    await phone.open('/')
    await phone.isKept('/')
    line.be('down')
    await phone.reload()
    await phone.sees(/Виждате страницата, запазена на това устройство/)
    await phone.page.getByRole('link', { name: 'Обучения' }).first().click()
    await phone.sees('Тази страница не е запазена на устройството')
    await phone.page.goto('/staff').catch(() => {})
    await phone.sees('Тази страница не е запазена на устройството')
    await phone.inspect()
    await phone.page.getByRole('link', { name: /Присъствие/ }).click()
    await phone.sees('Запази присъствието')
    await phone.alive()
    await phone.page.getByRole('link', { name: 'Днес' }).first().click()
    await phone.page.waitForURL((url) => url.pathname === '/')
    await phone.page.locator('h1', { hasText: 'Днес' }).waitFor()
    phone.requireNoFaults()
  })
})

describe('a page that was kept', () => {
  test('is new again once its marks were sent, and is kept as it is then', async () => {
    const sheet = await aSheet()
    const [a] = sheet.names as [string]
    const phone = await withRoster(sheet)
    line.be('down')
    await phone.reload()
    await phone.sees(/Виждате списъка, запазен на това устройство/)
    await phone.mark(a, THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    const since = Date.now()
    line.be('up')
    await phone.isEmptied()
    await phone.seesNot(/Виждате списъка, запазен на това устройство/)
    await phone.isKept(sheet.roster, since)
    line.be('down')
    await phone.reload()
    await phone.sees(/Виждате списъка, запазен на това устройство/)
    await phone.isMarked(a, THERE)
    await phone.mark(a, NOT_THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    line.be('up')
    await phone.isEmptied()
    const { claims, rows } = await stored(sheet)
    expect(claims.map(({ mark }) => mark)).toEqual(['present', 'absent'])
    expect(rows.get(sheet.people[0]!.id)).toMatchObject({ mark: 'absent', isConflicting: false })
    phone.requireNoFaults()
  })
})

describe('what happened meanwhile', () => {
  test('another device marked the same person differently: both words are kept and shown', async () => {
    const sheet = await aSheet()
    const [a, b] = sheet.names as [string, string]
    const phone = await withRoster(sheet)
    line.be('down')
    await phone.mark(a, THERE)
    await phone.mark(b, THERE)
    await phone.save()
    await phone.sees('2 отметки чакат изпращане')
    await meanwhile(sheet, sheet.coordinator, { [sheet.people[0]!.id]: 'absent', [sheet.people[1]!.id]: 'present' })
    line.be('up')
    await phone.sees('При 1 участник отметките си противоречат')
    await phone.isEmptied()
    const { claims, rows } = await stored(sheet)
    expect(claims).toHaveLength(4)
    // which of the two was made first is known to the length of the sending only
    expect(rows.get(sheet.people[0]!.id)).toMatchObject({ isConflicting: true })
    expect(rows.get(sheet.people[1]!.id)).toMatchObject({ isConflicting: false, mark: 'present' })
    await phone.inspect()
    await phone.page.locator('.notice').getByRole('link', { name: a }).click()
    await phone.page.waitForURL((url) => url.pathname.endsWith(sheet.people[0]!.id))
    phone.requireNoFaults()
  })

  test('the login expired: the marks are kept, and sent after signing in', async () => {
    const sheet = await aSheet()
    const phone = await withRoster(sheet)
    line.be('down')
    await phone.mark(sheet.names[0]!, THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    await phone.forgetLogin()
    line.be('up')
    await phone.sees('Влезте отново, за да продължи изпращането.')
    await phone.inspect()
    expect(await phone.stored('waiting')).toHaveLength(1)
    expect(await claimsIn(sheet)).toBe(0)
    await phone.signIn(sheet.trainer.login)
    await phone.isEmptied()
    expect(await claimsIn(sheet)).toBe(1)
    phone.requireNoFaults()
  })

  test('somebody else uses the device: nothing of it is shown or sent, and it is sent when its owner is back', async () => {
    const sheet = await aSheet()
    const phone = await withRoster(sheet)
    line.be('down')
    await phone.mark(sheet.names[0]!, THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    await phone.forgetLogin()
    line.be('up')
    await phone.signIn(sheet.coordinator.login, sheet.roster)
    expect((await phone.stored('pages')).filter((page) => !String(page['for']).endsWith(sheet.coordinator.accountId))).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    await phone.seesNot(/чака изпращане/)
    expect(await claimsIn(sheet)).toBe(0)
    expect(await phone.stored('waiting')).toHaveLength(1)
    await phone.signOut()
    expect(await phone.stored('pages')).toEqual([])
    line.be('down')
    await phone.page.goto(sheet.roster).catch(() => {})
    await phone.sees('Тази страница не е запазена на устройството')
    line.be('up')
    await phone.signIn(sheet.trainer.login)
    await phone.isEmptied()
    expect((await stored(sheet)).claims).toMatchObject([{ authorId: sheet.trainer.accountId }])
    phone.requireNoFaults()
  })

  test('on another tab somebody signed out, or in as somebody else: the roster says what its marks wait for', async () => {
    const sheet = await aSheet()
    const phone = await withRoster(sheet)
    const first = phone.page
    const second = await phone.anotherTab()
    phone.page = second
    await phone.open('/')
    await phone.signOut()
    line.be('down')
    phone.page = first
    await phone.mark(sheet.names[0]!, THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    await phone.sees('Влезте отново, за да продължи изпращането.')
    line.be('up')
    phone.page = second
    await phone.signIn(sheet.coordinator.login)
    line.be('down')
    phone.page = first
    await phone.mark(sheet.names[1]!, THERE)
    await phone.save()
    await phone.sees('2 отметки чакат изпращане')
    await phone.sees(/с друг профил или в друга община/)
    line.be('up')
    phone.page = second
    await phone.signOut()
    await phone.signIn(sheet.trainer.login)
    await phone.isEmptied()
    expect((await stored(sheet)).claims.map(({ authorId }) => authorId)).toEqual([sheet.trainer.accountId, sheet.trainer.accountId])
    phone.requireNoFaults()
  })

  test('the training was given to another trainer: the marks are refused, and shown at home where no roster is left', async () => {
    const sheet = await aSheet()
    const phone = await withRoster(sheet)
    line.be('down')
    await phone.mark(sheet.names[0]!, THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    await inMunicipality({ municipalityId: sheet.municipalityId }, (tx) =>
      tx.training.update({ where: { id: sheet.training.id }, data: { trainerAccountId: sheet.otherTrainer.accountId } }),
    )
    line.be('up')
    await phone.isEmptied()
    await expect.poll(async () => (await phone.stored('refused')).length).toBe(1)
    await phone.open('/')
    await phone.sees('1 отметка не беше приета')
    await phone.sees(new RegExp(`\\d\\d:\\d\\d.*${sheet.names[0]} – Присъствал/а: занятието вече не е Ваше или го няма`))
    await phone.inspect()
    await phone.page.getByRole('button', { name: /^Видях/ }).click()
    await phone.seesNot('1 отметка не беше приета')
    expect(await phone.stored('refused')).toEqual([])
    phone.requireNoFaults()
  })

  test('the sheet was closed: the mark is a proposed correction', async () => {
    const sheet = await aSheet(2)
    const [a, b] = sheet.people.map((one) => one.id) as [string, string]
    const phone = await withRoster(sheet)
    line.be('down')
    await phone.mark(sheet.names[0]!, THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    await meanwhile(sheet, sheet.coordinator, { [a]: 'absent', [b]: 'present' })
    await closeSheet(sheet.coordinator.actor, { trainingId: sheet.training.id, sessionId: sheet.session, statement: 'Списъкът е верен.' })
    line.be('up')
    await phone.sees('Списъкът междувременно е приключен: 1 отметка чака като предложена корекция.')
    await phone.isMarked(sheet.names[0]!, NOT_THERE)
    await phone.inspect()
    const { claims, rows } = await stored(sheet)
    expect(claims.at(-1)).toMatchObject({ kind: 'proposal', mark: 'present', personId: a })
    expect(rows.get(a)).toMatchObject({ mark: 'absent', isConflicting: false })
    phone.requireNoFaults()
  })

  test('somebody lost the seat: the mark is refused with its reason and stays until it has been seen', async () => {
    const sheet = await aSheet()
    const phone = await withRoster(sheet)
    line.be('down')
    await phone.mark(sheet.names[0]!, THERE)
    await phone.mark(sheet.names[1]!, THERE)
    await phone.save()
    await phone.sees('2 отметки чакат изпращане')
    await inMunicipality({ municipalityId: sheet.municipalityId }, async (tx) => {
      const { id } = await tx.enrolment.findFirstOrThrow({ where: { trainingId: sheet.training.id, personId: sheet.people[0]!.id } })
      await tx.enrolmentStep.create({
        data: { municipalityId: sheet.municipalityId, enrolmentId: id, state: 'withdrawn', actorKind: 'import', actorName: 'Тест' },
      })
    })
    line.be('up')
    await phone.sees('1 отметка не беше приета')
    await phone.sees(new RegExp(`${sheet.names[0]} – Присъствал/а: не е записан/а за обучението`))
    await phone.inspect()
    await phone.page.getByRole('button', { name: 'Видях, премахни' }).click()
    await phone.seesNot('1 отметка не беше приета')
    expect(await phone.stored('refused')).toEqual([])
    expect(await claimsIn(sheet)).toBe(1)
    phone.requireNoFaults()
  })
})

describe('exactly once', () => {
  test('an answer that is lost after the marks were taken: asked again, one row', async () => {
    const sheet = await aSheet()
    const phone = await withRoster(sheet)
    line.be('down')
    await phone.mark(sheet.names[0]!, THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    line.be('deaf')
    await expect.poll(() => claimsIn(sheet)).toBe(1)
    expect(await phone.stored('waiting')).toHaveLength(1)
    line.be('up')
    await phone.isEmptied()
    expect(await claimsIn(sheet)).toBe(1)
  })

  test('a form whose answer is lost is kept under its own key: one row', async () => {
    const sheet = await aSheet()
    const phone = await withRoster(sheet)
    line.be('deaf')
    await phone.mark(sheet.names[0]!, THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    await expect.poll(() => claimsIn(sheet)).toBe(1)
    line.be('up')
    await phone.isEmptied()
    const { claims, rows } = await stored(sheet)
    expect(claims).toHaveLength(1)
    expect(rows.get(sheet.people[0]!.id)).toMatchObject({ mark: 'present', isConflicting: false })
  })

  test('two tabs of one device, and a change of mind in each, are sent in order and once', async () => {
    const sheet = await aSheet()
    const [a] = sheet.names as [string]
    const phone = await withRoster(sheet)
    const first = phone.page
    const second = await phone.anotherTab()
    await second.goto(sheet.roster)
    line.be('down')
    await phone.mark(a, THERE)
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    phone.page = second
    await phone.sees('1 отметка чака изпращане')
    await phone.isMarked(a, THERE)
    await phone.mark(a, NOT_THERE)
    await phone.save()
    await phone.sees('2 отметки чакат изпращане')
    line.be('up')
    await phone.isEmptied()
    phone.page = first
    await phone.isMarked(a, NOT_THERE)
    const { claims, rows } = await stored(sheet)
    expect(claims.map(({ mark }) => mark)).toEqual(['present', 'absent'])
    expect(rows.get(sheet.people[0]!.id)).toMatchObject({ mark: 'absent', isConflicting: false })
    phone.requireNoFaults()
  })

  test('a phone whose clock is a day ahead: the marks are from when they were made', async () => {
    const sheet = await aSheet()
    const phone = await aPhone()
    await phone.clockAhead(24 * HOUR_MS)
    await phone.signIn(sheet.trainer.login, sheet.roster)
    await phone.isKept(sheet.roster)
    line.be('down')
    await phone.mark(sheet.names[0]!, THERE)
    const before = Date.now()
    await phone.save()
    await phone.sees('1 отметка чака изпращане')
    const after = Date.now()
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const back = Date.now()
    line.be('up')
    await phone.isEmptied()
    const emptied = Date.now()
    const [claim] = (await stored(sheet)).claims
    isMadeAt(claim!, { pressed: [before, after], sent: [back, emptied] })
    expect(+claim!.deviceAt!).toBeGreaterThanOrEqual(before + 24 * HOUR_MS)
  })
})

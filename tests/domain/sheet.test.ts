import { expect, test } from 'vitest'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { correctAttendance } from '~/domain/attendance/correct-attendance.server'
import { recordAttendance } from '~/domain/attendance/record-attendance.server'
import { filledFacts, sheetFacts } from '~/domain/attendance/sheet-facts.server'
import { USUAL_COLUMNS } from '~/domain/funder/funder'
import { atInstant } from '~/platform/clock.server'
import { inMunicipality } from '~/platform/db.server'
import { fullName } from '~/i18n/format'
import { aPerson, aProject, aTraining, enrolled } from '../factories'
import { statements } from '../statements'

/** A project with a profile of three versions: from 1 January 2026, 2 November and 1 December 2090, told apart by their statements. */
async function aFundedTraining(sessions?: Parameters<typeof aTraining>[0]) {
  const w = await aTraining({ ...sessions })
  const { municipalityId } = w
  const project = await aProject(municipalityId, { title: 'Проект', numberAsWritten: 'BG-1', isEuFunded: true })
  const versions = await inMunicipality({ municipalityId }, async (tx) => {
    const profile = await tx.funderProfile.create({ data: { municipalityId, name: 'Фонд' } })
    const made = []
    for (const validFrom of ['2026-01-01', '2090-11-02', '2090-12-01'])
      made.push(
        await tx.funderProfileVersion.create({
          data: {
            municipalityId,
            profileId: profile.id,
            validFrom: new Date(validFrom),
            showsEuBlock: false,
            statement: `от ${validFrom}`,
            columns: ['name', 'signature'],
            createdByName: 'Тест',
          },
        }),
      )
    await tx.project.update({ where: { id: project.id }, data: { funderProfileId: profile.id } })
    await tx.training.update({ where: { id: w.training.id }, data: { projectId: project.id } })
    return made
  })
  return { ...w, project, versions }
}

test('people stand in Bulgarian order of surname, with a seat only, and told what the sheet needs', async () => {
  const w = await aTraining({ people: 0 })
  const { municipalityId } = w
  // Й stands after И, Ъ after Щ; capital and small letters do not matter; who has no surname stands by the given name
  const surnames = ['Ъглова', 'Щерева', 'Йовчева', 'Иванова', 'Ангелова', 'ангелов', 'Яворова']
  for (const familyName of surnames)
    await enrolled(
      municipalityId,
      w.training.id,
      (await aPerson(municipalityId, { givenName: 'Ана', familyName, employeeNumber: familyName })).id,
    )
  await enrolled(municipalityId, w.training.id, (await aPerson(municipalityId, { givenName: 'Фатме', familyName: null })).id)
  await enrolled(municipalityId, w.training.id, (await aPerson(municipalityId, { familyName: 'Чакащ' })).id, 'waiting')
  await enrolled(municipalityId, w.training.id, (await aPerson(municipalityId, { familyName: 'Оттеглен' })).id, 'withdrawn')
  const { people, form, project } = await sheetFacts(w.trainer.actor, w.sessions[0]!.id)
  expect(people.map(fullName)).toEqual([
    'Ана ангелов',
    'Ана Ангелова',
    'Ана Иванова',
    'Ана Йовчева',
    'Фатме',
    'Ана Щерева',
    'Ана Ъглова',
    'Ана Яворова',
  ])
  expect(people[1]).toMatchObject({ position: 'социален работник', unit: 'Общинска администрация', employeeNumber: 'Ангелова' })
  expect(project).toBeNull()
  expect(form).toEqual({ showsEuBlock: false, statement: null, columns: USUAL_COLUMNS, logo: null })
})

test('without a profile the emblem follows the project', async () => {
  const w = await aTraining()
  for (const isEuFunded of [true, false]) {
    const project = await aProject(w.municipalityId, { isEuFunded })
    await inMunicipality(w, (tx) => tx.training.update({ where: { id: w.training.id }, data: { projectId: project.id } }))
    expect((await sheetFacts(w.coordinator.actor, w.sessions[0]!.id)).form).toMatchObject({
      showsEuBlock: isEuFunded,
      columns: USUAL_COLUMNS,
    })
  }
})

test('the version is that of the session’s day in the municipality’s zone', async () => {
  const at = (startsAt: string, endsAt: string) => ({ startsAt, endsAt })
  const w = await aFundedTraining({
    sessions: [
      at('2025-12-31T08:00:00Z', '2025-12-31T09:00:00Z'),
      // 23:30 on 31 December and 00:30 on 1 January in Sofia, both 31 December in UTC
      at('2025-12-31T21:30:00Z', '2025-12-31T21:50:00Z'),
      at('2025-12-31T22:30:00Z', '2025-12-31T23:00:00Z'),
      at('2090-11-01T21:30:00Z', '2090-11-01T21:50:00Z'),
      at('2090-11-01T22:30:00Z', '2090-11-01T23:00:00Z'),
      at('2090-11-02T12:00:00Z', '2090-11-02T13:00:00Z'),
      at('2091-01-10T12:00:00Z', '2091-01-10T13:00:00Z'),
    ],
  })
  const statements = []
  for (const { id } of w.sessions) statements.push((await sheetFacts(w.trainer.actor, id)).form.statement)
  expect(statements).toEqual([null, null, 'от 2026-01-01', 'от 2026-01-01', 'от 2090-11-02', 'от 2090-11-02', 'от 2090-12-01'])
})

test('the post is that of the session’s day in the municipality’s zone', async () => {
  // 00:30 on 2 November in Sofia, still the day before in UTC
  const w = await aTraining({ people: 1, sessions: [{ startsAt: '2026-11-01T22:30:00Z', endsAt: '2026-11-01T23:30:00Z' }] })
  await inMunicipality(w, async (tx) => {
    const { id, employerId } = await tx.assignment.findFirstOrThrow({ where: { personId: w.people[0]!.id } })
    await tx.assignment.update({ where: { id }, data: { endsOn: new Date('2026-11-01') } })
    await tx.assignment.create({
      data: {
        municipalityId: w.municipalityId,
        personId: w.people[0]!.id,
        employerId,
        position: 'ръководител',
        category: 'core',
        startsOn: new Date('2026-11-02'),
      },
    })
  })
  expect((await sheetFacts(w.trainer.actor, w.sessions[0]!.id)).people).toMatchObject([{ position: 'ръководител' }])
})

const present = { mark: 'present' as const, lateMinutes: 0, leftEarlyMinutes: 0 }

test('a closed sheet keeps the version it was closed with and tells what was corrected since', async () => {
  const w = await aFundedTraining()
  const [first, second] = [w.people[0]!, w.people[1]!]
  const sessionId = w.sessions[0]!.id
  const trainingId = w.training.id
  const { actor } = w.trainer
  await expect(filledFacts(actor, sessionId)).rejects.toMatchObject({ messageKey: 'paper.not_closed', status: 409 })
  await atInstant(new Date('2026-11-02T14:30:00Z'), async () => {
    const rows = [
      { personId: first.id, typed: present },
      { personId: second.id, typed: { ...present, mark: 'absent' as const } },
    ]
    await recordAttendance(actor, { trainingId, sessionId, seen: '0', key: crypto.randomUUID(), rows, markRestPresent: false })
    await closeSheet(actor, { trainingId, sessionId, statement: 'Потвърждавам.' })
  })
  const claims = await inMunicipality(w, (tx) => tx.attendanceClaim.findMany({ where: { sessionId, personId: second.id } }))
  await atInstant(new Date('2026-11-03T08:00:00Z'), () =>
    correctAttendance(actor, {
      trainingId,
      sessionId,
      personId: second.id,
      seen: String(claims[0]!.id),
      key: crypto.randomUUID(),
      record: { ...present, lateMinutes: 10 },
      reason: 'видяна в залата',
    }),
  )
  await inMunicipality(w, (tx) => tx.project.update({ where: { id: w.project.id }, data: { funderProfileId: null } }))
  const filled = await filledFacts(actor, sessionId)
  expect(filled.form).toMatchObject({ statement: 'от 2026-01-01', showsEuBlock: false })
  expect((await sheetFacts(actor, sessionId)).form).toEqual(filled.form)
  expect(filled.closure).toEqual({ statement: 'Потвърждавам.', by: actor.name, at: new Date('2026-11-02T14:30:00Z') })
  // 09:00–16:00 less the break of an hour are 360 minutes
  expect(filled.rows.map(({ mark, attendedMinutes }) => [mark, attendedMinutes])).toEqual([
    ['present', 360],
    ['present', 350],
  ])
  expect(filled.corrections).toEqual([
    {
      person: fullName(w.people[1]!),
      from: { ...present, mark: 'absent' },
      to: { ...present, lateMinutes: 10 },
      reason: 'видяна в залата',
      by: actor.name,
      at: new Date('2026-11-03T08:00:00Z'),
    },
  ])
})

test('a cancelled session has no sheet', async () => {
  const w = await aTraining()
  await inMunicipality(w, (tx) => tx.session.update({ where: { id: w.sessions[0]!.id }, data: { cancelledAt: new Date() } }))
  await expect(sheetFacts(w.trainer.actor, w.sessions[0]!.id)).rejects.toMatchObject({ messageKey: 'paper.cancelled', status: 409 })
})

test('the sheet of many takes as many queries as that of few', async () => {
  const [few, many] = [await aTraining({ people: 2 }), await aTraining({ people: 12 })]
  const counted = (w: typeof few) => statements(() => sheetFacts(w.trainer.actor, w.sessions[0]!.id))
  expect(await counted(many)).toBe(await counted(few))
})

import { expect, test } from 'vitest'
import { lastDayOfTerm, monthsAndDays, monthsBefore, projectWarnings, type ProjectDates } from '~/domain/project/project'
import { projectSchema } from '~/domain/project/schema'

const unknown: ProjectDates = {
  numberAsWritten: null,
  procedureCode: null,
  programme: null,
  startsOn: null,
  endsOn: null,
  termMonths: null,
  announcedOn: null,
}
const warningsOf = (facts: Partial<ProjectDates>) => projectWarnings({ ...unknown, ...facts })

test.each([
  ['2023-04-01', 24, '2025-03-31'],
  ['2023-04-01', 22, '2025-01-31'],
  ['2023-04-14', 12, '2024-04-13'],
  ['2023-01-31', 1, '2023-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2023-01-30', 1, '2023-02-28'],
  ['2023-01-01', 12, '2023-12-31'],
  ['2023-03-15', 1, '2023-04-14'],
  ['2024-03-01', 12, '2025-02-28'],
])('a term from %s for %i months runs out on %s', (start, months, end) => expect(lastDayOfTerm(start, months)).toBe(end))

test.each([
  ['2023-04-01', '2025-04-01', 24, 1],
  ['2023-04-01', '2025-03-31', 24, 0],
  ['2023-04-01', '2023-04-01', 0, 1],
  ['2023-04-01', '2023-04-29', 0, 29],
  ['2023-04-01', '2023-04-30', 1, 0],
  ['2023-01-31', '2023-02-28', 1, 0],
  ['2023-12-15', '2024-01-20', 1, 6],
])('%s–%s is %i months and %i days', (start, end, months, days) => expect(monthsAndDays(start, end)).toEqual({ months, days }))

test.each([
  ['2024-04-13', 12, '2023-04-13'],
  ['2024-03-31', 1, '2024-02-29'],
  ['2024-01-15', 1, '2023-12-15'],
])('%s less %i months is %s', (day, months, before) => expect(monthsBefore(day, months)).toBe(before))

// The five projects as their sources state them.
test('Елена: announced on 15.03.2023, but 12 months back from 13.04.2024 begin on 13.04.2023', () =>
  expect(
    warningsOf({ numberAsWritten: 'BG05SFPR002-2.002-0078', announcedOn: '2023-03-15', endsOn: '2024-04-13', termMonths: 12 }),
  ).toEqual([
    {
      code: 'term_starts_after_announcement',
      detail: { announcedOn: '2023-03-15', startsOn: '2023-04-13', endsOn: '2024-04-13', termMonths: 12 },
    },
  ]))
test('Аксаково: 13 months and no dates contradict nothing', () => expect(warningsOf({ termMonths: 13 })).toEqual([]))
test('Черноочене: the programme is misspelt', () =>
  expect(warningsOf({ numberAsWritten: 'BG05SFRP002-2.002-0012-C01' })).toEqual([
    { code: 'programme_misspelt', detail: { written: 'BG05SFRP002', right: 'BG05SFPR002' } },
  ]))
test('Хасково: 24 months and a day', () =>
  expect(warningsOf({ numberAsWritten: 'BG05SFPR002-2.002-0164', startsOn: '2023-04-01', endsOn: '2025-04-01' })).toEqual([
    { code: 'term_uneven', detail: { startsOn: '2023-04-01', endsOn: '2025-04-01', months: 24, days: 1 } },
  ]))
test('Раднево: a start and 22 months without an end contradict nothing', () =>
  expect(warningsOf({ numberAsWritten: 'BG05SFPR002-2.002-0160-C01', startsOn: '2023-04-01', termMonths: 22 })).toEqual([]))

test('a term in months is held against both dates', () => {
  expect(warningsOf({ startsOn: '2023-04-01', endsOn: '2025-03-31', termMonths: 24 })).toEqual([])
  expect(warningsOf({ startsOn: '2023-04-01', endsOn: '2025-04-01', termMonths: 24 })).toEqual([
    { code: 'term_mismatch', detail: { startsOn: '2023-04-01', termMonths: 24, expectedEndsOn: '2025-03-31', endsOn: '2025-04-01' } },
  ])
})
test('a stated start later than the announcement is one, an earlier one is not', () => {
  expect(warningsOf({ announcedOn: '2023-03-15', startsOn: '2023-04-01' })).toEqual([
    { code: 'start_after_announcement', detail: { announcedOn: '2023-03-15', startsOn: '2023-04-01' } },
  ])
  expect(warningsOf({ announcedOn: '2023-07-04', startsOn: '2023-04-01' })).toEqual([])
  expect(warningsOf({ announcedOn: '2023-04-01', startsOn: '2023-04-01' })).toEqual([])
})
test('the programme may be misspelt in the procedure or the programme too, in any case', () => {
  expect(warningsOf({ procedureCode: 'bg05sfrp002-2.002' })[0]!.detail).toEqual({ written: 'bg05sfrp002', right: 'bg05SFPR002' })
  expect(warningsOf({ programme: 'CCI 2021BG05SFRP002' })[0]!.detail).toEqual({ written: '2021BG05SFRP002', right: '2021BG05SFPR002' })
})

const amountOf = (typed: string) => projectSchema.safeParse({ title: 'П', amountBgn: typed, amountKind: 'grant' }).data?.amountBgn
test.each([
  ['49 128,00', '49128.00'],
  ['49\u00a0128,00 лв.', '49128.00'],
  ['230 942, 88', '230942.88'],
  ['77 115 лева', '77115.00'],
  ['89597.09', '89597.09'],
  ['0100,5', '100.50'],
  ['0', undefined],
  ['-5', undefined],
  ['1,234', undefined],
  ['1.234,00', undefined],
  ['много', undefined],
  ['9999999999999', undefined],
])('the amount „%s“ is read as %s', (typed, read) => expect(amountOf(typed)).toBe(read))

const issuesOf = (input: object) =>
  Object.fromEntries((projectSchema.safeParse(input).error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]))
test('everything but one word about the project may be unknown', () => {
  expect(projectSchema.parse({ funding: 'Европейски социален фонд', title: ' ', amountKind: '' })).toMatchObject({
    title: null,
    amountKind: null,
    startsOn: null,
    isEuFunded: false,
  })
  expect(issuesOf({})).toEqual({ title: 'project.nothing_known' })
})
test('an amount says what it is, and a term does not end before it begins', () => {
  expect(issuesOf({ title: 'П', amountBgn: '100' })).toEqual({ amountKind: 'project.amount_kind' })
  expect(issuesOf({ title: 'П', amountKind: 'total' })).toEqual({ amountBgn: 'project.amount_missing' })
  expect(issuesOf({ title: 'П', startsOn: '2024-02-02', endsOn: '2024-02-01' })).toEqual({ endsOn: 'project.ends_before' })
  expect(issuesOf({ title: 'П', termMonths: '0', plannedStaff: '2,5', startsOn: '30.02.2024' })).toEqual({
    termMonths: 'field.range|min=1|max=240',
    plannedStaff: 'field.whole',
    startsOn: 'field.date',
  })
  expect(issuesOf({ title: 'х'.repeat(10_000) })).toEqual({ title: 'field.too_long|max=500' })
})

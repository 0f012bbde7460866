import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { inMunicipality } from '~/platform/db.server'
import { aMunicipality, aPerson } from '../factories'
import { asApp, endConnections, valueOf } from './raw-sql'

let app: pg.Client
endConnections()
beforeAll(async () => {
  app = await asApp()
})
const fold = (text: string | null) => valueOf(app, 'select fold_for_search($1)', [text])

/** What is typed, and what it is folded to: the signs are written by their numbers where they look alike. */
const FOLDED: [string, string, string][] = [
  ['capital letters', 'ГЕОРГИЕВА', 'георгиева'],
  ['й in one sign', '\u0439ордан', '\u0439ордан'],
  ['й in two signs', '\u0438\u0306ордан', '\u0439ордан'],
  ['Й in two signs', '\u0418\u0306ордан', '\u0439ордан'],
  ['ѝ in one sign', '\u045d', '\u0438'],
  ['ѝ in two signs', '\u0438\u0300', '\u0438'],
  ['Ѝ capital', '\u040d', '\u0438'],
  ['a stress mark', 'Ива\u0301нова', 'иванова'],
  ['ё, which stays a letter of its own', 'Пётр', 'пётр'],
  [
    'Latin A, B, E, K, M, H, O, P, C, T, X, Y inside a Cyrillic word',
    'A\u0411B\u0413E\u0414K\u0417M\u0418H\u041bO\u041fP\u0421C\u0424T\u0426X\u0427Y',
    'абвгедкзминлопрссфтцхчу',
  ],
  ['Latin a, e, o, p, c, x, y inside a Cyrillic word', 'Пeтpoвa', 'петрова'],
  ['a Latin name folds to look-alikes, as its query does', 'Boyko', 'воуко'],
  ['a hyphen', 'Петрова-Иванова', 'петрова иванова'],
  ['a hyphen of Unicode', 'Петрова\u2010Иванова', 'петрова иванова'],
  ['a hyphen that does not break', 'Петрова\u2011Иванова', 'петрова иванова'],
  ['a figure dash', 'Петрова\u2012Иванова', 'петрова иванова'],
  ['an en dash', 'Петрова\u2013Иванова', 'петрова иванова'],
  ['an em dash', 'Петрова\u2014Иванова', 'петрова иванова'],
  ['a minus', 'Петрова\u2212Иванова', 'петрова иванова'],
  ['a hyphen between spaces', 'Петрова - Иванова', 'петрова иванова'],
  ['a space that does not break', 'Анна\u00a0Мария', 'анна мария'],
  ['a narrow space that does not break', 'Анна\u202fМария', 'анна мария'],
  ['a thin space', 'Анна\u2009Мария', 'анна мария'],
  ['a tab and a new line', 'Анна\t\nМария', 'анна мария'],
  ['a soft hyphen', 'Пет\u00adрова', 'петрова'],
  ['signs without width', '\ufeffПет\u200bро\u200c\u200dва\u2060', 'петрова'],
  ['marks of direction', '\u200eПетрова\u200f', 'петрова'],
  ['spaces around', '  Петрова  ', 'петрова'],
  ['an apostrophe of a book', 'О\u2019Нийл', "о'нийл"],
  ['the letter apostrophe', 'О\u02bcНийл', "о'нийл"],
  ['a number of an employee', 'СУ-17/2', 'су 17/2'],
  ['signs of a pattern stay themselves', '100% _ \\', '100% _ \\'],
  ['nothing', '', ''],
  ['only a hyphen', '-', ''],
]
describe('a search key folds', () => {
  test.each(FOLDED)('%s', async (_, typed, folded) => expect(await fold(typed)).toBe(folded))

  test('what is folded already to itself', async () => {
    for (const [, , folded] of FOLDED) expect(await fold(folded)).toBe(folded)
  })

  test('every letter of the alphabet to its small one', async () => {
    const alphabet = 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯ'
    expect(await fold(alphabet)).toBe('абвгдежзийклмнопрстуфхцчшщъьюя')
  })

  test('nothing to nothing and 10,000 signs in a moment', async () => {
    expect(await fold(null)).toBeNull()
    expect(await fold('Йо-'.repeat(10_000))).toBe('йо '.repeat(10_000).trim())
  })
})

describe('a person', () => {
  const keysOf = async (names: Parameters<typeof aPerson>[1]) => {
    const { id: municipalityId } = await aMunicipality()
    const { id } = await aPerson(municipalityId, names)
    return inMunicipality({ municipalityId }, (tx) =>
      tx.person.findUniqueOrThrow({ where: { id }, select: { sortName: true, searchKey: true } }),
    )
  }

  test('sorts by family name, then given, then middle, and is found by all of them, the Latin form and the number', async () => {
    expect(
      await keysOf({
        givenName: 'Йорданка',
        middleName: 'Иванова',
        familyName: 'Петрова-Ст\u043eянова',
        latinName: 'Yordanka Petrova',
        employeeNumber: 'СУ-17',
      }),
    ).toEqual({
      sortName: 'Петрова-Стоянова Йорданка Иванова',
      searchKey: 'йорданка иванова петрова стоянова уоrdаnка реtrоvа су 17'.replaceAll('t', 'т'),
    })
  })

  test('with one name sorts by it', async () => {
    expect(await keysOf({ givenName: 'Айше', middleName: null, familyName: null })).toEqual({ sortName: 'Айше', searchKey: 'айше' })
  })

  test('keeps its keys right after a change, whatever was written into them', async () => {
    const { id: municipalityId } = await aMunicipality()
    const { id } = await aPerson(municipalityId, { givenName: 'Ана', familyName: 'Стара' })
    const changed = await inMunicipality({ municipalityId }, (tx) =>
      tx.person.update({ where: { id }, data: { familyName: 'Нова', searchKey: 'друго', sortName: 'Яяя' } }),
    )
    expect(changed).toMatchObject({ sortName: 'Нова Ана', searchKey: 'ана нова' })
  })
})

describe('a list of people', () => {
  const sorted = async (people: { givenName: string; familyName: string | null; middleName?: string }[]) => {
    const { id: municipalityId } = await aMunicipality()
    for (const person of people) await aPerson(municipalityId, person)
    const rows = await inMunicipality({ municipalityId }, (tx) => tx.person.findMany({ orderBy: [{ sortName: 'asc' }, { id: 'asc' }] }))
    return rows.map((row) => row.sortName)
  }

  test('stands in the order of the Bulgarian alphabet, small and capital letters together', async () => {
    const names = [
      'Ябълка',
      'Йордан',
      'Ивана',
      'Борис',
      'Ана',
      'Щерю',
      'Шишман',
      'Ъгленов',
      'Юлия',
      'Ценко',
      'Чавдар',
      'борис',
      'Жеко',
      'Еленка',
    ]
    expect(await sorted(names.map((givenName) => ({ givenName, familyName: null })))).toEqual([
      'Ана',
      'борис',
      'Борис',
      'Еленка',
      'Жеко',
      'Ивана',
      'Йордан',
      'Ценко',
      'Чавдар',
      'Шишман',
      'Щерю',
      'Ъгленов',
      'Юлия',
      'Ябълка',
    ])
  })

  test('goes by family name, with a double one behind the single and one-name people by their one', async () => {
    expect(
      await sorted([
        { givenName: 'Яна', familyName: 'Иванова' },
        { givenName: 'Ана', familyName: 'Иванова-Бялкова' },
        { givenName: 'Ана', familyName: 'Иванова' },
        { givenName: 'Ивана', familyName: null },
        { givenName: 'Ана', familyName: 'Йорданова' },
        { givenName: 'Ана', middleName: 'Борисова', familyName: 'Иванова' },
      ]),
    ).toEqual(['Ивана', 'Иванова Ана', 'Иванова Ана Борисова', 'Иванова Яна', 'Иванова-Бялкова Ана', 'Йорданова Ана'])
  })
})

import { expect, test } from 'vitest'
import { transliterate } from '~/domain/person/latin'
import { escapeLike, holdsPersonalNumber, isHeldOn, isName, mendLookAlikes, searchTokens } from '~/domain/person/person'
import { newPersonSchema, personSchema, postSchema } from '~/domain/person/schema'

test.each([
  ['София', 'Sofia'],
  ['Мария Илиева', 'Maria Ilieva'],
  ['МАРИЯ', 'MARIA'],
  ['Щерю Цочев Чакъров', 'Shteryu Tsochev Chakarov'],
  ['ЩЕРЮ', 'SHTERYU'],
  ['Джордж', 'Dzhordzh'],
  ['Дзвезда', 'Dzvezda'],
  ['Синьо', 'Sinyo'],
  ['Йордан Майоров', 'Yordan Mayorov'],
  ['Жельо Юлиянов-Янев', 'Zhelyo Yuliyanov-Yanev'],
  ['Ана-Мария', 'Ana-Maria'],
  ['Ия', 'Ia'],
  ['John Smith', 'John Smith'],
  ['Иван Smith', 'Ivan Smith'],
])('%s is %s in Latin letters', (name, latin) => expect(transliterate(name)).toBe(latin))

test('a letter that is not Bulgarian gives no suggestion', () => {
  expect(transliterate('Крылов')).toBeNull()
  expect(transliterate('Їжак')).toBeNull()
})

test('a decomposed й is one letter', () => expect(transliterate('Николай'.normalize('NFD'))).toBe('Nikolay'))

test.each([
  ['8501011234', true],
  ['85 01 01 1234', true],
  ['850101-1234', true],
  ['№ 8501011234', true],
  ['СЛ-8501011234', true],
  ['123456789', false],
  ['12345678901', false],
  ['СЛ-0012/2024', false],
  ['', false],
])('„%s“ holds a personal number: %s', (text, held) => expect(holdsPersonalNumber(text)).toBe(held))

test.each([
  ['Анна-Мария', true],
  ["Д'Артанян", true],
  ['О’Нийл', true],
  ['Ал. Хасан', true],
  ['Öztürk', true],
  ['<b>Иван</b>', false],
  ['=HYPERLINK("x")', false],
  ['Иван2', false],
  ['---', false],
])('„%s“ is a name: %s', (text, is) => expect(isName(text)).toBe(is))

test('look-alike Latin letters inside a Cyrillic word become Cyrillic, a Latin name stays', () => {
  expect(mendLookAlikes('Ивaн')).toBe('Иван')
  expect(mendLookAlikes('Coня')).toBe('Соня')
  expect(mendLookAlikes('Coca')).toBe('Coca')
  expect(mendLookAlikes('Иваnов')).toBe('Иваnов')
})

test('the words of a query are few, once each, and hold no signs of the database', () => {
  expect(searchTokens('иванов  иван иванов')).toEqual(['иванов', 'иван'])
  expect(searchTokens('а б в г д е ж з и')).toHaveLength(8)
  expect(escapeLike('50%_\\')).toBe('50\\%\\_\\\\')
})

test('a post is held from its first day to its last', () => {
  const post = { startsOn: '2024-03-01', endsOn: '2024-03-31' }
  expect(['2024-02-29', '2024-03-01', '2024-03-31', '2024-04-01'].map((day) => isHeldOn(post, day))).toEqual([false, true, true, false])
  expect(isHeldOn({ startsOn: '2024-03-01', endsOn: null }, '2099-01-01')).toBe(true)
})

const issuesOf = (schema: typeof newPersonSchema | typeof personSchema | typeof postSchema, input: object) =>
  Object.fromEntries((schema.safeParse(input).error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]))

test('one name is enough, and what is typed is cleaned', () => {
  expect(personSchema.parse({ givenName: '  Айше \u00a0 ' })).toEqual({
    givenName: 'Айше',
    middleName: null,
    familyName: null,
    latinName: null,
    employeeNumber: null,
    sex: null,
    firstInSocialSystemOn: null,
    namesake: false,
  })
  expect(personSchema.parse({ givenName: 'Мариѝка'.normalize('NFD') }).givenName).toBe('Мариѝка'.normalize('NFC'))
})

test('bad input is refused beside its field', () => {
  expect(issuesOf(personSchema, {})).toEqual({ givenName: 'person.given_name' })
  expect(
    issuesOf(personSchema, {
      givenName: 'х'.repeat(10_000),
      middleName: '<script>alert(1)</script>',
      familyName: '=1+1',
      latinName: 'Иван',
      employeeNumber: '8501011234',
      sex: 'other',
      firstInSocialSystemOn: '31.02.2024',
    }),
  ).toEqual({
    givenName: 'field.too_long|max=100',
    middleName: 'person.name_letters',
    familyName: 'person.name_letters',
    latinName: 'person.latin_letters',
    employeeNumber: 'person.no_personal_number',
    sex: 'field.choice',
    firstInSocialSystemOn: 'field.date',
  })
})

test('a first post is given whole or not at all', () => {
  expect(newPersonSchema.parse({ givenName: 'Ана', position: '' })).toMatchObject({ position: null, startsOn: null })
  expect(issuesOf(newPersonSchema, { givenName: 'Ана', position: 'психолог' })).toEqual({
    workplace: 'person.workplace',
    category: 'person.category',
    startsOn: 'person.starts_on',
  })
})

test('a post does not end before it starts, and its name holds no personal number', () => {
  const post = {
    workplace: 'employer.7b0e3f0a-0000-4000-8000-000000000001',
    position: 'психолог',
    category: 'core',
    startsOn: '2024-03-02',
  }
  expect(postSchema.parse({ ...post, endsOn: '02.03.2024 г.' })).toMatchObject({ endsOn: '2024-03-02' })
  expect(issuesOf(postSchema, { ...post, endsOn: '2024-03-01' })).toEqual({ endsOn: 'person.post_ends_before' })
  expect(issuesOf(postSchema, { ...post, position: 'психолог 8501011234' })).toEqual({ position: 'person.no_personal_number' })
})

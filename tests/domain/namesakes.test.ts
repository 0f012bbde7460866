import { expect, test } from 'vitest'
import { namesakeNumbers } from '~/domain/person/namesakes'

const maria = { name: 'Мария Йорданова Георгиева', position: 'психолог', unit: 'ЦОП „Надежда“' }
const listed = (...rows: object[]) =>
  namesakeNumbers(rows.map((row, index) => ({ key: String(index + 1), employeeNumber: null, ...maria, ...row })))

test('two of one name, position and unit are told apart by their numbers, and nobody else has one', () => {
  const numbers = listed(
    { employeeNumber: 'Д-009' },
    { employeeNumber: 'Д-018' },
    { employeeNumber: 'Д-020', name: 'Мария Йорданова' },
    { employeeNumber: 'Д-021', position: 'социален работник' },
    { employeeNumber: 'Д-022', unit: null },
  )
  expect([...numbers]).toEqual([
    ['1', 'Д-009'],
    ['2', 'Д-018'],
  ])
})

test('one person in two rows is no namesake of himself; a namesake without a number leaves the other with one', () => {
  expect(listed({ key: 'a', employeeNumber: 'Д-009' }, { key: 'a', employeeNumber: 'Д-009' }).size).toBe(0)
  expect([...listed({ employeeNumber: 'Д-009' }, {})]).toEqual([['1', 'Д-009']])
})

test('people of whom neither position nor unit is known are namesakes by name alone', () => {
  const unknown = { position: null, unit: null }
  expect([...listed({ ...unknown, employeeNumber: '1' }, { ...unknown, employeeNumber: '2' }, { employeeNumber: '3' })]).toEqual([
    ['1', '1'],
    ['2', '2'],
  ])
})

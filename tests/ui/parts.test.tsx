import { parseWithZod } from '@conform-to/zod/v4'
import { readdirSync, readFileSync } from 'node:fs'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { emblemStars, EU_STATEMENT_BG } from '~/ui/eu-emblem'
import { EuBlock } from '~/ui/eu-block'
import { Checkbox, CheckboxGroup, RadioGroup, SelectField, TextField } from '~/ui/fields'
import { FormContext } from '~/ui/form-context'
import { errorsOf, fieldId, typedValue, type FormState } from '~/ui/form-state'
import { listAddress, pageOf, pagesShown, sortOf } from '~/ui/list-address'
import { RosterRows, type MarkOption } from '~/ui/roster-rows'
import { formKey, randomKey } from '~/ui/submission-key'
import { typedIn } from '~/ui/unsent'

const inForm = (state: FormState | null, children: ReactNode) =>
  renderToStaticMarkup(<FormContext.Provider value={{ state, prefix: '', busy: false }}>{children}</FormContext.Provider>)

test('what was typed is found under nested names', () => {
  const state = { initialValue: { title: 'А', sessions: [{ startsAt: '09:30' }], mark: { '7f-1': 'present' } } }
  expect(typedValue(state, 'title')).toBe('А')
  expect(typedValue(state, 'sessions[0].startsAt')).toBe('09:30')
  expect(typedValue(state, 'sessions[1].startsAt')).toBeUndefined()
  expect(typedValue(state, 'mark.7f-1')).toBe('present')
  expect(errorsOf({ error: { 'sessions[0].startsAt': ['х'] } }, 'sessions[0].startsAt')).toEqual(['х'])
  expect(fieldId('sessions[0].startsAt')).toBe('f-sessions-0-startsAt')
})

test('what the server replies to a refused form fills the form again', () => {
  const sent = new FormData()
  const id = '0190f3a2-7b4c-7def-8a12-000000000001'
  const typed = { title: '', 'sessions[0].startsAt': 'късно', [`mark.${id}`]: 'absent', [`late.${id}`]: '7', plan: 'да' }
  for (const [name, value] of Object.entries(typed)) sent.set(name, value)
  const schema = z.object({
    title: z.string('Въведете заглавие'),
    sessions: z.array(z.object({ startsAt: z.iso.time('Въведете час') })),
    plan: z.string(),
  })
  const state: FormState = parseWithZod(sent, { schema }).reply({ formErrors: ['Залата е заета'] })
  expect(errorsOf(state, '')).toEqual(['Залата е заета'])
  expect(typedValue(state, 'sessions[0].startsAt')).toBe('късно')
  expect(typedValue(state, `mark.${id}`)).toBe('absent')
  expect(typedValue(state, `late.${id}`)).toBe('7')
  expect(inForm(state, <TextField name="title" label="Заглавие" defaultValue="Старо" />)).toContain('value=""')
  const own = parseWithZod(sent, { schema }).reply()
  expect(errorsOf(own, 'title')).toEqual(['Въведете заглавие'])
  expect(errorsOf(own, 'sessions[0].startsAt')).toEqual(['Въведете час'])
})

test('what a browser remembers of a form is what the server would have sent back of it', () => {
  const sent = new FormData()
  const id = '0190f3a2-7b4c-7def-8a12-000000000001'
  const typed = [
    ['intent', 'save'],
    ['title', 'Вечер'],
    ['sessions[0].startsAt', '09:00'],
    ['sessions[0].breaks[1].from', '10:30'],
    ['sessions[1].startsAt', '13:00'],
    [`mark.${id}`, 'absent'],
    [`late.${id}`, '7'],
    ['roles', 'trainer'],
    ['roles', 'manager'],
    ['roles', 'admin'],
  ]
  for (const [name, value] of typed) sent.append(name!, value!)
  const server = parseWithZod(sent, { schema: z.object({ never: z.string() }) }).reply().initialValue
  const own = typedIn(sent)
  for (const name of new Set(typed.map(([name]) => name!))) {
    expect(typedValue({ initialValue: own }, name), name).toEqual(typedValue({ initialValue: server! }, name))
    expect(typedValue({ initialValue: own }, name), name).toBeDefined()
  }
  expect(Array.isArray(typedValue({ initialValue: own }, 'sessions'))).toBe(true)
  sent.append('newPassword', 'тайна')
  sent.append('file', new File(['а'], 'а.csv'))
  expect(typedIn(sent)).toEqual(own)
})

test('a field shows the stored value, and after a refusal what was typed, with its error tied to it', () => {
  expect(inForm(null, <TextField name="title" label="Заглавие" defaultValue="Старо" />)).toContain('value="Старо"')
  const html = inForm(
    { initialValue: { title: '' }, error: { title: ['Въведете заглавие'] } },
    <TextField name="title" label="Заглавие" hint="Кратко" defaultValue="Старо" />,
  )
  expect(html).toContain('value=""')
  expect(html).toContain('aria-invalid="true"')
  expect(html).toContain('aria-describedby="f-title-hint f-title-error"')
  expect(html).toMatch(/id="f-title-error"[^>]*>.*Въведете заглавие/)
})

test('markup in what was typed stays text', () => {
  expect(inForm({ initialValue: { title: '"><script>' } }, <TextField name="title" label="З" />)).toContain(
    'value="&quot;&gt;&lt;script&gt;"',
  )
})

test('choices keep what was chosen, also an emptied box', () => {
  const options = [
    { value: 'a', label: 'А' },
    { value: 'b', label: 'Б' },
  ]
  const typed = { initialValue: { kind: 'b', topics: ['a', 'b'] } }
  expect(inForm(typed, <RadioGroup name="kind" label="Вид" options={options} defaultValue="a" />)).toMatch(
    /checked="" value="b"|value="b" checked=""/,
  )
  expect(inForm(typed, <CheckboxGroup name="topics" label="Теми" options={options} />).match(/checked/g)).toHaveLength(2)
  expect(inForm(typed, <Checkbox name="online" label="Онлайн" defaultChecked />)).not.toContain('checked')
  expect(inForm(null, <Checkbox name="online" label="Онлайн" defaultChecked />)).toContain('checked')
  expect(inForm(null, <SelectField name="kind" label="Вид" options={options} empty defaultValue="b" />)).toContain(
    '<option value="b" selected="">',
  )
})

test('the keys of two forms of a document differ and stay UUIDs', () => {
  const document = randomKey()
  const [first, second] = [formKey(document, ':R1:'), formKey(document, ':R2:')]
  expect(first).not.toBe(second)
  for (const key of [document, first, second]) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(formKey(document, ':R1:')).toBe(first)
})

test('addresses of a list keep the filter and begin again at the first page', () => {
  const now = new URLSearchParams('q=ан&page=3')
  expect(listAddress(now, { sort: '-name' })).toBe('?q=%D0%B0%D0%BD&sort=-name')
  expect(listAddress(now, { page: 4 })).toBe('?q=%D0%B0%D0%BD&page=4')
  expect(listAddress(new URLSearchParams('q=x'), { q: null })).toBe('?')
  expect(sortOf(new URLSearchParams('sort=-name'), ['name'], { key: 'name', descending: false })).toEqual({ key: 'name', descending: true })
  expect(sortOf(new URLSearchParams('sort=password'), ['name'], { key: 'name', descending: false })).toEqual({
    key: 'name',
    descending: false,
  })
  expect(pageOf(new URLSearchParams('page=99'), 214, 25)).toBe(9)
  expect(pageOf(new URLSearchParams('page=-1'), 214, 25)).toBe(1)
  expect(pageOf(new URLSearchParams('page=1e9'), 0, 25)).toBe(1)
  expect(pagesShown(5, 9)).toEqual([1, 0, 4, 5, 6, 0, 9])
  expect(pagesShown(3, 9)).toEqual([1, 2, 3, 4, 0, 9])
  expect(pagesShown(1, 1)).toEqual([1])
})

const MARKS: MarkOption[] = [
  { value: 'present', label: 'присъствал/а', letter: 'П', keys: 'pm', tone: 'good', minutes: true },
  { value: 'absent', label: 'отсъствал/а', letter: 'О', keys: 'of', tone: 'bad' },
  { value: 'excused', label: 'по уважителна причина', letter: 'У', keys: 'uw', tone: 'warn' },
]
const LABELS = { minutes: 'Закъснение, напускане', late: 'Закъснял/а, мин.', early: 'Напуснал/а по-рано, мин.', history: 'История' }
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `0190f3a2-7b4c-7def-8a12-${String(index).padStart(12, '0')}`,
    name: 'Йорданова, Василка Александрова',
    detail: 'социален работник, ЦОП',
    mark: index % 2 ? 'present' : null,
    late: index === 1 ? 15 : null,
    historyTo: `attendance/0190f3a2-7b4c-7def-8a12-${String(index).padStart(12, '0')}`,
  }))

test('a roster of two hundred people stays light', () => {
  const html = renderToStaticMarkup(<RosterRows rows={people(200)} options={MARKS} labels={LABELS} maxMinutes={150} />)
  expect(html.match(/<fieldset/g)).toHaveLength(200)
  expect(html.match(/ checked=""/g)).toHaveLength(100)
  expect(Buffer.byteLength(html)).toBeLessThan(210_000)
})

test('a roster shows what was typed after a refusal, with the row opened at its error', () => {
  const [person] = people(1)
  const state = {
    initialValue: { mark: { [person!.id]: 'absent' }, late: { [person!.id]: '999' } },
    error: { [`late.${person!.id}`]: ['Най-много 150 минути'] },
  }
  const html = renderToStaticMarkup(<RosterRows rows={[person!]} options={MARKS} labels={LABELS} maxMinutes={150} state={state} />)
  expect(html).toMatch(/<input type="radio"[^>]*checked="" value="absent"/)
  expect(html).toContain('value="999"')
  expect(html).toContain('<details open="">')
  expect(html).toContain('Най-много 150 минути')
  expect(html).toContain(`id="${fieldId(`late.${person!.id}`)}"`)
})

test('the emblem: twelve upright stars of radius hoist/18 on a circle of radius hoist/3 in a field of 3 to 2', () => {
  const stars = emblemStars(180)
  expect(stars).toHaveLength(12)
  for (const star of stars) {
    const x = (star[0]![0] + 0) as number
    const top = star[0]![1]
    const [fromCentreX, fromCentreY] = [x - 135, top + 10 - 90]
    expect(Math.hypot(fromCentreX, fromCentreY)).toBeCloseTo(60, 6)
    expect(Math.min(...star.map(([, y]) => y))).toBeCloseTo(top, 6)
  }
  const html = renderToStaticMarkup(<EuBlock />)
  expect(html).toContain('viewBox="0 0 270 180"')
  expect(html).toContain(`<p lang="bg">${EU_STATEMENT_BG}</p>`)
  expect(html).toContain('fill="#003399"')
  expect(html).toContain('fill="#FFCC00"')
})

const screens = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'))

test.each(screens)('%s writes no style attribute and no raw markup, which the policy of the pages blocks', (file) => {
  expect(readFileSync(`app/${file}`, 'utf8')).not.toMatch(/\bstyle=\{|dangerouslySetInnerHTML|\sstyle="/)
})

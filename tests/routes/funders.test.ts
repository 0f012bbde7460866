import { expect, test } from 'vitest'
import * as list from '~/routes/_app.funder-profiles._index'
import * as create from '~/routes/_app.funder-profiles.new'
import { aMunicipality, somebody } from '../factories'
import { call } from '../http'
import { screen, wordsOf } from '../screen'

test('the way to a first profile stands on the page once, before and after', async () => {
  const coordinator = await somebody((await aMunicipality()).id, 'coordinator')
  const ways = async () =>
    screen(list.default, (await call(list.loader, '/funder-profiles', { as: coordinator })).body).match(/href="\/funder-profiles\/new"/g)
  expect(await ways()).toHaveLength(1)
  const form = { name: 'Фонд', validFrom: '2024-01-01', 'places.name': '1', 'places.signature': '2', logo: new File([], '') }
  expect((await call(create.action, '/', { as: coordinator, form })).status).toBe(302)
  expect(await ways()).toHaveLength(1)
})

test('the places of the columns and the logo say what they are', async () => {
  const coordinator = await somebody((await aMunicipality()).id, 'coordinator')
  const html = screen(create.default, (await call(create.loader, '/', { as: coordinator })).body)
  expect(html).toContain('>колона 1</option>')
  expect(wordsOf(html)).toContain('Лого (по желание)')
})

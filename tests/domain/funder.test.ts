import sharp from 'sharp'
import { expect, test } from 'vitest'
import { funderChoices, funderList, funderPage, funderVersionForm } from '~/domain/funder/funder.server'
import { addFunderVersion, createFunder, renameFunder } from '~/domain/funder/keep-funder.server'
import { drawnLogo } from '~/domain/funder/logo.server'
import { funderVersionSchema, newFunderSchema } from '~/domain/funder/schema'
import { createProject, updateProject } from '~/domain/project/keep-project.server'
import { findProject } from '~/domain/project/project.server'
import { newProjectSchema, projectSchema } from '~/domain/project/schema'
import { inMunicipality } from '~/platform/db.server'
import { dayOf, daysAfter } from '~/platform/zoned.server'
import { aMunicipality, somebody } from '../factories'

const places = { number: '1', name: '2', signature: '4', note: '3' }
const typed = (over: object = {}) => ({ name: 'Фонд', validFrom: '2026-01-01', showsEuBlock: true, statement: 'Текст', places, ...over })
const fresh = (over: object = {}) => newFunderSchema.parse(typed(over))
const further = (over: object = {}) => funderVersionSchema.parse(typed(over))
const idIn = (path: string) => path.split('/')[2]!
const picture = (format: 'png' | 'jpeg' | 'webp' | 'gif', width = 300, height = 200) =>
  sharp({ create: { width, height, channels: 4, background: { r: 0, g: 128, b: 0, alpha: 0.5 } } })
    .toFormat(format)
    .toBuffer()

/** The database's own clock decides which days have passed. */
const TODAY = dayOf(new Date(), 'Europe/Sofia')

async function aPlace() {
  const { id: municipalityId } = await aMunicipality()
  const coordinator = await somebody(municipalityId, 'coordinator')
  return { municipalityId, actor: coordinator.actor }
}

test('columns are taken in the order of their places; name and signature are needed; no place is given twice', () => {
  expect(fresh().places).toEqual(['number', 'name', 'note', 'signature'])
  const refused = (given: object) =>
    newFunderSchema.safeParse(typed({ places: given })).error?.issues.map(({ path, message }) => [path.join('.'), message])
  expect(refused({ number: '1' })).toEqual([
    ['places.name', 'funder.needed_column'],
    ['places.signature', 'funder.needed_column'],
  ])
  expect(refused({ name: '1', signature: '1' })).toEqual([['places.signature', 'funder.same_place']])
  expect(refused({ name: '0', signature: '11' })?.map(([path]) => path)).toEqual(['places.name', 'places.signature'])
})

test('a first version may begin on any day; the next ones from tomorrow on, each after the last', async () => {
  const { actor } = await aPlace()
  const id = idIn(await createFunder(actor, fresh(), null, null))
  const add = (validFrom: string) => addFunderVersion(actor, id, further({ validFrom, statement: validFrom }), null, null)
  await expect(add('2026-01-01')).rejects.toMatchObject({
    messageKey: 'funder.after_last',
    field: 'validFrom',
    values: { last: '01.01.2026' },
  })
  await expect(add(TODAY)).rejects.toMatchObject({ messageKey: 'funder.not_past', field: 'validFrom' })
  await add(daysAfter(TODAY, 2))
  await add(daysAfter(TODAY, 10))
  await expect(add(daysAfter(TODAY, 10))).rejects.toMatchObject({ messageKey: 'funder.after_last' })
  const { versions } = await funderPage(actor, id)
  expect(versions.map(({ validFrom, holds, isComing }) => [validFrom, holds, isComing])).toEqual([
    [daysAfter(TODAY, 10), false, true],
    [daysAfter(TODAY, 2), false, true],
    ['2026-01-01', true, false],
  ])
  expect((await funderList(actor)).map(({ name, holdsSince, versions: n, projects }) => ({ name, holdsSince, n, projects }))).toEqual([
    { name: 'Фонд', holdsSince: '2026-01-01', n: 3, projects: 0 },
  ])
})

test('two versions of one day added at once: one stands', async () => {
  const { actor } = await aPlace()
  const id = idIn(await createFunder(actor, fresh(), null, null))
  const added = await Promise.allSettled(
    [1, 2].map(() => addFunderVersion(actor, id, further({ validFrom: daysAfter(TODAY, 2) }), null, null)),
  )
  expect(added.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await funderPage(actor, id)).versions).toHaveLength(2)
})

test('every command leaves one event, and the same key changes nothing twice', async () => {
  const { actor } = await aPlace()
  const key = crypto.randomUUID()
  const id = idIn(await createFunder(actor, fresh(), null, key))
  expect(idIn(await createFunder(actor, fresh(), null, key))).toBe(id)
  const second = crypto.randomUUID()
  for (let i = 0; i < 2; i += 1) await addFunderVersion(actor, id, further({ validFrom: daysAfter(TODAY, 2) }), null, second)
  await renameFunder(actor, id, 'Друг фонд')
  await renameFunder(actor, id, 'Друг фонд')
  const events = await inMunicipality(actor, (tx) =>
    tx.auditEvent.findMany({ where: { subjectId: id }, orderBy: { seq: 'asc' }, include: { payload: true } }),
  )
  expect(events.map(({ action }) => action)).toEqual(['funder_profile.created', 'funder_profile.version_added', 'funder_profile.renamed'])
  expect(JSON.parse(events[0]!.payload!.payload)).toMatchObject({
    name: 'Фонд',
    validFrom: '2026-01-01',
    columns: 'number, name, note, signature',
  })
  expect(JSON.parse(events[2]!.payload!.payload)).toMatchObject({ from: 'Фонд', to: 'Друг фонд' })
})

test('two profiles of one name are refused beside the name', async () => {
  const { actor } = await aPlace()
  await createFunder(actor, fresh(), null, null)
  const other = idIn(await createFunder(actor, fresh({ name: 'Друг' }), null, null))
  const refusal = { messageKey: 'funder.same_name', field: 'name' }
  await expect(createFunder(actor, fresh(), null, null)).rejects.toMatchObject(refusal)
  await expect(renameFunder(actor, other, 'Фонд')).rejects.toMatchObject(refusal)
})

test('a logo stays with the next version unless it is given up or replaced', async () => {
  const { actor } = await aPlace()
  const id = idIn(await createFunder(actor, fresh(), await picture('jpeg'), null))
  const hashes = async () =>
    (
      await inMunicipality(actor, (tx) => tx.funderProfileVersion.findMany({ where: { profileId: id }, orderBy: { validFrom: 'asc' } }))
    ).map(({ logoSha256 }) => logoSha256)
  const next = (days: number, keepsLogo: boolean, logo: Buffer | null = null) =>
    addFunderVersion(actor, id, further({ validFrom: daysAfter(TODAY, days), keepsLogo }), logo, null)
  await next(2, true)
  await next(3, false)
  await next(4, true)
  await next(5, true, await picture('png', 90, 40))
  const [first, kept, givenUp, still, other] = await hashes()
  expect(first).toMatch(/^[\da-f]{64}$/)
  expect([kept, givenUp, still]).toEqual([first, null, null])
  expect(other).toMatch(/^[\da-f]{64}$/)
  expect(other).not.toBe(first)
  const { versions } = await funderPage(actor, id)
  const form = await funderVersionForm(actor, id, versions.at(-1)!.id)
  expect(await sharp(form.logo!).metadata()).toMatchObject({ format: 'png', width: 300, height: 200, hasAlpha: false })
})

test('a logo is drawn anew: opaque, of at most 900 × 600, with nothing but the picture', async () => {
  const hidden = 'taken at home'
  const told = await sharp(await picture('jpeg', 3000, 1000))
    .withExif({ IFD0: { ImageDescription: hidden } })
    .jpeg()
    .toBuffer()
  expect(told.includes(hidden)).toBe(true)
  const drawn = await drawnLogo(told)
  expect(await sharp(drawn).metadata()).toMatchObject({ format: 'png', width: 900, height: 300, hasAlpha: false })
  expect(Buffer.from(drawn).includes(hidden)).toBe(false)
})

test('what is no PNG or JPEG by its content is refused beside the field, whatever it claims to be', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>')
  const cut = (await picture('png')).subarray(0, 60)
  const polyglot = Buffer.concat([await picture('png'), Buffer.from('<script>alert(1)</script>')])
  for (const bytes of [svg, cut, polyglot, Buffer.from('%PDF-1.7'), Buffer.alloc(0), await picture('webp'), await picture('gif')])
    await expect(drawnLogo(bytes)).rejects.toMatchObject({ messageKey: 'funder.logo_unreadable', field: 'logo' })
})

test('a picture of 20,000 pixels a side and a file of more than 2 MB are refused', async () => {
  const huge = await sharp({ create: { width: 20_000, height: 20_000, channels: 3, background: '#ffffff' }, limitInputPixels: false })
    .png({ compressionLevel: 1 })
    .toBuffer()
  for (const bytes of [huge, Buffer.concat([await picture('png'), Buffer.alloc(2 * 1024 * 1024)])])
    await expect(drawnLogo(bytes)).rejects.toMatchObject({ status: 422, field: 'logo' })
})

test('a project takes a profile of its own municipality and no other', async () => {
  const [here, elsewhere] = [await aPlace(), await aPlace()]
  const own = idIn(await createFunder(here.actor, fresh(), null, null))
  const foreign = idIn(await createFunder(elsewhere.actor, fresh(), null, null))
  const project = idIn(await createProject(here.actor, newProjectSchema.parse({ title: 'Проект', funderProfileId: own }), null))
  expect((await findProject(here.actor, project)).funderProfileId).toBe(own)
  const refusal = { messageKey: 'funder.unknown_profile', field: 'funderProfileId' }
  await expect(
    updateProject(here.actor, project, projectSchema.parse({ title: 'Проект', funderProfileId: foreign })),
  ).rejects.toMatchObject(refusal)
  await expect(createProject(here.actor, newProjectSchema.parse({ title: 'Друг', funderProfileId: foreign }), null)).rejects.toMatchObject(
    refusal,
  )
  await updateProject(here.actor, project, projectSchema.parse({ title: 'Проект', funderProfileId: '' }))
  expect((await findProject(here.actor, project)).funderProfileId).toBeNull()
  await expect(funderPage(here.actor, foreign)).rejects.toMatchObject({ code: 'not_found' })
  await expect(addFunderVersion(here.actor, foreign, further({ validFrom: daysAfter(TODAY, 2) }), null, null)).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(renameFunder(here.actor, foreign, 'Мой')).rejects.toMatchObject({ code: 'not_found' })
  expect((await funderChoices(here.actor)).map(({ id }) => id)).toEqual([own])
})

test('everybody but the coordinator is refused', async () => {
  const { municipalityId, actor } = await aPlace()
  const id = idIn(await createFunder(actor, fresh(), null, null))
  for (const role of ['admin', 'trainer', 'employee', 'supervisor'] as const) {
    const other = (await somebody(municipalityId, role)).actor
    await expect(createFunder(other, fresh({ name: 'Мой' }), null, null)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(funderList(other)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(funderPage(other, id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await funderChoices(other)).toEqual([])
  }
})

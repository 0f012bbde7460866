import type { AppLoadContext } from '@remix-run/node'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { fileAnswer } from '~/platform/table/answer.server'
import type { TableFile } from '~/platform/table/file.server'
import { aMunicipality } from '../../factories'

let municipalityId: string
beforeAll(async () => {
  municipalityId = (await aMunicipality()).id
})
afterAll(disconnect)

const FILE: TableFile = { bytes: Buffer.from('а'), contentType: 'text/csv', disposition: 'attachment; filename="a.csv"' }
const args = () => ({ request: new Request('http://local/staff?format=csv'), context: {} as AppLoadContext, params: {} })
const people = () => inMunicipality({ municipalityId }, (tx) => tx.person.count())

test('exports being made, however many are asked for, leave connections to everybody else', async () => {
  let finish = () => {}
  const finished = new Promise<void>((resolve) => (finish = resolve))
  onTestFinished(() => finish())
  let begun = 0
  const slow = () =>
    fileAnswer(args(), () =>
      inMunicipality({ municipalityId }, async (tx) => {
        await tx.person.count()
        begun += 1
        await finished
        return FILE
      }),
    )
  const answers = Array.from({ length: 6 }, slow)
  await expect.poll(() => begun).toBeGreaterThan(1)
  // none of them ends before this is answered
  expect(await people()).toBe(0)
  expect(begun).toBe(2)
  finish()
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
  expect(begun).toBe(6)
})

test('an export that fails gives its place to the next', async () => {
  const fail = () => fileAnswer(args(), () => Promise.reject(new Error('no file'))).catch((error: Error) => error.message)
  expect(await Promise.all(Array.from({ length: 5 }, fail))).toEqual(Array(5).fill('no file'))
  expect((await fileAnswer(args(), async () => FILE)).status).toBe(200)
})

import { expect, test } from 'vitest'
import { startJobs } from '~/jobs.server'
import { prepareJobs } from '~/platform/jobs.server'
import { QUEUES } from '~/queues'
import * as list from '~/routes/_app.scans._index'
import { aTraining } from '../factories'
import { call } from '../http'
import { asOwner, endConnections } from '../platform/raw-sql'
import { pdfOf } from '../scan-pictures'

endConnections()

test('a file whose reading ended with its process again and again is given up in words, and may be sent anew', async () => {
  const town = await aTraining({ people: 1 })
  const bytes = new Uint8Array(await pdfOf([], { pages: 1 }))
  const send = () =>
    call(list.action, '/scans?index', {
      as: town.trainer,
      form: { _key: crypto.randomUUID(), files: [new File([bytes], 'упорит.pdf')] as never },
    })
  const lists = async () => (await call(list.loader, '/scans', { as: town.trainer })).body
  expect((await send()).status).toBe(302)
  // the last of its tries was begun by a process that is no more
  const owner = await asOwner()
  const { rows } = await owner.query(
    `update pgboss.job set state = 'active', retry_count = retry_limit, started_on = now()
     where name = 'read-scans' and data->>'municipalityId' = $1 returning retry_limit`,
    [town.municipalityId],
  )
  expect(rows).toEqual([{ retry_limit: 8 }])
  expect((await lists()).reading).toHaveLength(1)
  expect((await send()).status).toBe(422)

  await prepareJobs(process.env.DATABASE_OWNER_URL!, QUEUES)
  const stop = await startJobs()
  try {
    // jobs are looked over every fifteen seconds
    await expect.poll(async () => (await lists()).reading, { timeout: 150_000, interval: 500 }).toEqual([])
  } finally {
    await stop()
  }
  expect(await lists()).toMatchObject({ reading: [], refused: [{ fileName: 'упорит.pdf', refusedFor: 'time' }] })
  expect((await send()).status).toBe(302)
})

test('no reader is taken for lost while it may still work: 90 s to open a file, 5 s of pages and 90 s for the last of them', async () => {
  const owner = await asOwner()
  const { rows } = await owner.query(`select expire_seconds from pgboss.queue where name = 'read-scans'`)
  expect(rows[0].expire_seconds).toBeGreaterThan(90 + 5 + 90)
})

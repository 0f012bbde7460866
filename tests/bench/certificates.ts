import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { World } from './data'

/** Issues everybody's certificate of one training at once and waits for the last file: certificates a second, and a verify page's path. */
export async function measureCertificates(baseUrl: string, ownerUrl: string, world: World) {
  const db = new pg.Client(ownerUrl)
  await db.connect()
  const { trainingId } = world.certificates
  const count = async (table: string) => Number((await db.query(`select count(*) from "${table}"`)).rows[0].count)
  const [before, filesBefore] = [await count('Certificate'), await count('CertificateFile')]
  const start = performance.now()
  const answer = await fetch(`${baseUrl}/trainings/${trainingId}/certificates/issue`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: world.cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _for: `${world.municipalityId}.${world.accountId}`, _key: randomUUID() }),
  })
  if (answer.status !== 302) throw new Error(`issuing answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
  const issued = (await count('Certificate')) - before
  while ((await count('CertificateFile')) - filesBefore < issued) {
    if (performance.now() - start > 120_000) throw new Error('the files did not follow within two minutes')
    await sleep(20)
  }
  const seconds = (performance.now() - start) / 1000
  const { rows } = await db.query(
    'select "verifyCode" from "Certificate" where "id" in (select "certificateId" from "CertificateFacts") limit 1',
  )
  await db.end()
  return { perSecond: issued / seconds, verifyPath: `/verify/${rows[0].verifyCode}` }
}

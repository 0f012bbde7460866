import pg from 'pg'
import { quantile } from './load'
import type { World } from './data'

const ROSTER = `
  select p."givenName", p."familyName", a."mark" from "Enrolment" e join "Person" p on p."id" = e."personId"
  left join "Attendance" a on a."personId" = p."id" and a."sessionId" = $2
  where e."trainingId" = $1 and e."state" = 'approved' order by p."sortName"`

const WARM_UP = 30

/** What row-level security costs: the rows of a roster of 200 in a transaction, as the app's role (policies) and as the owner (none), turn by turn. */
export async function measurePolicyCost(appUrl: string, ownerUrl: string, world: World) {
  const { trainingId, sessionId } = world.rosters[200][0]!
  async function side(url: string) {
    const client = new pg.Client(url)
    await client.connect()
    return {
      client,
      async once() {
        const start = performance.now()
        await client.query('begin')
        await client.query(`select set_config('app.municipalities', $1, true)`, [`{${world.municipalityId}}`])
        const { rowCount } = await client.query(ROSTER, [trainingId, sessionId])
        await client.query('commit')
        if (rowCount !== 200) throw new Error(`the roster has ${rowCount} rows instead of 200`)
        return performance.now() - start
      },
    }
  }
  const [withPolicies, without] = [await side(appUrl), await side(ownerUrl)]
  const times: [number[], number[]] = [[], []]
  for (let i = 0; i < 330; i++) {
    const [a, b] = [await withPolicies.once(), await without.once()]
    if (i < WARM_UP) continue
    times[0].push(a)
    times[1].push(b)
  }
  await Promise.all([withPolicies.client.end(), without.client.end()])
  const p50 = times.map(
    (list) =>
      Math.round(
        quantile(
          list.sort((a, b) => a - b),
          0.5,
        ) * 100,
      ) / 100,
  )
  return { rosterQueryMsWithPolicies: p50[0], rosterQueryMsWithout: p50[1] }
}

import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { inMunicipality } from '~/platform/db.server'
import { append, fullMunicipality } from './full-municipality'
import { asApp, asOwner, endConnections, refusalOf, rowsOf, undone, valueOf, within, type Row } from './raw-sql'

/** Tables that name a municipality and still belong to an account, not to it: they hold no content of a municipality. */
const OF_AN_ACCOUNT = ['LoginSession', 'PasswordLink', 'PendingSubmission']
/** Tables without a municipality by nature. Municipality has policies of its own. */
const OF_NOBODY = ['Account', 'AuditHead', 'InstallationGrant', '_prisma_migrations', 'rate_limit']

const q = (name: string) => `"${name}"`
let owner: pg.Client
let app: pg.Client
let a: Awaited<ReturnType<typeof fullMunicipality>>
let b: Awaited<ReturnType<typeof fullMunicipality>>
let tenantTables: string[]

endConnections()
beforeAll(async () => {
  ;[owner, app] = [await asOwner(), await asApp()]
  ;[a, b] = [await fullMunicipality(), await fullMunicipality()]
  tenantTables = (
    await rowsOf(
      owner,
      `select t.relname from pg_class t join pg_attribute c on c.attrelid = t.oid and c.attname = 'municipalityId' and not c.attisdropped
       where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and t.relname <> all ($1) order by 1`,
      [OF_AN_ACCOUNT],
    )
  ).map((row) => row['relname'])
})

/** Gives the app's role every right on the table for one transaction, so that only row-level security is left to refuse. */
const withEveryRight = <T>(table: string, municipalityId: string, run: () => Promise<T>) =>
  undone(owner, async () => {
    await owner.query(`grant all on ${q(table)} to kapacitet_app`)
    await owner.query(`select set_config('app.municipalities', $1, true)`, [`{${municipalityId}}`])
    await owner.query('set local role kapacitet_app')
    return run()
  })

/** Runs `attempt` for every table and returns those whose outcome is not `expected`: the message names all of them at once. */
async function everyTable<T>(attempt: (table: string) => Promise<T>, expected: T) {
  const outcomes: Record<string, T> = {}
  for (const table of tenantTables) outcomes[table] = await attempt(table)
  expect(outcomes).toEqual(Object.fromEntries(tenantTables.map((table) => [table, expected])))
}

describe('row-level security', () => {
  test('every table either belongs to municipalities, and is secured, or is named as one that does not', async () => {
    expect(tenantTables.length).toBeGreaterThan(25)
    const all = (
      await rowsOf(
        owner,
        `select relname, relrowsecurity from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
      )
    ).filter((row) => !OF_AN_ACCOUNT.includes(row['relname']) && !OF_NOBODY.includes(row['relname']))
    expect(all.map((row) => row['relname']).sort()).toEqual([...tenantTables, 'Municipality'].sort())
    expect(all.filter((row) => !row['relrowsecurity'])).toEqual([])
    expect(
      await rowsOf(owner, `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')`),
    ).toEqual([])
  })

  test('both municipalities have a row everywhere, so that the tests below can fail', () =>
    everyTable(
      async (table) =>
        (
          await rowsOf(owner, `select 1 from ${q(table)} where "municipalityId" in ($1, $2) group by "municipalityId"`, [
            a.municipalityId,
            b.municipalityId,
          ])
        ).length,
      2,
    ))

  test('without a municipality nothing is seen', () =>
    everyTable(async (table) => (await rowsOf(app, `select 1 from ${q(table)}`)).length, 0))

  test('with an empty list, a null and somebody else’s setting nothing is seen either', async () => {
    for (const setting of ['', '{}', '{null}'])
      await undone(app, async () => {
        await app.query(`select set_config('app.municipalities', $1, true)`, [setting])
        await everyTable(async (table) => (await rowsOf(app, `select 1 from ${q(table)}`)).length, 0)
      })
    await refusalOf(inMunicipality({ municipalityId: 'undefined' }, (tx) => tx.person.count())).then(
      ({ message }) => expect(message).toContain('uuid'),
      (error) => expect(String(error)).toContain('uuid'),
    )
  })

  test('in one municipality all of its rows are seen and none of another', async () => {
    const seen = await undone(app, async () => {
      await app.query(`select set_config('app.municipalities', $1, true)`, [`{${a.municipalityId}}`])
      const found: Record<string, Row[]> = {}
      for (const table of tenantTables) found[table] = await rowsOf(app, `select "municipalityId", count(*) from ${q(table)} group by 1`)
      return found
    })
    const there: Record<string, Row[]> = {}
    for (const table of tenantTables)
      there[table] = await rowsOf(owner, `select "municipalityId", count(*) from ${q(table)} where "municipalityId" = $1 group by 1`, [
        a.municipalityId,
      ])
    expect(seen).toEqual(there)
  })

  test('the setting ends with its transaction, also on the app’s own pool', async () => {
    expect(await inMunicipality(a, (tx) => tx.person.count())).toBe(2)
    const { connectionPool } = await import('~/platform/db.server')
    const counts = await Promise.all(Array.from({ length: 12 }, () => connectionPool().query(`select count(*)::int as n from "Person"`)))
    expect(counts.map((one) => one.rows[0].n)).toEqual(Array(12).fill(0))
  })

  test('rows of another municipality are neither changed nor deleted, whatever the rights', async () => {
    await everyTable(
      (table) =>
        withEveryRight(table, a.municipalityId, async () => {
          const changed = await owner.query(`update ${q(table)} set "municipalityId" = "municipalityId" where "municipalityId" = $1`, [
            b.municipalityId,
          ])
          const deleted = await owner.query(`delete from ${q(table)} where "municipalityId" = $1`, [b.municipalityId])
          return [changed.rowCount, deleted.rowCount]
        }),
      [0, 0],
    )
  })

  test('rows are not put into another municipality, whatever the rights', async () => {
    await everyTable(async (table) => {
      const [row] = await rowsOf(owner, `select to_jsonb(t) as row from ${q(table)} t where "municipalityId" = $1 limit 1`, [
        b.municipalityId,
      ])
      return withEveryRight(table, a.municipalityId, async () => {
        const { message } = await refusalOf(
          owner.query(`insert into ${q(table)} select * from jsonb_populate_record(null::${q(table)}, $1)`, [row!['row']]),
        )
        return message.includes('row-level security')
      })
    }, true)
  })

  test('rows are not moved into another municipality, whatever the rights', async () => {
    await everyTable(
      (table) =>
        withEveryRight(table, a.municipalityId, async () => {
          const { code, message } = await refusalOf(
            owner.query(`update ${q(table)} set "municipalityId" = $2 where "municipalityId" = $1`, [a.municipalityId, b.municipalityId]),
          )
          return [code, /row-level security|append-only/.test(message)]
        }),
      ['42501', true],
    )
  })

  test('a municipality is changed by its own only and created by the installation only; its name is public', async () => {
    const rename = (id: string) => app.query(`update "Municipality" set "name" = "name" where "id" = $1`, [id])
    expect((await rename(a.municipalityId)).rowCount).toBe(0)
    expect(
      await within(app, a.municipalityId, async () => [
        (await rename(a.municipalityId)).rowCount,
        (await rename(b.municipalityId)).rowCount,
      ]),
    ).toEqual([1, 0])
    const create = () => app.query(`insert into "Municipality" ("name") values ('Чужда')`)
    expect((await refusalOf(create())).code).toBe('42501')
    expect((await refusalOf(within(app, a.municipalityId, create))).code).toBe('42501')
    expect((await refusalOf(app.query(`delete from "Municipality"`))).code).toBe('42501')
    expect(
      await valueOf(app, `select count(*)::int from "Municipality" where "id" in ($1, $2)`, [a.municipalityId, b.municipalityId]),
    ).toBe(2)
  })

  test('nobody becomes the installation’s administrator outside its own transactions', async () => {
    const grant = () => app.query(`insert into "InstallationGrant" ("accountId") values ($1)`, [a.admin.accountId])
    for (const municipalityId of [null, a.municipalityId])
      expect(await refusalOf(within(app, municipalityId, grant))).toMatchObject({
        code: '42501',
        message: expect.stringContaining('row-level security'),
      })
    expect(await valueOf(app, `select count(*)::int from "InstallationGrant" where "accountId" = $1`, [a.admin.accountId])).toBe(0)
  })

  test('the installation’s own chain is seen by the installation only', async () => {
    await undone(owner, async () => {
      await owner.query(`select set_config('app.installation', 'on', true)`)
      await append(owner, null, 'municipality.created')
      await owner.query('set local role kapacitet_app')
      const seen = () => valueOf(owner, `select count(*)::int from "AuditEvent" where "municipalityId" is null`)
      expect(await seen()).toBeGreaterThan(0)
      await owner.query(`select set_config('app.installation', '', true), set_config('app.municipalities', $1, true)`, [
        `{${a.municipalityId}}`,
      ])
      expect(await seen()).toBe(0)
    })
  })
})

describe('links between tables', () => {
  type Link = { name: string; child: string; columns: string[]; parent: string; referenced: string[] }
  const links = async () =>
    (await rowsOf(
      owner,
      `select f.conname as name, c.relname as child, p.relname as parent,
        (select array_agg(a.attname::text order by k.n) from unnest(f.conkey) with ordinality k(attnum, n) join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum) as columns,
        (select array_agg(a.attname::text order by k.n) from unnest(f.confkey) with ordinality k(attnum, n) join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum) as referenced
       from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class p on p.oid = f.confrelid where f.contype = 'f' and f.connamespace = 'public'::regnamespace order by 1`,
    )) as Link[]

  test('each carries the municipality, but for those that are tied to it by another column', async () => {
    const loose = (await links()).filter(
      (link) => tenantTables.includes(link.child) && tenantTables.includes(link.parent) && !link.columns.includes('municipalityId'),
    )
    expect(loose.map((link) => `${link.name}: ${link.columns.join(', ')}`)).toEqual([
      // the service is the employer's, and the employer the municipality's
      'Assignment_serviceId_employerId_fkey: serviceId, employerId',
      // the claim is of the same session and person, and those are the municipality's
      'Attendance_claimId_sessionId_personId_fkey: claimId, sessionId, personId',
      // the chain is the municipality
      'AuditPayload_chainId_seq_fkey: chainId, seq',
      // the activity is the project's, and the project the municipality's
      'Training_activityId_projectId_fkey: activityId, projectId',
    ])
  })

  test('every id of a tenant table is a link, but for names of who did something, kept beside the name as written, and what a trigger looks up', async () => {
    const linked = new Set((await links()).flatMap((link) => link.columns.map((column) => `${link.child}.${column}`)))
    const ids = await rowsOf(
      owner,
      `select t.relname || '.' || c.attname as id from pg_class t join pg_attribute c on c.attrelid = t.oid and c.attnum > 0 and not c.attisdropped
       where t.relnamespace = 'public'::regnamespace and t.relname = any ($1) and c.attname ~ '[a-z]Id$' order by 1`,
      [tenantTables],
    )
    expect(ids.map((row) => row['id']).filter((id) => !linked.has(id))).toEqual([
      'AttendanceClaim.authorId',
      'AuditErasure.chainId',
      'AuditErasure.municipalityId',
      'AuditEvent.actorId',
      'AuditEvent.chainId',
      'AuditEvent.municipalityId',
      'AuditEvent.subjectId',
      'AuditPayload.municipalityId',
      'Certificate.issuedById',
      'CertificateRevocation.revokedById',
      'EnrolmentStep.actorId',
      'FunderProfileVersion.createdById',
      'RefusedCheckIn.accountId',
      'RoleGrant.endedById',
      'RoleGrant.grantedById',
      'ScanPlacement.placedById',
      'SheetClosure.closedById',
      // the last claim of its own session, by sheet_closure_knows_claims
      'SheetClosure.lastClaimId',
      'SheetUpload.uploadedById',
    ])
  })

  test('none reaches into another municipality, even for the owner', async () => {
    const between = (await links()).filter((link) => tenantTables.includes(link.child) && tenantTables.includes(link.parent))
    const outcomes: Record<string, string> = {}
    for (const link of between) {
      const moved = link.columns
        .map((column, i) => [column, link.referenced[i]!] as const)
        .filter(([column]) => column !== 'municipalityId')
      outcomes[link.name] = await undone(owner, async () => {
        await owner.query(`alter table ${q(link.child)} disable trigger user`)
        // nothing but links is left to refuse; which municipality an audit row is of is a check
        const others = await rowsOf(
          owner,
          `select 'constraint ' || quote_ident(conname) as it from pg_constraint where conrelid = $1::regclass and contype = any ($2)`,
          [q(link.child), link.child.startsWith('Audit') ? ['x'] : ['c', 'x', 'u', 'p']],
        )
        for (const { it } of others) await owner.query(`alter table ${q(link.child)} drop ${it} cascade`)
        const unique = await rowsOf(
          owner,
          `select indexrelid::regclass::text as it from pg_index where indrelid = $1::regclass and indisunique`,
          [q(link.child)],
        )
        for (const { it } of link.child.startsWith('Audit') ? [] : unique) await owner.query(`drop index ${it} cascade`)
        const set = moved.map(([column, referenced]) => `${q(column)} = p.${q(referenced)}`).join(', ')
        return (
          await refusalOf(
            owner.query(
              `update ${q(link.child)} c set ${set} from (select * from ${q(link.parent)} where "municipalityId" = $2 limit 1) p
               where c.ctid = (select ctid from ${q(link.child)} where "municipalityId" = $1 limit 1)`,
              [a.municipalityId, b.municipalityId],
            ),
          )
        ).code
      })
    }
    expect(between.length).toBeGreaterThan(25)
    const expected = Object.fromEntries(between.map((link) => [link.name, '23503']))
    expect(outcomes).toEqual({ ...expected, AuditPayload_chainId_seq_fkey: '23514' })
  })

  test('an attendance does not rest on the claim of another session or person', async () => {
    const { code, constraint } = await refusalOf(
      within(owner, a.municipalityId, () =>
        owner.query(
          `update "Attendance" set "claimId" = (select "id" from "AttendanceClaim" where "municipalityId" = $2 limit 1) where "municipalityId" = $1`,
          [a.municipalityId, b.municipalityId],
        ),
      ),
    )
    expect([code, constraint]).toEqual(['23503', 'Attendance_claimId_sessionId_personId_fkey'])
  })
})

import type pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { append, fullMunicipality } from './full-municipality'
import { asApp, asOwner, endConnections, refusalOf, rowsOf, valueOf, within, type Row } from './raw-sql'

let owner: pg.Client
let app: pg.Client
let a: Awaited<ReturnType<typeof fullMunicipality>>
let b: Awaited<ReturnType<typeof fullMunicipality>>

endConnections()
beforeAll(async () => {
  ;[owner, app] = [await asOwner(), await asApp()]
  ;[a, b] = [await fullMunicipality(), await fullMunicipality()]
})

describe('roles', () => {
  test('the app’s login becomes nobody else', async () => {
    const client = await asApp()
    // under an owner's login the session itself is given away, as the app's own login would have it
    await client.query('reset role')
    if ((await valueOf(client, 'select session_user::text')) !== 'kapacitet_app')
      await client.query('set session authorization kapacitet_app')
    await client.query('reset role')
    expect(await valueOf(client, 'select current_user::text')).toBe('kapacitet_app')
    expect(await valueOf(client, 'select count(*)::int from "Person"')).toBe(0)
    const ownerName = await valueOf(owner, 'select current_user::text')
    expect((await refusalOf(client.query(`set role "${ownerName}"`))).code).toBe('42501')
    expect((await refusalOf(client.query('set session_replication_role = replica'))).code).toBe('42501')
    expect((await refusalOf(client.query('alter table "Person" disable row level security'))).code).toBe('42501')
    expect((await refusalOf(client.query('create table probe (id int)'))).code).toBe('42501')
    expect((await refusalOf(client.query('create policy probe on "Person" using (true)'))).code).toBe('42501')
    await client.query('set row_security = off')
    expect((await refusalOf(client.query('select 1 from "Person"'))).code).toBe('42501')
  })

  test('the app’s role has no attribute and no membership', async () => {
    expect(
      await rowsOf(
        owner,
        `select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication from pg_roles where rolname = 'kapacitet_app'`,
      ),
    ).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false, rolreplication: false }])
    expect(await rowsOf(owner, `select roleid::regrole::text from pg_auth_members where member = 'kapacitet_app'::regrole`)).toEqual([])
    expect(
      await valueOf(
        owner,
        `select count(*)::int from pg_class where relowner = 'kapacitet_app'::regrole and relnamespace = 'public'::regnamespace`,
      ),
    ).toBe(0)
  })
})

describe('functions', () => {
  const FUNCTIONS = `pg_proc p where p.pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`

  test('those with the owner’s rights have a fixed search path, and the public may call none', async () => {
    const definers = await rowsOf(owner, `select p.proname, p.proconfig from ${FUNCTIONS} and p.prosecdef order by 1`)
    expect(definers.map((row) => row['proname'])).toEqual([
      'account_works_elsewhere',
      'append_audit_event',
      'audit_chain_faults',
      'certificate_facts_match',
      'certificate_is_in_turn',
      'claims_respect_closure',
      'closed_session_stays',
      'enrolment_follow_step',
      'funder_version_is_in_turn',
      'municipalities_with_missing_files',
      'municipalities_without_admin',
      'municipality_of',
      'register_has_no_gap',
      'resolve_login_session',
      'session_breaks_lie_within',
      'sheet_is_whole',
      'take_register_numbers',
      'training_follow_sessions',
      'verify_certificate',
    ])
    expect(definers.filter((row) => !row['proconfig']?.includes('search_path=public, pg_temp'))).toEqual([])
    expect(
      await rowsOf(
        owner,
        `select p.proname from ${FUNCTIONS} and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0)`,
      ),
    ).toEqual([])
  })

  test('the register of another municipality gives no number', async () => {
    const take = (id: string | null, count: number | null = 1) => app.query('select take_register_numbers($1, 2026, $2)', [id, count])
    for (const municipalityId of [null, a.municipalityId])
      expect((await refusalOf(within(app, municipalityId, () => take(b.municipalityId)))).code).toBe('42501')
    expect((await refusalOf(within(app, 'null', () => take(b.municipalityId)))).code).toBe('42501')
    expect((await refusalOf(within(app, a.municipalityId, () => take(null)))).code).toBe('42501')
    for (const count of [0, -3, null])
      expect((await refusalOf(within(app, a.municipalityId, () => take(a.municipalityId, count)))).code).toBe('22023')
    expect((await refusalOf(within(app, a.municipalityId, () => take(a.municipalityId)))).constraint).toBe('register_has_no_gap')
  })

  test('the chain of another municipality and of the installation is neither written nor read', async () => {
    for (const chain of [b.municipalityId, null])
      for (const municipalityId of [null, a.municipalityId, 'null']) {
        expect((await refusalOf(within(app, municipalityId, () => append(app, chain)))).code).toBe('42501')
        expect((await refusalOf(within(app, municipalityId, () => app.query('select * from audit_chain_faults($1)', [chain])))).code).toBe(
          '42501',
        )
      }
    expect(await within(app, a.municipalityId, () => rowsOf(app, 'select * from audit_chain_faults($1)', [a.municipalityId]))).toEqual([])
  })

  test('a wrong code verifies nothing, the right one says what a certificate’s holder may know', async () => {
    for (const code of [
      '',
      '%',
      '________',
      a.certificate.code.slice(0, -1),
      a.certificate.code.toLowerCase(),
      `${a.certificate.code} `,
      null,
    ])
      expect(await valueOf(app, 'select verify_certificate($1)', [code])).toBeNull()
    const found = (await valueOf(app, 'select verify_certificate($1)', [a.certificate.code])) as Row
    expect(found).toMatchObject({ facts: a.certificate.facts, factsHold: true, municipality: a.municipality.name, revokedAt: null })
    expect(Object.keys(found).sort()).toEqual(
      [
        'facts',
        'factsHash',
        'factsHold',
        'fileSha256',
        'fileSize',
        'issuedOn',
        'municipality',
        'registerNumber',
        'registerYear',
        'revocationReason',
        'revokedAt',
        'timeZone',
      ].sort(),
    )
  })

  test('an unknown login session is nobody, and the stored id is not the cookie’s', async () => {
    for (const id of ['', '%', 'x'.repeat(10_000), null]) expect(await valueOf(app, 'select resolve_login_session($1)', [id])).toBeNull()
    const cookie = a.coordinator.cookie.split('=')[1]!
    expect(await valueOf(app, 'select resolve_login_session($1)', [cookie])).toBeNull()
    expect(await rowsOf(app, `select 1 from "LoginSession" where "id" = $1`, [cookie])).toEqual([])
  })

  test('an address tells its municipality only to who works there', async () => {
    const of = (account: string, subject: string) => valueOf(app, 'select municipality_of($1, $2)', [account, subject])
    expect(await of(a.coordinator.accountId, a.training.id)).toBe(a.municipalityId)
    for (const subject of [b.training.id, b.session.id, b.first.id, b.project.id, b.course.id, b.certificate.id])
      expect(await of(a.coordinator.accountId, subject)).toBeNull()
    await within(owner, null, () =>
      owner.query(`update "RoleGrant" set "endedAt" = now() where "membershipId" = $1`, [a.trainer.membershipId]),
    )
    expect(await of(a.trainer.accountId, a.training.id)).toBeNull()
  })

  test('who works elsewhere, and where files are missing, is answered with a yes or an id and no content', async () => {
    const elsewhere = (account: string) => valueOf(app, 'select account_works_elsewhere($1, $2)', [account, a.municipalityId])
    expect([await elsewhere(a.coordinator.accountId), await elsewhere(b.coordinator.accountId)]).toEqual([false, true])
    const waiting = (await rowsOf(app, 'select municipalities_with_missing_files() as id')).map((row) => row['id'])
    expect(waiting.sort()).toEqual([a.municipalityId, b.municipalityId].sort())
    expect(await rowsOf(app, 'select municipalities_without_admin()')).toEqual([])
  })
})

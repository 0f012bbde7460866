import type { Client } from 'pg'

/** Rights of everything the app itself does; owns nothing, so row-level security and missing rights bind it. */
export const APP_ROLE = 'kapacitet_app'

/** Reasons why this database cannot hold Bulgarian names and evidence; empty when it can. Asked of the database the client is connected to. */
export async function databaseObstacles(client: Pick<Client, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ version: number; encoding: string; icu: boolean }>(`
    select current_setting('server_version_num')::int as version,
           (select pg_encoding_to_char(encoding) from pg_database where datname = current_database()) as encoding,
           exists (select from pg_collation where collname = 'bg-x-icu' and collprovider = 'i') as icu`)
  const { version, encoding, icu } = rows[0]!
  return [
    ...(version < 150000 ? [`PostgreSQL 15 or newer is needed, this server is ${Math.floor(version / 10000)}`] : []),
    ...(encoding !== 'UTF8'
      ? [`the database must be encoded in UTF8, it is ${encoding} (create it with „encoding 'UTF8' template template0“)`]
      : []),
    ...(icu
      ? []
      : ['the collation "bg-x-icu" is missing: the server was built without ICU, so Bulgarian names would neither sort nor compare']),
  ]
}

/**
 * Makes sure the app's role exists and that the connected owner may „SET ROLE“ to it. Roles belong to the whole cluster:
 * two databases starting at once may both try, so „already exists“ is no failure. Throws when the login may not create roles and it is missing.
 */
export async function ensureRoles(owner: Pick<Client, 'query'>) {
  await owner.query(`
    do $$ begin
      if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
        create role ${APP_ROLE} nologin nosuperuser nocreatedb nocreaterole nobypassrls;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`)
  const { rows } = await owner.query<{ member: boolean }>(`
    select pg_has_role(current_user, '${APP_ROLE}', case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) as member`)
  if (rows[0]!.member) return
  await owner.query(
    `do $$ begin execute format('grant ${APP_ROLE} to %I', current_user); exception when unique_violation or duplicate_object then null; end $$`,
  )
}

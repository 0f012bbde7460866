import pg from 'pg'

const NOT_OF_AN_EXTENSION = (catalogue: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`
const TABLES = `pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and t.relname <> '_prisma_migrations'`

/** Each question answers with `key` (kind and name) and `definition`; order of columns does not count. */
const QUESTIONS = [
  `select 'extension ' || extname as key, '' as definition from pg_extension where extname <> 'plpgsql'`,
  `select 'enum ' || y.typname, string_agg(e.enumlabel, ', ' order by e.enumsortorder) from pg_type y join pg_enum e on e.enumtypid = y.oid where y.typnamespace = 'public'::regnamespace group by y.typname`,
  `select 'table ' || t.relname, '' from ${TABLES}`,
  `select 'row security ' || t.relname, case when t.relforcerowsecurity then 'also for the owner' else '' end from ${TABLES} and t.relrowsecurity`,
  `select 'column ' || t.relname || '.' || a.attname,
          concat_ws(' ', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end, 'default ' || pg_get_expr(d.adbin, d.adrelid),
                    case when a.attcollation not in (0, (select oid from pg_collation where collname = 'default')) then 'collate ' || c.collname end,
                    nullif(a.attidentity::text, ''), nullif(a.attgenerated::text, ''))
     from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum left join pg_collation c on c.oid = a.attcollation, ${TABLES} and a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped`,
  `select 'index ' || t.relname || '.' || i.relname, pg_get_indexdef(i.oid)
     from pg_index x join pg_class i on i.oid = x.indexrelid, ${TABLES} and x.indrelid = t.oid and not exists (select from pg_constraint c where c.conindid = i.oid and c.contype = 'x')`,
  `select case c.contype when 'c' then 'check' when 'f' then 'foreign key' when 'p' then 'primary key' when 'u' then 'unique' when 'x' then 'exclusion' end || ' ' || t.relname || '.' || c.conname,
          pg_get_constraintdef(c.oid) from pg_constraint c, ${TABLES} and c.conrelid = t.oid and c.contype in ('c', 'f', 'p', 'u', 'x')`,
  `select 'trigger ' || t.relname || '.' || g.tgname, pg_get_triggerdef(g.oid) from pg_trigger g, ${TABLES} and g.tgrelid = t.oid and not g.tgisinternal`,
  `select 'policy ' || t.relname || '.' || p.polname, concat_ws(' ', p.polcmd, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) from pg_policy p, ${TABLES} and p.polrelid = t.oid`,
  `select 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', pg_get_functiondef(p.oid)
     from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p') and ${NOT_OF_AN_EXTENSION('pg_proc', 'p.oid')}`,
  `select 'view ' || v.relname, pg_get_viewdef(v.oid) from pg_class v where v.relnamespace = 'public'::regnamespace and v.relkind in ('v', 'm') and ${NOT_OF_AN_EXTENSION('pg_class', 'v.oid')}`,
]

/** Everything a database's `public` schema is made of, by kind and name. */
export async function catalogueOf(url: string): Promise<Map<string, string>> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const found = new Map<string, string>()
    for (const question of QUESTIONS)
      for (const { key, definition } of (
        await client.query<{ key: string; definition: string }>(`select * from (${question}) q(key, definition)`)
      ).rows)
        found.set(key, definition)
    return found
  } finally {
    await client.end()
  }
}

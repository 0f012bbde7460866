import { Refusal, say } from './command.mjs'
import { install } from './install.mjs'

/** `npm run db:migration -- <name>`: writes the next migration from what changed in the schema since the last one. Returns the exit code. */
export async function migration([name, ...rest]) {
  if (rest.length || !/^[a-z][a-z0-9_]*$/.test(name ?? ''))
    throw new Refusal('Usage: npm run db:migration -- <name>, in small Latin letters, digits and underscores.')
  await install()
  const { withTypeScript } = await import('./load-typescript.mjs')
  const written = await withTypeScript('/app/launch/write-migration.ts', ({ writeMigration }) => writeMigration(name))
  say(
    written
      ? `Written: ${written}. Read it before you commit it: rights, policies and triggers of new tables are yours to add.`
      : 'The schema has not changed since the last migration.',
  )
  return 0
}

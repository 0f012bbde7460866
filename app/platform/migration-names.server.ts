import { existsSync, readdirSync } from 'node:fs'

/** Names of the migrations in `prisma/migrations`, in the order they apply. Throws when the folder is missing. */
export function migrationNames(prismaFolder = 'prisma'): string[] {
  const folder = `${prismaFolder}/migrations`
  if (!existsSync(folder)) throw new Error(`The migrations are missing: there is no folder ${folder} in ${process.cwd()}.`)
  return readdirSync(folder)
    .filter((name) => /^\d/.test(name))
    .sort()
}

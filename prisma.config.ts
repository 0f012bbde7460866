import { defineConfig } from 'prisma/config'

// `prisma generate` looks for an engine binary it never runs; any existing file spares the download.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath
export default defineConfig({ schema: 'prisma/schema.prisma' })

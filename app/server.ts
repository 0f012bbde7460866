import cluster from 'node:cluster'
import { fileURLToPath } from 'node:url'

// The entry of `build/server`. Each kind of process loads its own part alone: the primary stays small, and the migration engine,
// which never gives its memory back, lives in a process that ends.
process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
if (cluster.isWorker) void import('./launch/web').then(({ runWeb }) => runWeb())
else if (process.argv[2] === 'prepare') void import('./launch/prepare').then(({ runPrepare }) => runPrepare())
else void import('./launch/primary').then(({ runPrimary }) => runPrimary(fileURLToPath(import.meta.url)))

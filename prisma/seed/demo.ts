import { DEMO_PASSWORD } from '~/domain/account/password'
import { hashPassword } from '~/domain/account/password-hash.server'
import type { InstallationActor } from '~/platform/actor'
import { recordEvent, recordInstallationEvent } from '~/platform/audit.server'
import { clock } from '~/platform/clock.server'
import { inInstallation, outsideMunicipalities, type Tx } from '~/platform/db.server'
import { log } from '~/platform/log.server'
import { dayOf } from '~/platform/zoned.server'
import { ACCOUNTS } from './accounts'
import { DEMO_REASON, demoImport } from './demo-id'
import { finishMunicipality } from './finish'
import { accountIdOf, layMunicipality, municipalityIdOf } from './lay-municipality'
import { layTraining, type Ground } from './lay-training'
import { MUNICIPALITIES, type DemoMunicipality } from './municipalities'
import { layPast } from './past'
import { trainingOfToday, trainingsAfter, trainingsBefore } from './present'
import { topUp } from './top-up'

/**
 * Loads the five projects with invented people into a database that has none, and tops up what is around today; run at each start of
 * the demo. What was loaded stays as the visitors have left it.
 */
export async function seedDemo(): Promise<void> {
  const began = performance.now()
  const keeper = await layAccounts()
  for (const demo of MUNICIPALITIES) {
    const ground = await outsideMunicipalities((db) => groundOf(db, demo))
    const isNew = ground === null && (await load(keeper, demo))
    await finishMunicipality(demo.key)
    if (ground && !isNew) await topUp(demo.key, ground, dayOf(clock.now(), ground.timeZone))
  }
  log('info', 'demo.seed', { milliseconds: Math.round(performance.now() - began) })
}

async function groundOf(db: Tx, { key }: DemoMunicipality): Promise<Ground | null> {
  const found = await db.municipality.findUnique({ where: { id: municipalityIdOf(key) } })
  return found && { id: found.id, key, timeZone: found.timeZone }
}

/** One municipality whole, or nothing of it. Returns whether it was this call that loaded it. */
function load(keeper: InstallationActor, demo: DemoMunicipality): Promise<boolean> {
  return inInstallation(keeper, async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('demo.load'))`
    if (await groundOf(tx, demo)) return false
    const { key } = demo
    const ground = await layMunicipality(tx, keeper, demo)
    const today = dayOf(clock.now(), ground.timeZone)
    await layPast(tx, ground, key)
    const around = [
      ...Object.values(trainingsBefore(key, today)),
      trainingOfToday(key, today),
      ...Object.values(trainingsAfter(key, today)),
    ]
    for (const training of around) await layTraining(tx, ground, training)
    await recordEvent(
      tx,
      demoImport(ground.id),
      'demo.laid',
      { type: 'municipality', id: ground.id },
      { reason: DEMO_REASON, firstDay: today },
    )
    return true
  })
}

/** The demo's accounts, those that are missing; returns the one that keeps the installation. */
async function layAccounts(): Promise<InstallationActor> {
  const rows = ACCOUNTS.map(({ login, name }) => ({ id: accountIdOf(login), login, displayName: name ?? login }))
  const keeper = { kind: 'account', accountId: rows[0]!.id, name: rows[0]!.displayName, installation: true } as const
  const known = await outsideMunicipalities((db) => db.account.count({ where: { id: { in: rows.map(({ id }) => id) } } }))
  if (known === rows.length) return keeper
  const data = await Promise.all(rows.map(async (row) => ({ ...row, passwordHash: await hashPassword(DEMO_PASSWORD) })))
  await inInstallation(keeper, async (tx) => {
    await tx.account.createMany({ data, skipDuplicates: true })
    const { count } = await tx.installationGrant.createMany({ data: { accountId: keeper.accountId }, skipDuplicates: true })
    if (count > 0)
      await recordInstallationEvent(tx, keeper, 'installation.set_up', { type: 'account', id: keeper.accountId }, { reason: DEMO_REASON })
  })
  return keeper
}

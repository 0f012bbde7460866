import { recordEvent } from '~/platform/audit.server'
import { inMunicipality } from '~/platform/db.server'
import { violated } from '~/platform/db-errors.server'
import { log } from '~/platform/log.server'
import { boundsOfDay, daysAfter } from '~/platform/zoned.server'
import { demoImport } from './demo-id'
import { layTraining, type Ground, type LaidTraining } from './lay-training'
import type { MunicipalityKey } from './municipalities'
import { trainingOfToday, trainingsAfter } from './present'

const AHEAD_DAYS = 14

/** Adds a session for `today` where the municipality has none, and coming trainings where none of the next two weeks has a free seat. */
export async function topUp(key: MunicipalityKey, ground: Ground, today: string): Promise<void> {
  const missing = await inMunicipality({ municipalityId: ground.id }, async (tx) => {
    const { from, to } = boundsOfDay(today, ground.timeZone)
    const held = await tx.session.count({ where: { municipalityId: ground.id, cancelledAt: null, startsAt: { gte: from, lt: to } } })
    const ahead = boundsOfDay(daysAfter(today, AHEAD_DAYS), ground.timeZone).to
    const coming = await tx.training.count({
      where: {
        municipalityId: ground.id,
        cancelledAt: null,
        startsAt: { gte: to, lt: ahead },
        seatsTaken: { lt: tx.training.fields.capacity },
      },
    })
    return { today: held === 0, coming: coming === 0 }
  })
  const laid = [
    ...(missing.today ? [trainingOfToday(key, today)] : []),
    ...(missing.coming ? Object.values(trainingsAfter(key, today)) : []),
  ]
  for (const training of laid) await layUnlessTaken(ground, training)
}

/** A trainer or a training that is there already is no reason to stop the start: then this one is left out. */
async function layUnlessTaken(ground: Ground, training: LaidTraining) {
  try {
    await inMunicipality({ municipalityId: ground.id }, async (tx) => {
      await layTraining(tx, ground, training)
      const payload = { sessions: training.sessions.map(({ day }) => day).join(', ') }
      await recordEvent(tx, demoImport(ground.id), 'demo.topped_up', { type: 'training', id: training.id }, payload)
    })
  } catch (error) {
    if (!violated(error, 'session_leader_is_free', 'Training_pkey', 'P2002')) throw error
    log('info', 'demo.left_out', { training: training.id })
  }
}

import type { Tx } from '~/platform/db.server'
import type { Record } from '~/domain/attendance/attendance'
import { demoId } from './demo-id'
import { accountIdOf, personIdOf } from './lay-municipality'
import { layTraining, PRESENT, type Ground, type LaidSession, type LaidTraining } from './lay-training'
import type { MunicipalityKey } from './municipalities'

const dayFrom10 = (day: string): LaidSession => ({ day, from: '10:00', to: '16:00', breaks: [['12:30', '13:30']] })

const CHERNOOCHENE_NOTE =
  'Съобщението на общината посочва само месеците март, април и май. Годината 2023, датите, часовете, темата, обучителят и имената са измислени за демонстрацията.'
const ELENA_NOTE =
  'Съобщението на общината посочва, че 3 служители ще преминат обучения по стандартите за качество. Датите, часовете, обучителят и имената са измислени за демонстрацията.'

const LATE: Record = { mark: 'present', lateMinutes: 20, leftEarlyMinutes: 0 }

function chernoochene(): LaidTraining[] {
  const [all, second, third] = [0, 1, 2].map((index) => personIdOf('chernoochene', 'administration', index)) as [string, string, string]
  const month = (day: string, approved: string[]): LaidTraining => ({
    id: demoId('chernoochene', 'training', day),
    course: 'qualification',
    trainerAccountId: accountIdOf('trainer@elena.example'),
    place: 'Заседателна зала на общината',
    capacity: 10,
    note: CHERNOOCHENE_NOTE,
    projectId: demoId('chernoochene', 'project'),
    activityId: demoId('chernoochene', 'activity', 8),
    sessions: [dayFrom10(day)],
    people: { approved },
    marks: () => PRESENT,
  })
  return [month('2023-03-22', [all, second]), month('2023-04-19', [all, third]), month('2023-05-17', [all])]
}

function elena(): LaidTraining[] {
  const approved = [0, 1, 2].map((index) => personIdOf('elena', 'administration', index))
  const training = (name: string, days: string[], marks: LaidTraining['marks']): LaidTraining => ({
    id: demoId('elena', 'training', name),
    course: 'standards',
    trainerAccountId: accountIdOf('trainer@elena.example'),
    place: 'Заседателна зала на общината',
    capacity: 12,
    note: ELENA_NOTE,
    projectId: demoId('elena', 'project'),
    activityId: demoId('elena', 'activity', 1),
    sessions: days.map(dayFrom10),
    people: { approved },
    marks,
  })
  return [
    training('june', ['2023-06-14', '2023-06-15'], (index, session) => (index === 1 && session === 0 ? LATE : PRESENT)),
    training('october', ['2023-10-11'], () => PRESENT),
    training('february', ['2024-02-21', '2024-02-22'], () => PRESENT),
  ]
}

/** What was done under the projects, oldest first. */
export const pastOf = (key: MunicipalityKey): LaidTraining[] => (key === 'chernoochene' ? chernoochene() : key === 'elena' ? elena() : [])

export async function layPast(tx: Tx, ground: Ground, key: MunicipalityKey): Promise<void> {
  for (const training of pastOf(key)) await layTraining(tx, ground, training)
}

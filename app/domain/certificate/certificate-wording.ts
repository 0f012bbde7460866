import { formatDateRange, formatHours, formatMinutes, formatNumber, formatTimeRange } from '~/i18n/format'
import type { CertificateFacts } from './certificate-facts'

type Session = CertificateFacts['training']['sessions'][number]

/** A labelled fact; each value begins on a line of its own. */
export interface FactRow {
  label: string
  values: string[]
}

/** More sessions than this are listed in the annex. */
const SESSIONS_IN_PLACE = 3

const KIND_WORDS: Record<CertificateFacts['course']['kind'], string> = {
  introductory: 'въвеждащо обучение',
  upgrading: 'надграждащо обучение',
  specialised: 'специализирано обучение',
  management: 'управленско обучение',
  other: 'обучение',
}

const FORM_WORDS: Record<CertificateFacts['training']['form'], string> = {
  in_person: 'присъствена',
  online: 'дистанционна',
  mixed: 'смесена (присъствена и дистанционна)',
}

/** Returns „надграждащо обучение на тема“. */
export function kindWords({ course }: CertificateFacts): string {
  return `${KIND_WORDS[course.kind]} на тема`
}

/** Returns „за участие в надграждащо обучение на тема“. */
export function participationWords(facts: CertificateFacts): string {
  return `за участие в ${kindWords(facts)}`
}

/** Returns the text in „“; a text that begins with a quotation mark of its own stays as it is. */
export function quoted(text: string): string {
  return /^[„“"«]/.test(text.trim()) ? text.trim() : `„${text.trim()}“`
}

export function sessionsNeedAnnex({ training }: CertificateFacts): boolean {
  return training.sessions.length > SESSIONS_IN_PLACE
}

/** Returns period, form, place, hours, presence and trainer: what every certificate says of its training. */
export function trainingRows(facts: CertificateFacts): FactRow[] {
  const { training, scheduledMinutes, attendedMinutes, requiredSharePercent, academicHourMinutes, ordinal } = facts
  const { sessions } = training
  const percent = Math.floor((attendedMinutes * 100) / scheduledMinutes)
  const count = `${sessions.length} ${sessions.length === 1 ? 'занятие' : 'занятия'}`
  return [
    { label: sessions.length === 1 ? 'Дата и час' : 'Период', values: periodValues(facts) },
    { label: training.place ? 'Форма и място' : 'Форма', values: [[FORM_WORDS[training.form], training.place].filter(Boolean).join('; ')] },
    {
      label: 'Хорариум',
      values: [
        `${formatHours(scheduledMinutes, academicHourMinutes, 'bg')} в ${count}; един академичен час е ${academicHourMinutes} минути`,
      ],
    },
    {
      label: 'Присъствие',
      values: [
        `${formatHours(attendedMinutes, academicHourMinutes, 'bg')}, ${percent} % от хорариума при изисквани поне ${formatNumber(requiredSharePercent, 'bg')} %`,
      ],
    },
    { label: 'Обучител', values: [training.trainer] },
    ...(ordinal > 1 ? [{ label: 'Поредност', values: [`удостоверение № ${ordinal} на лицето за това обучение`] }] : []),
  ]
}

/** Returns legal basis and project: on what the training stands. */
export function basisRows({ course, project }: CertificateFacts): FactRow[] {
  const number = project?.number ? `№ ${project.number}` : null
  const title = project?.title ? quoted(project.title) : null
  return [
    ...row('Основание', course.legalBasis),
    ...row('Проект', [number, title].filter(Boolean).join(', ') || null),
    ...row('Дейност', project?.activity ?? null),
    ...row('Финансиране', project?.funding ?? null),
  ]
}

/** Returns a line for each session and one for their sum: number, day and hours, scheduled and attended time. */
export function sessionLines(facts: CertificateFacts): string[][] {
  const { timeZone } = facts
  const lines = sessionsInOrder(facts).map(({ startsAt, endsAt, scheduledMinutes, attendedMinutes }, index) => [
    `${index + 1}`,
    formatTimeRange(startsAt, endsAt, 'bg', timeZone),
    formatMinutes(scheduledMinutes, 'bg'),
    formatMinutes(attendedMinutes, 'bg'),
  ])
  return [...lines, ['', 'Общо', formatMinutes(facts.scheduledMinutes, 'bg'), formatMinutes(facts.attendedMinutes, 'bg')]]
}

function row(label: string, value: string | null): FactRow[] {
  return value ? [{ label, values: [value] }] : []
}

function sessionsInOrder({ training }: CertificateFacts): Session[] {
  return [...training.sessions].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
}

function periodValues(facts: CertificateFacts): string[] {
  const { timeZone } = facts
  const sessions = sessionsInOrder(facts)
  if (!sessionsNeedAnnex(facts)) return sessions.map(({ startsAt, endsAt }) => formatTimeRange(startsAt, endsAt, 'bg', timeZone))
  const begins = new Date(Math.min(...sessions.map(({ startsAt }) => Date.parse(startsAt))))
  const ends = new Date(Math.max(...sessions.map(({ endsAt }) => Date.parse(endsAt))))
  return [`${formatDateRange(begins, ends, 'bg', timeZone)}; занятията са изброени в приложението`]
}

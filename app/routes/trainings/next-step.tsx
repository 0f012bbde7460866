import type { SerializeFrom } from '@remix-run/node'
import { PENDING_STATES } from '~/domain/enrolment/enrolment'
import type { TrainingPage } from '~/domain/training/training-page.server'
import { enrolmentWords } from '~/i18n/enrolment'
import { trainingWords } from '~/i18n/training'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { Notice } from '~/ui/notice'

type Page = SerializeFrom<TrainingPage>

/** Returns what the role most often comes to this training for, or null where it only reads. */
export function primaryOf({ training, may }: Pick<Page, 'training' | 'may'>) {
  if (may.issue && training.state === 'past') return 'certificates'
  if (may.enrol) return 'enrol'
  if (may.record && training.state !== 'cancelled') return 'attendance'
  if (may.nominate) return 'nominate'
  return may.request ? 'request' : null
}

/** The one button of the page. */
export function PrimaryAction({ page }: { page: Page }) {
  const t = useT(trainingWords)
  const words = useT(enrolmentWords)
  const action = primaryOf(page)
  if (!action) return null
  return (
    <LinkButton variant="primary" to={`/trainings/${page.training.id}/${action}`}>
      {action === 'certificates' ? t('certificates') : action === 'attendance' ? t('mark') : words(action)}
    </LinkButton>
  )
}

/** What waits to be done in this training by the one who looks, besides the page's own action; nothing where nothing does. */
export function NextStep({ page: { training, sessions, counts, certificates, may } }: { page: Page }) {
  const t = useT(trainingWords)
  const format = useFormat()
  const pending = PENDING_STATES.reduce((sum, state) => sum + (counts?.[state] ?? 0), 0)
  const unmarked = sessions.find((session) => !session.isCancelled && session.hasBegun && session.marked === 0)
  const steps = [
    may.enrol && pending > 0
      ? {
          text: t('nextDecide', { count: pending }),
          to: `?state=${counts?.requested ? 'requested' : 'nominated'}#people`,
          label: t('nextDecideAction'),
        }
      : null,
    may.record && unmarked && training.seatsTaken > 0
      ? {
          text: t('nextMark', { when: format.timeRange(unmarked.startsAt, unmarked.endsAt) }),
          to: `/trainings/${training.id}/attendance?session=${unmarked.id}`,
          label: t('mark'),
        }
      : null,
    may.issue && training.state === 'past' && certificates === 0 && !unmarked && training.seatsTaken > 0
      ? { text: t('nextIssue'), to: `/trainings/${training.id}/certificates`, label: t('nextIssueAction') }
      : null,
  ].filter((step) => step !== null)
  if (steps.length === 0) return null
  return (
    <Notice tone="info" title={t('nextStep')}>
      {steps.map((step) => (
        <p key={step.to}>
          {step.text}{' '}
          <LinkButton small to={step.to}>
            {step.label}
          </LinkButton>
        </p>
      ))}
    </Notice>
  )
}

import type { SerializeFrom } from '@remix-run/node'
import { PENDING_STATES } from '~/domain/enrolment/enrolment'
import type { TrainingPage } from '~/domain/training/training-page.server'
import { enrolmentWords } from '~/i18n/enrolment'
import { trainingWords } from '~/i18n/training'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { Notice } from '~/ui/notice'

type Page = SerializeFrom<TrainingPage>

/** The one button of the page: what the role most often comes here for. */
export function PrimaryAction({ page: { training, may } }: { page: Page }) {
  const t = useT(trainingWords)
  const words = useT(enrolmentWords)
  const action =
    may.issue && training.state === 'past'
      ? { to: 'certificates', label: t('certificates') }
      : may.enrol
        ? { to: 'enrol', label: words('enrol') }
        : may.record && training.state !== 'cancelled'
          ? { to: 'attendance', label: t('mark') }
          : may.nominate
            ? { to: 'nominate', label: words('nominate') }
            : may.request
              ? { to: 'request', label: words('request') }
              : null
  if (!action) return null
  return (
    <LinkButton variant="primary" to={`/trainings/${training.id}/${action.to}`}>
      {action.label}
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

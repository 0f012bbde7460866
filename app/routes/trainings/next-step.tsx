import type { SerializeFrom } from '@remix-run/node'
import { PENDING_STATES } from '~/domain/enrolment/enrolment'
import type { TrainingPage } from '~/domain/training/training-page.server'
import { enrolmentWords } from '~/i18n/enrolment'
import { trainingWords } from '~/i18n/training'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { Notice } from '~/ui/notice'

type Page = SerializeFrom<TrainingPage>
type Asked = Pick<Page, 'training' | 'sessions' | 'certificates' | 'scanIn' | 'may'>
export type Primary = {
  action: 'attendance' | 'checkIn' | 'checkOut' | 'close' | 'certificates' | 'enrol' | 'nominate' | 'request'
  to: string
}

/** Of the sessions that can be marked and are not whole: the one that is on, else the first that was left. */
function toMark({ sessions, training, may }: Asked, ready: 'hasBegun' | 'canBeMarked') {
  if (!may.record || training.state === 'cancelled') return null
  const open = sessions.filter((one) => !one.isCancelled && !one.isClosed && one[ready] && (one.marked ?? 0) < training.seatsTaken)
  return open.find(({ isOver }) => !isOver) ?? open[0] ?? null
}

/** The first session that is over and whole, and whose sheet is still open. */
function toClose({ sessions, training, may }: Asked) {
  if (!may.record || training.state === 'cancelled' || training.seatsTaken === 0) return null
  return sessions.find((one) => !one.isCancelled && !one.isClosed && one.isOver && (one.marked ?? 0) >= training.seatsTaken) ?? null
}

/** Returns what the one who looks most often comes to this training for as it stands now, or null where he only reads. */
export function primaryOf(page: Asked): Primary | null {
  const { training, may, scanIn, certificates } = page
  const base = `/trainings/${training.id}`
  const begun = toMark(page, 'hasBegun')
  if (begun) return { action: 'attendance', to: `${base}/attendance?session=${begun.id}` }
  if (scanIn) return { action: scanIn.kind === 'check_in' ? 'checkIn' : 'checkOut', to: `/sessions/${scanIn.sessionId}/check-in` }
  const whole = toClose(page)
  // whoever also enrols people closes the sheets when no more of them come
  if (whole && (training.state === 'past' || !may.enrol)) return { action: 'close', to: `${base}/attendance/close?session=${whole.id}` }
  const isAboutPeople = training.seatsTaken > 0 || !!certificates
  if (may.issue && training.state === 'past' && isAboutPeople) return { action: 'certificates', to: `${base}/certificates` }
  if (may.enrol) return { action: 'enrol', to: `${base}/enrol` }
  const soon = toMark(page, 'canBeMarked')
  if (soon) return { action: 'attendance', to: `${base}/attendance?session=${soon.id}` }
  if (may.nominate) return { action: 'nominate', to: `${base}/nominate` }
  return may.request ? { action: 'request', to: `${base}/request` } : null
}

/** The one button of the page. */
export function PrimaryAction({ action, to }: Primary) {
  const t = useT(trainingWords)
  const words = useT(enrolmentWords)
  const label =
    action === 'attendance'
      ? t('mark')
      : action === 'checkIn'
        ? t('checkInNow')
        : action === 'checkOut'
          ? t('checkOutNow')
          : action === 'close'
            ? t('closeSheet')
            : action === 'certificates'
              ? t('certificates')
              : words(action)
  return (
    <LinkButton variant="primary" to={to}>
      {label}
    </LinkButton>
  )
}

/** What waits to be done in this training by the one who looks; what the page's own action leads to has no button of its own here. */
export function NextStep({ page, primary }: { page: Page; primary: Primary | null }) {
  const { training, counts, certificates, may } = page
  const t = useT(trainingWords)
  const format = useFormat()
  const pending = PENDING_STATES.reduce((sum, state) => sum + (counts?.[state] ?? 0), 0)
  const open = toMark(page, 'hasBegun')
  const whole = toClose(page)
  const steps = [
    may.enrol && pending > 0
      ? {
          text: t('nextDecide', { count: pending }),
          to: `?state=${counts?.requested ? 'requested' : 'nominated'}#people`,
          label: t('nextDecideAction'),
        }
      : null,
    open
      ? {
          text: t(open.marked ? 'nextMarkRest' : 'nextMark', { when: format.timeRange(open.startsAt, open.endsAt) }),
          to: `/trainings/${training.id}/attendance?session=${open.id}`,
          label: t('mark'),
        }
      : null,
    whole
      ? {
          text: t('nextClose', { when: format.timeRange(whole.startsAt, whole.endsAt) }),
          to: `/trainings/${training.id}/attendance/close?session=${whole.id}`,
          label: t('closeSheet'),
        }
      : null,
    may.issue && training.state === 'past' && certificates === 0 && !open && !whole && training.seatsTaken > 0
      ? { text: t('nextIssue'), to: `/trainings/${training.id}/certificates`, label: t('nextIssueAction') }
      : null,
  ].filter((step) => step !== null)
  if (steps.length === 0) return null
  return (
    <Notice tone="info" title={t('nextStep')}>
      {steps.map((step) => (
        <p key={step.to}>
          {step.text}{' '}
          {step.to === primary?.to ? null : (
            <LinkButton small to={step.to}>
              {step.label}
            </LinkButton>
          )}
        </p>
      ))}
    </Notice>
  )
}

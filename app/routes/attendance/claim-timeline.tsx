import type { SerializeFrom } from '@remix-run/node'
import type { claimHistory } from '~/domain/attendance/claim-history.server'
import { attendanceWords } from '~/i18n/attendance'
import { correctionWords } from '~/i18n/correction'
import { useFormat, useT } from '~/i18n/use-language'
import { Timeline } from '~/ui/status'
import { useRecordWords } from './words'

export type History = Omit<SerializeFrom<Awaited<ReturnType<typeof claimHistory>>>, 'person'>

/** Every claim in the order they came: what it said, who made it and when, what it replaced and why. */
export function ClaimTimeline({ claims }: { claims: History['claims'] }) {
  const t = useT(correctionWords)
  const words = useT(attendanceWords)
  const format = useFormat()
  const say = useRecordWords()
  return (
    <Timeline
      events={claims.map((claim) => {
        const details = [
          claim.replaces.length > 0 ? t('replaces', { numbers: claim.replaces.join(', ') }) : '',
          claim.waitedOnDevice ? t('received', { when: format.dateTime(claim.receivedAt) }) : '',
          claim.deviceAt ? t('deviceClock', { when: format.dateTime(claim.deviceAt) }) : '',
          claim.reason ? words('reason', { reason: claim.reason }) : '',
        ].filter(Boolean)
        const { mark, lateMinutes, leftEarlyMinutes } = claim
        const kind = words(`claim.${claim.kind}`)
        return {
          id: claim.id,
          when: `${t('number', { number: claim.ordinal })} · ${format.dateTime(claim.madeAt)}`,
          title: mark ? `${claim.kind === 'mark' ? '' : `${kind}: `}${say({ mark, lateMinutes, leftEarlyMinutes })}` : kind,
          who: words('by', { name: claim.authorName, source: words(`source.${claim.source}`) }),
          detail: details.length > 0 ? details.map((line) => <p key={line}>{line}</p>) : undefined,
        }
      })}
    />
  )
}

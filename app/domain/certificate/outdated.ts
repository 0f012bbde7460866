import type { CertificateFacts } from './certificate-facts'

type Held = { startsAt: Date; attendedMinutes: number | null }

/** Whether the minutes a certificate froze, session by session, are no longer those of the sheets. */
export function isOutdated({ training }: Pick<CertificateFacts, 'training'>, held: readonly Held[]): boolean {
  const frozen = new Map(training.sessions.map(({ startsAt, attendedMinutes }) => [+new Date(startsAt), attendedMinutes]))
  return held.length !== frozen.size || held.some(({ startsAt, attendedMinutes }) => frozen.get(+startsAt) !== attendedMinutes)
}

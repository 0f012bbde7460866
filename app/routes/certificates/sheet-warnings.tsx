import { Link } from '@remix-run/react'
import { certificateWords } from '~/i18n/certificate'
import { listName, type NameParts } from '~/i18n/format'
import { useFormat, useT } from '~/i18n/use-language'
import { Notice } from '~/ui/notice'

type OpenSheet = { id: string; startsAt: Date; endsAt: Date }

/** That certificates would rest on sheets that can still change; a warning, for the coordinator decides. */
export function OpenSheets({ trainingId, sheets }: { trainingId: string; sheets: OpenSheet[] }) {
  const t = useT(certificateWords)
  const format = useFormat()
  if (sheets.length === 0) return null
  return (
    <Notice tone="warn" title={t('openSheets.title', { count: sheets.length })}>
      <p>{t('openSheets.text', { count: sheets.length })}</p>
      <ul>
        {sheets.map(({ id, startsAt, endsAt }) => (
          <li key={id}>
            <Link to={`/trainings/${trainingId}/attendance?session=${id}`}>{format.timeRange(startsAt, endsAt)}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

type Certified = NameParts & { isOutdated: boolean; last: { id: string; registerNumber: number; registerYear: number } | null }

/** Whose certificate says other minutes than the sheets do now. */
export function OutdatedCertificates({ people }: { people: Certified[] }) {
  const t = useT(certificateWords)
  const format = useFormat()
  const outdated = people.filter(({ isOutdated }) => isOutdated)
  if (outdated.length === 0) return null
  return (
    <Notice tone="warn" title={t('outdated.title', { count: outdated.length })}>
      <p>{t('outdated.text', { count: outdated.length })}</p>
      <ul>
        {outdated.map(({ last, ...name }) => (
          <li key={last!.id}>
            <Link to={`/certificates/${last!.id}`}>{format.registerNumber(last!.registerNumber, last!.registerYear)}</Link> {listName(name)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

import { homeWords } from '~/i18n/home'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { Section } from '~/ui/page-header'
import { StatusChip } from '~/ui/status'
import { useTitle } from '../trainings/title'
import { Row, ShortList, type Home } from './list'

/** Coming trainings with free seats: where a manager may nominate and an employee may ask. */
export function Offers({ page: { offers, is } }: { page: Home }) {
  const t = useT(homeWords)
  const format = useFormat()
  const titleOf = useTitle()
  if (!is.manager && !(is.employee && is.inTheStaff)) return null
  return (
    <Section title={t('offers')} id="offers">
      {offers.rows.length === 0 ? (
        <p>{t('noOffers')}</p>
      ) : (
        <ShortList more={offers.more} to="/trainings" label={t('offers')}>
          {offers.rows.map((row) => (
            <Row
              key={row.trainingId}
              to={`/trainings/${row.trainingId}`}
              title={titleOf(row)}
              detail={[format.dateRange(row.startsAt, row.endsAt), row.place ? format.place(row.place) : t('online')]}
            >
              <StatusChip tone="info">{t('free', { count: row.free })}</StatusChip>
              <LinkButton small to={`/trainings/${row.trainingId}/${is.manager ? 'nominate' : 'request'}`}>
                {is.manager ? t('nominate') : t('ask')}
              </LinkButton>
            </Row>
          ))}
        </ShortList>
      )}
    </Section>
  )
}

/** One's own certificates of the last weeks; nothing where there are none. */
export function NewCertificates({ page: { certificates } }: { page: Home }) {
  const t = useT(homeWords)
  const format = useFormat()
  const titleOf = useTitle()
  if (certificates.rows.length === 0) return null
  return (
    <Section title={t('certificates')} id="certificates">
      <ShortList more={certificates.more} to="/certificates" label={t('certificates')}>
        {certificates.rows.map((row) => (
          <Row
            key={row.id}
            to={`/certificates/${row.id}`}
            title={titleOf(row)}
            detail={[t('certificateNumber', { number: String(row.registerNumber), date: format.date(row.issuedOn) })]}
          >
            {row.hasFile ? (
              <LinkButton small document to={`/certificates/${row.id}.pdf`}>
                {t('download')}
              </LinkButton>
            ) : (
              <StatusChip>{t('fileSoon')}</StatusChip>
            )}
          </Row>
        ))}
      </ShortList>
    </Section>
  )
}

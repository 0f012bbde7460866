import { common } from '~/i18n/common'
import { fullName } from '~/i18n/format'
import { homeWords } from '~/i18n/home'
import { useFormat, useT } from '~/i18n/use-language'
import { Section } from '~/ui/page-header'
import { useTitle } from '../trainings/title'
import { EnrolmentChip } from '../trainings/words'
import { Row, ShortList, type Home } from './list'

/** How the requests and nominations of a manager's people, and an employee's own, stand: undecided, waiting for a seat, refused. */
export function Nominations({ page: { nominations } }: { page: Home }) {
  const t = useT(homeWords)
  const words = useT(common)
  const format = useFormat()
  const titleOf = useTitle()
  if (nominations.rows.length === 0) return null
  return (
    <Section title={t('nominations')} id="nominations">
      {nominations.rows.some(({ isOwn }) => !isOwn) ? <Note>{t('nominationsNote')}</Note> : null}
      {nominations.rows.some(({ isOwn }) => isOwn) ? <Note>{t('nominationsNoteOwn')}</Note> : null}
      <ShortList more={nominations.more} to="/trainings" label={t('nominations')}>
        {nominations.rows.map((row) => (
          <Row
            key={row.enrolmentId}
            to={`/trainings/${row.trainingId}/enrolments/${row.enrolmentId}`}
            title={row.isOwn ? titleOf(row) : fullName(row)}
            detail={[
              row.isOwn ? null : row.position,
              row.employeeNumber ? words('employeeNumber', { number: row.employeeNumber }) : null,
              row.isOwn ? null : titleOf(row),
              row.startsAt ? format.date(row.startsAt) : null,
            ]}
          >
            <EnrolmentChip state={row.state} />
          </Row>
        ))}
      </ShortList>
    </Section>
  )
}

const Note = ({ children }: { children: string }) => (
  <p className="mb-2">
    <small>{children}</small>
  </p>
)

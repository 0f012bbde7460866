import { Link } from '@remix-run/react'
import type { CertificateState } from '~/domain/certificate/certificate'
import type { EnrolmentState } from '~/domain/enrolment/enrolment'
import { attendanceFileWords } from '~/i18n/attendance-file'
import { certificateWords } from '~/i18n/certificate'
import { enrolmentWords } from '~/i18n/enrolment'
import { personWords } from '~/i18n/person'
import { useFormat, useT } from '~/i18n/use-language'
import { DataTable } from '~/ui/data-table'
import { ExportMenu } from '~/ui/export-menu'
import { Section } from '~/ui/page-header'
import { StateChip } from '../certificates/state-chip'

type Training = {
  trainingId: string
  title: string
  startsAt: string | Date | null
  endsAt: string | Date | null
  state: EnrolmentState | null
  sessions: number
  isCounted: boolean
  present: number
  attendedMinutes: number
}

/** The trainings of a person with what was attended, and the sum of the hours. */
export function TrainingsTable({
  personId,
  trainings,
  attendedMinutes,
  opens,
}: {
  personId: string
  trainings: Training[]
  attendedMinutes: number
  /** Whether the trainings themselves may be opened. */
  opens: boolean
}) {
  const t = useT(personWords)
  const files = useT(attendanceFileWords)
  const enrolment = useT(enrolmentWords)
  const format = useFormat()
  return (
    <Section title={t('trainings')} id="trainings" action={<ExportMenu to={`/staff/${personId}`} label={files('takeAttendance')} />}>
      <DataTable
        caption={t('trainings')}
        captionHidden
        rows={trainings}
        rowKey={({ trainingId }) => trainingId}
        rowTo={opens ? ({ trainingId }) => `/trainings/${trainingId}` : undefined}
        columns={[
          { key: 'training', header: t('training'), cell: ({ title }) => title },
          {
            key: 'dates',
            header: t('dates'),
            cell: ({ startsAt, endsAt }) => (startsAt && endsAt ? format.dateRange(startsAt, endsAt) : t('noDates')),
          },
          { key: 'state', header: t('state'), cell: ({ state }) => (state ? enrolment(`state.${state}`) : t('notEnrolled')) },
          {
            key: 'present',
            header: t('present'),
            numeric: true,
            cell: ({ present, sessions, isCounted }) => (isCounted ? t('presentOf', { present, sessions }) : t('notYet')),
          },
          {
            key: 'hours',
            header: t('hours'),
            numeric: true,
            cell: (row) => (row.isCounted ? format.hours(row.attendedMinutes) : t('notYet')),
          },
        ]}
        totals={trainings.length > 0 ? { training: t('total'), hours: format.hours(attendedMinutes) } : undefined}
        empty={<p>{t('noTrainings')}</p>}
      />
      {format.hoursAddUp(trainings.map((one) => one.attendedMinutes)) ? null : <p className="field-hint">{t('roundedNote')}</p>}
    </Section>
  )
}

type Certificate = { id: string; number: string; issuedOn: string; title: string; state: CertificateState }

/** The certificates of a person, each leading to its file. */
export function CertificatesTable({ certificates }: { certificates: Certificate[] }) {
  const t = useT(personWords)
  const ofCertificate = useT(certificateWords)
  const format = useFormat()
  return (
    <Section title={t('certificates')} id="certificates">
      <DataTable
        caption={t('certificates')}
        captionHidden
        rows={certificates}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'certificate',
            header: t('certificate'),
            cell: ({ id, number, issuedOn }) => (
              <Link to={`/certificates/${id}.pdf`} reloadDocument>
                {t('certificateNumber', { number, date: format.date(issuedOn) })}
              </Link>
            ),
          },
          { key: 'training', header: t('training'), cell: ({ title }) => title },
          { key: 'state', header: ofCertificate('state'), cell: ({ state }) => <StateChip state={state} /> },
        ]}
        empty={<p>{t('noCertificates')}</p>}
      />
    </Section>
  )
}

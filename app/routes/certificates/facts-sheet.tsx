import type { CertificateView } from '~/domain/certificate/certificate-view'
import { unbrokenHours } from '~/i18n/format'
import { DataTable } from '~/ui/data-table'
import { EuBlock } from '~/ui/eu-block'
import { Section } from '~/ui/page-header'
import { DescriptionList } from '~/ui/status'

type Label = 'facts' | 'topics' | 'sessions' | 'session' | 'sessionTime' | 'scheduled' | 'attended'

/** Every frozen fact of a certificate, in Bulgarian as on the printed page. */
export function FactsSheet({ view, t }: { view: CertificateView; t: (label: Label) => string }) {
  return (
    <>
      {view.euFunded ? <EuBlock /> : null}
      <Section title={t('facts')}>
        <div lang="bg">
          <DescriptionList
            items={view.rows.map(({ label, values }) => ({
              label,
              value: values.map((value) => (
                <span key={value} className="value-line">
                  {value}
                </span>
              )),
            }))}
          />
        </div>
      </Section>
      {view.topics.length > 0 ? (
        <Section title={t('topics')}>
          <ul lang="bg">
            {view.topics.map((topic) => (
              <li key={topic}>{topic}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t('sessions')}>
        <DataTable
          caption={t('sessions')}
          captionHidden
          rows={view.sessions}
          rowKey={([number, time]) => number || time!}
          columns={[
            {
              key: 'time',
              header: t('sessionTime'),
              cell: ([number, time]) => unbrokenHours(number ? `${t('session')} ${number} · ${time}` : (time ?? '')),
            },
            { key: 'scheduled', header: t('scheduled'), numeric: true, cell: ([, , scheduled]) => scheduled },
            { key: 'attended', header: t('attended'), numeric: true, cell: ([, , , attended]) => attended },
          ]}
        />
      </Section>
    </>
  )
}

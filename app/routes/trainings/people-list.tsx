import type { SerializeFrom } from '@remix-run/node'
import Users from 'lucide-react/icons/users'
import { ENROLMENT_STATES } from '~/domain/enrolment/enrolment'
import type { TrainingPage } from '~/domain/training/training-page.server'
import { enrolmentWords } from '~/i18n/enrolment'
import { trainingWords } from '~/i18n/training'
import { useFormat, useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { DataTable } from '~/ui/data-table'
import { ListCount, ListToolbar, Pagination } from '~/ui/list-toolbar'
import { Section } from '~/ui/page-header'
import { EmptyState, PersonChip, Stat, Stats } from '~/ui/status'
import { EnrolmentChip } from './words'

type Page = SerializeFrom<TrainingPage>

/** The people of a training the actor may see, each with state; the row opens the enrolment. */
export function PeopleList({
  trainingId,
  people,
  counts,
  may,
  primary,
}: {
  trainingId: string
  people: NonNullable<Page['people']>
  counts: Page['counts']
  may: Page['may']
  /** The page's own action, which is not offered here once more. */
  primary: string | null
}) {
  const t = useT(enrolmentWords)
  const words = useT(trainingWords)
  const format = useFormat()
  const choose = may.enrol ? 'enrol' : may.nominate ? 'nominate' : null
  const actions = (
    <>
      {choose && choose !== primary ? (
        <LinkButton small to={`/trainings/${trainingId}/${choose}`}>
          {t(choose)}
        </LinkButton>
      ) : null}
      {may.issue && primary !== 'certificates' ? (
        <LinkButton small to={`/trainings/${trainingId}/certificates`}>
          {words('certificates')}
        </LinkButton>
      ) : null}
    </>
  )
  return (
    <Section title={t('people')} id="people" action={actions}>
      {counts ? (
        <Stats>
          {ENROLMENT_STATES.map((state) =>
            counts[state] ? (
              <Stat
                key={state}
                value={format.number(counts[state])}
                label={t(`${counts[state] === 1 ? 'state' : 'stateOfMany'}.${state}`)}
                to={`?state=${state}#people`}
              />
            ) : null,
          )}
        </Stats>
      ) : null}
      {may.enrol || may.nominate ? (
        <ListToolbar
          filters={[
            {
              name: 'state',
              label: t('filterState'),
              empty: t('all'),
              options: ENROLMENT_STATES.map((state) => ({ value: state, label: t(`stateOfMany.${state}`) })),
            },
          ]}
        />
      ) : null}
      {people.total > 0 ? <ListCount total={people.total} noun={(count) => t('count', count)} /> : null}
      <DataTable
        caption={t('people')}
        captionHidden
        rows={people.rows}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'person',
            header: t('person'),
            cell: ({ id, name, position, service, number }) => (
              <PersonChip
                name={name}
                position={position}
                service={service}
                number={number}
                to={`/trainings/${trainingId}/enrolments/${id}`}
              />
            ),
          },
          { key: 'state', header: t('stateHead'), cell: ({ state }) => <EnrolmentChip state={state} /> },
          { key: 'since', header: t('since'), cell: ({ since }) => format.date(since) },
        ]}
        empty={<EmptyState icon={Users} title={people.state ? t('nobodyInState') : t('nobody')} />}
      />
      <Pagination page={people.page} total={people.total} rowsPerPage={people.rowsPerPage} />
    </Section>
  )
}

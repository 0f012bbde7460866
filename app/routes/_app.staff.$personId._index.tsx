import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import Pencil from 'lucide-react/icons/pencil'
import { transliterate } from '~/domain/person/latin'
import { fullName, isHeldOn, workplace } from '~/domain/person/person'
import { minutesAttended, personRecord } from '~/domain/person/person-record.server'
import { findPerson } from '~/domain/person/person.server'
import { can } from '~/domain/policy'
import { common } from '~/i18n/common'
import { pageTitle } from '~/i18n/page-title'
import { personWords } from '~/i18n/person'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, idOf } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { PageHeader, Section } from '~/ui/page-header'
import { DescriptionList, StatusChip, Timeline } from '~/ui/status'
import { CertificatesTable, TrainingsTable } from './staff/person-record-table'

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => pageTitle(matches, data?.name)

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const person = await findPerson(actor, idOf(args.params.personId))
    const record = await personRecord(actor, person)
    const seesFacts = can(actor, 'staff.list', null) || can(actor, 'person.record', person)
    const { id, posts, isInvented, today, latinName, employeeNumber, sex, firstInSocialSystemOn } = person
    const name = fullName(person)
    const suggested = transliterate(name)
    return {
      id,
      name,
      isInvented,
      posts: (seesFacts ? posts : posts.filter((post) => isHeldOn(post, today))).map((post) => ({
        ...post,
        isHeld: isHeldOn(post, today),
      })),
      facts: seesFacts
        ? {
            latinName: latinName ?? suggested,
            isSuggested: (latinName ?? suggested) === suggested,
            employeeNumber,
            sex,
            firstInSocialSystemOn,
          }
        : null,
      record: record && { ...record, attendedMinutes: minutesAttended(record.trainings) },
      seesCertificates: can(actor, 'person.record', person),
      may: { list: can(actor, 'staff.list', null), manage: can(actor, 'staff.manage', null), trainings: can(actor, 'training.list', null) },
    }
  })
}

export default function PersonPage() {
  const { id, name, isInvented, posts, facts, record, seesCertificates, may } = useLoaderData<typeof loader>()
  const t = useT(personWords)
  const words = useT(common)
  const format = useFormat()
  const held = posts.filter(({ isHeld }) => isHeld)
  return (
    <>
      <PageHeader
        title={name}
        crumbs={may.list ? [{ to: '/staff', label: t('staff') }] : []}
        status={
          <>
            <span>{held.length > 0 ? held.map((post) => `${post.position}, ${workplace(post)}`).join('; ') : t('noPost')}</span>
            {isInvented ? <StatusChip>{t('invented')}</StatusChip> : null}
          </>
        }
        action={
          may.manage ? (
            <LinkButton variant="primary" to={`/staff/${id}/edit`} icon={Pencil}>
              {words('action.edit')}
            </LinkButton>
          ) : undefined
        }
      />
      {facts ? (
        <DescriptionList
          items={[
            {
              label: t('latinName'),
              value: facts.latinName ? (
                <>
                  <span lang="en">{facts.latinName}</span>
                  {facts.isSuggested ? <small className="not-given"> ({t('latinSuggested')})</small> : null}
                </>
              ) : null,
            },
            { label: t('employeeNumber'), value: facts.employeeNumber, gender: 'm' },
            { label: t('sex'), value: facts.sex ? t(`sexes.${facts.sex}`) : null, gender: 'm' },
            {
              label: t('firstInSocialSystemOn'),
              value: facts.firstInSocialSystemOn ? format.date(facts.firstInSocialSystemOn) : null,
            },
          ]}
        />
      ) : null}
      <Section
        title={t('history')}
        id="posts"
        action={
          may.manage ? (
            <LinkButton small to={`/staff/${id}/posts/new`}>
              {t('addPost')}
            </LinkButton>
          ) : undefined
        }
      >
        {posts.length === 0 ? (
          <p>{t('noPost')}</p>
        ) : (
          <Timeline
            events={posts.map((post) => ({
              id: post.id,
              when: post.endsOn ? format.dateRange(post.startsOn, post.endsOn) : t('since', { date: format.date(post.startsOn) }),
              title: post.position,
              detail: (
                <>
                  <p>{[workplace(post), t(`category.${post.category}`)].join(' · ')}</p>
                  {may.manage ? (
                    <p className="no-print">
                      <Link to={`/staff/${id}/posts/${post.id}`} aria-label={`${t('editPost')}: ${post.position}`}>
                        {t('editPost')}
                      </Link>
                    </p>
                  ) : null}
                </>
              ),
            }))}
          />
        )}
      </Section>
      {record ? (
        <TrainingsTable personId={id} trainings={record.trainings} attendedMinutes={record.attendedMinutes} opens={may.trainings} />
      ) : null}
      {record && seesCertificates ? <CertificatesTable certificates={record.certificates} /> : null}
    </>
  )
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { closeSheet } from '~/domain/attendance/close-sheet.server'
import { closingPage } from '~/domain/attendance/closing-page.server'
import { CloseForm } from '~/domain/attendance/sheet-schema'
import { closeSheetWords } from '~/i18n/close-sheet'
import { closingWords } from '~/i18n/closing'
import { translator } from '~/i18n/dictionary'
import { listName } from '~/i18n/format'
import { wordTitle } from '~/i18n/page-title'
import { useFormat, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { LinkButton } from '~/ui/button'
import { ConfirmPage } from '~/ui/confirm-page'
import { TextArea } from '~/ui/fields'
import { Notice } from '~/ui/notice'
import { PageHeader } from '~/ui/page-header'
import { CalmList, PersonChip, Stat, Stats } from '~/ui/status'
import { useFormState } from '~/ui/use-form-state'
import { ClosingState } from './attendance/closing-state'
import { rosterOf, useSheetCrumbs } from './attendance/sheet-crumbs'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, closeSheetWords, 'title')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, async (actor) => {
    const session = idOf(new URL(args.request.url).searchParams.get('session') ?? undefined)
    const page = await closingPage(actor, idOf(args.params.trainingId), session)
    // the statement is part of a Bulgarian document, whatever language its author reads the screen in
    const t = translator(closeSheetWords, 'bg')
    return { ...page, proposedStatement: page.isOwn ? t('statementOwn') : t('statementFor', { name: page.leader }) }
  })
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, CloseForm, async (actor, { session, statement }) => {
    const trainingId = idOf(args.params.trainingId)
    const { isNew, closedByName } = await closeSheet(actor, { trainingId, sessionId: session, statement })
    const said = isNew || closedByName === actor.name ? 'attendance.sheet_closed' : 'attendance.sheet_closed_before'
    return redirectWithToast(rosterOf(trainingId, session), said, { name: closedByName })
  })
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function CloseSheetPage() {
  const page = useLoaderData<typeof loader>()
  const { training, session, proposedStatement, isOwn, tally, total } = page
  const { state } = useFormState(useActionData<typeof action>(), { session: session.id })
  const t = useT(closeSheetWords)
  const close = useT(closingWords)('close')
  const format = useFormat()
  const crumbs = useSheetCrumbs()(training, session.id)
  const isWhole = Object.values(page.missing).every((people) => people.length === 0)
  if (!page.canClose || !isWhole) return <NotYet page={page} />
  return (
    <ConfirmPage
      title={t('title')}
      crumbs={crumbs}
      what={t('what', { when: format.timeRange(session.startsAt, session.endsAt) })}
      affects={
        <Stats>
          <Stat value={format.number(total)} label={t('total')} />
          <Stat value={format.number(tally.present)} label={t('present')} />
          <Stat value={format.number(tally.absent)} label={t('absent')} />
          <Stat value={format.number(tally.excused)} label={t('excused')} />
        </Stats>
      }
      because={t('because')}
      confirmLabel={close}
      cancelTo={rosterOf(training.id, session.id)}
      state={state}
    >
      {isOwn ? null : <Notice tone="info">{t('inPlace', { name: page.leader })}</Notice>}
      <input type="hidden" name="session" value={session.id} />
      <TextArea
        name="statement"
        label={t('statement')}
        hint={t('statementHint')}
        defaultValue={proposedStatement}
        required
        maxLength={1000}
      />
    </ConfirmPage>
  )
}

/** Why the sheet cannot be closed now, with a way to each row that is missing. */
function NotYet({ page: { training, session, missing, isOver, total } }: { page: Page }) {
  const t = useT(closeSheetWords)
  const format = useFormat()
  const lists = [
    { title: t('unmarked'), people: missing.unmarked },
    { title: t('conflicting'), people: missing.conflicting },
    { title: t('lacking'), people: missing.lacking },
  ].filter(({ people }) => people.length > 0)
  const waiting = new Set(lists.flatMap(({ people }) => people.map(({ personId }) => personId)))
  return (
    <>
      <PageHeader
        title={t('title')}
        crumbs={useSheetCrumbs()(training, session.id)}
        status={format.timeRange(session.startsAt, session.endsAt)}
        action={
          <LinkButton variant="primary" to={rosterOf(training.id, session.id)}>
            {t('toRoster')}
          </LinkButton>
        }
      />
      {session.closure ? (
        <ClosingState closure={session.closure} />
      ) : (
        <Notice tone="warn" title={t('notWhole')}>
          {isOver ? null : <p>{t('notYet', { when: format.dateTime(session.endsAt) })}</p>}
          {total === 0 ? <p>{t('nobody')}</p> : null}
          {waiting.size > 0 ? <p>{t('first', { count: waiting.size })}</p> : null}
        </Notice>
      )}
      {session.closure
        ? null
        : lists.map(({ title, people }) => (
            <section key={title} className="section">
              <h2>
                {title} ({format.number(people.length)})
              </h2>
              <CalmList>
                {people.map(({ personId, position, unit, number, ...names }) => (
                  <li key={personId}>
                    <PersonChip name={listName(names)} position={position} service={unit} number={number} />
                    <Link to={`/trainings/${training.id}/attendance/${personId}?session=${session.id}`}>{t('mark')}</Link>
                  </li>
                ))}
              </CalmList>
            </section>
          ))}
    </>
  )
}

import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, useParams } from '@remix-run/react'
import { admitPage, admitPerson } from '~/domain/check-in/admit-person.server'
import { AdmitForm } from '~/domain/check-in/schema'
import { wordTitle } from '~/i18n/page-title'
import { roomWords } from '~/i18n/room'
import { scanNoteWords } from '~/i18n/scan-notes'
import { useFormat, useLanguage, useT } from '~/i18n/use-language'
import { asActor, formAction, idOf, redirectWithToast } from '~/platform/handlers.server'
import { ConfirmPage } from '~/ui/confirm-page'
import { typedValue } from '~/ui/form-state'
import { useFormState } from '~/ui/use-form-state'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, scanNoteWords, 'refused')

export function loader(args: LoaderFunctionArgs) {
  return asActor(args, (actor) => admitPage(actor, idOf(args.params.sessionId), idOf(args.params.personId)))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, AdmitForm, async (actor, { back }) => {
    const sessionId = idOf(args.params.sessionId)
    const trainingId = await admitPerson(actor, sessionId, idOf(args.params.personId))
    return back === 'screen'
      ? redirect(`/sessions/${sessionId}/screen`)
      : redirectWithToast(`/trainings/${trainingId}/attendance?session=${sessionId}`, 'check_in.admitted')
  })
}

export default function AdmitPage() {
  const { person, scannedAt, isMark, isClosed, training } = useLoaderData<typeof loader>()
  const { sessionId } = useParams()
  const { state } = useFormState(useActionData<typeof action>())
  const t = useT(roomWords)
  const notes = useT(scanNoteWords)
  const format = useFormat()
  const english = useLanguage() === 'en'
  const title = (english && training.course.titleEn) || training.course.title
  const roster = `/trainings/${training.id}/attendance?session=${sessionId}`
  return (
    <ConfirmPage
      title={t('admitTitle', { name: person })}
      crumbs={[
        { to: `/trainings/${training.id}`, label: title },
        { to: roster, label: t('sheet') },
      ]}
      what={t(isMark ? 'admitMarked' : 'admitWhat', { name: person, title, time: format.time(scannedAt) })}
      affects={
        <>
          <p>{t('seats', { taken: training.seatsTaken, capacity: training.capacity })}</p>
          {isMark && isClosed ? <p>{t('admitProposed')}</p> : null}
        </>
      }
      confirmLabel={notes('admit')}
      cancelTo={roster}
      state={state}
    >
      <input type="hidden" name="back" value={typedValue(state, 'back') === 'screen' ? 'screen' : 'roster'} />
    </ConfirmPage>
  )
}

import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import Plus from 'lucide-react/icons/plus'
import { MOST_SESSIONS } from '~/domain/session/session'
import { newTrainingPage, planTraining } from '~/domain/training/plan-training.server'
import { NewTrainingForm } from '~/domain/training/schema'
import { common } from '~/i18n/common'
import { wordTitle } from '~/i18n/page-title'
import { trainingWords } from '~/i18n/training'
import { useT } from '~/i18n/use-language'
import { asActor, formAction, redirectWithToast } from '~/platform/handlers.server'
import { initialValueOf } from '~/platform/pending.server'
import { Button, LinkButton } from '~/ui/button'
import { ActionForm, FormActions } from '~/ui/form'
import { typedValue, type FormState } from '~/ui/form-state'
import { PageHeader } from '~/ui/page-header'
import { useFormState } from '~/ui/use-form-state'
import { NothingToChoose } from './trainings/nothing-to-choose'
import { SessionFields } from './trainings/session-fields'
import { useTitle } from './trainings/title'
import { TrainingFields } from './trainings/training-fields'

export const meta: MetaFunction = ({ matches }) => wordTitle(matches, trainingWords, 'planTitle')

export function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  return asActor(args, (actor) => newTrainingPage(actor, { projectId: searchParams.get('project'), courseId: searchParams.get('course') }))
}

export function action(args: ActionFunctionArgs) {
  return formAction(args, NewTrainingForm, async (actor, input, { key, form }) => {
    if (input.intent === 'add-session') return data({ initialValue: withOneMoreSession(form), error: null })
    return redirectWithToast(await planTraining(actor, input, key), 'training.planned')
  })
}

/** What was typed, with an empty row after the last session. */
function withOneMoreSession(form: FormData) {
  const typed = new FormData()
  for (const [name, value] of form) if (!name.startsWith('_') && name !== 'intent') typed.append(name, value)
  const values = initialValueOf(typed)
  const rows = Math.max(0, ...[...form.keys()].map((name) => Number(/^sessions\[(\d+)\]/.exec(name)?.[1] ?? -1) + 1))
  const sessions = Array.from({ length: Math.min(rows + 1, MOST_SESSIONS) }, (_, index) => (values['sessions'] as unknown[])?.[index] ?? {})
  return { ...values, sessions }
}

export default function NewTrainingPage() {
  const { from, may, ...choices } = useLoaderData<typeof loader>()
  const { state, restored } = useFormState(useActionData<typeof action>())
  const t = useT(trainingWords)
  const words = useT(common)
  const crumbs = useCrumbs(from)
  const sessions = typedValue(state, 'sessions')
  const count = Array.isArray(sessions) ? Math.max(1, sessions.length) : 1
  const [hasCourse, hasTrainer] = [choices.courses.length > 0, choices.trainers.length > 0]
  if (!hasCourse || !hasTrainer)
    return (
      <>
        <PageHeader title={t('planTitle')} crumbs={crumbs} />
        <NothingToChoose hasCourse={hasCourse} hasTrainer={hasTrainer} may={may} />
      </>
    )
  return (
    <>
      <PageHeader title={t('planTitle')} crumbs={crumbs} />
      <ActionForm state={state} restored={restored} id="training">
        {/* Enter in a field presses the form's first button, which must be the one that saves */}
        <button name="intent" value="save" className="sr-only" tabIndex={-1} aria-hidden="true" />
        <TrainingFields choices={choices} chosen={{ courseId: from.course?.id, work: from.project?.id }} />
        <h2>{t('sessions')}</h2>
        {Array.from({ length: count }, (_, index) => (
          <fieldset key={index} className="panel form">
            <legend>{t('session', { number: index + 1 })}</legend>
            <SessionFields at={`sessions[${index}].`} breaks={breaksTyped(state, index) + 2} required={index === 0} />
          </fieldset>
        ))}
        <div>
          <Button name="intent" value="add-session" icon={Plus} formNoValidate>
            {t('addSession')}
          </Button>
        </div>
        <FormActions>
          <Button variant="primary" name="intent" value="save">
            {t('plan')}
          </Button>
          <LinkButton variant="quiet" to={crumbs.at(-1)!.to}>
            {words('action.cancel')}
          </LinkButton>
        </FormActions>
      </ActionForm>
    </>
  )
}

/** Back to where the page was opened from: the project, the course, else the list of trainings. */
function useCrumbs({ project, course }: ReturnType<typeof useLoaderData<typeof loader>>['from']) {
  const t = useT(trainingWords)
  const titleOf = useTitle()
  if (project)
    return [
      { to: '/projects', label: t('projects') },
      { to: `/projects/${project.id}`, label: project.title ?? project.numberAsWritten ?? t('noProjectTitle') },
    ]
  if (course)
    return [
      { to: '/courses', label: t('courses') },
      { to: `/courses/${course.id}`, label: titleOf(course) },
    ]
  return [{ to: '/trainings', label: t('title') }]
}

function breaksTyped(state: FormState | null, index: number): number {
  const breaks = typedValue(state, `sessions[${index}].breaks`)
  return Array.isArray(breaks) ? Math.min(4, breaks.filter(Boolean).length) : 0
}

import CalendarPlus from 'lucide-react/icons/calendar-plus'
import { trainingWords } from '~/i18n/training'
import { useT } from '~/i18n/use-language'
import { LinkButton } from '~/ui/button'
import { EmptyState } from '~/ui/status'

/** Where no training can be planned yet: what is missing, and the way to it for whoever may add it. */
export function NothingToChoose({ hasCourse, hasTrainer, may }: { hasCourse: boolean; hasTrainer: boolean; may: { addTrainer: boolean } }) {
  const t = useT(trainingWords)
  return (
    <EmptyState
      icon={CalendarPlus}
      title={t('nothingToChoose')}
      action={
        <>
          {hasCourse ? null : (
            <LinkButton variant="primary" to="/courses/new">
              {t('addCourse')}
            </LinkButton>
          )}
          {!hasTrainer && may.addTrainer ? <LinkButton to="/admin/accounts/new">{t('addTrainer')}</LinkButton> : null}
        </>
      }
    >
      {hasTrainer ? null : t('noTrainer')}
    </EmptyState>
  )
}

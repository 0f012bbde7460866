import { attendanceWords } from '~/i18n/attendance'
import { useT } from '~/i18n/use-language'
import { useTitle } from '../trainings/title'

/** The crumbs of a page under a session's sheet. */
export function useSheetCrumbs() {
  const t = useT(attendanceWords)
  const titleOf = useTitle()
  return (training: { id: string; course: { title: string; titleEn: string | null } }, sessionId: string) => [
    { to: '/trainings', label: t('trainings') },
    { to: `/trainings/${training.id}`, label: titleOf(training.course) },
    { to: rosterOf(training.id, sessionId), label: t('title') },
  ]
}

export const rosterOf = (trainingId: string, sessionId: string) => `/trainings/${trainingId}/attendance?session=${sessionId}`

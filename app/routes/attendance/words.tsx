import type { Record } from '~/domain/attendance/attendance'
import { attendanceWords } from '~/i18n/attendance'
import { useT } from '~/i18n/use-language'

/** Says a mark with its minutes: „Присъствал/а, закъснение 15 мин.“ */
export function useRecordWords() {
  const t = useT(attendanceWords)
  return ({ mark, lateMinutes, leftEarlyMinutes }: Record): string =>
    [
      t(`mark.${mark}`),
      lateMinutes ? t('lateBy', { count: lateMinutes }) : '',
      leftEarlyMinutes ? t('leftBy', { count: leftEarlyMinutes }) : '',
    ]
      .filter(Boolean)
      .join(', ')
}

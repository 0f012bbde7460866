import type { Record } from '~/domain/attendance/attendance'
import { attendanceWords } from '~/i18n/attendance'
import { common } from '~/i18n/common'
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

/** Says by what somebody in a sheet is told apart from namesakes: position and service, and where another one has both the employee number. */
export function useDetail() {
  const words = useT(common)
  return (post: (string | null)[], number: string | null): string =>
    [...post, number === null ? null : words('employeeNumber', { number })].filter(Boolean).join(', ')
}

import { attendanceWords } from '~/i18n/attendance'
import { useLanguage, useT } from '~/i18n/use-language'
import type { MarkOption } from '~/ui/roster'

/** The marks of a roster and what stands around them, in the language of the page; letters are those of its keyboard. */
export function useRosterWords({ history }: { history?: string } = {}) {
  const t = useT(attendanceWords)
  const english = useLanguage() === 'en'
  const options: MarkOption[] = [
    { value: 'present', label: t('mark.present'), letter: english ? 'P' : 'П', keys: english ? 'п' : 'gp', tone: 'good', minutes: true },
    { value: 'absent', label: t('mark.absent'), letter: english ? 'A' : 'О', keys: english ? 'о' : 'jo', tone: 'bad' },
    { value: 'excused', label: t('mark.excused'), letter: english ? 'E' : 'У', keys: english ? 'у' : 'u', tone: 'warn' },
  ]
  const labels = {
    minutes: t('minutes'),
    late: t('late'),
    early: t('early'),
    history: history ?? t('history'),
    allPresent: t('allPresent'),
    keys: t('keys'),
    save: t('save'),
    saveShort: t('saveShort'),
    counter: (marked: number, total: number) => t('counter', { marked, total }),
    unsaved: (changes: number) => t('unsaved', { count: changes }),
    leave: { title: t('leave.title'), text: t('leave.text'), stay: t('leave.stay'), leave: t('leave.leave') },
  }
  return { options, labels }
}

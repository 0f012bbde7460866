import { useLanguage } from '~/i18n/use-language'

export type Titled = { title: string; titleEn: string | null }

/** Speaks a course's title in the language of the page, where it has one. Apart from the words of trainings, which a roster does not need. */
export function useTitle() {
  const english = useLanguage() === 'en'
  return ({ title, titleEn }: Titled) => (english && titleEn) || title
}

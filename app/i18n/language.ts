export const LANGUAGES = ['bg', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Bulgarian is the source and the default; a browser set to English in a Bulgarian town hall is no wish for English. */
export const DEFAULT_LANGUAGE: Language = 'bg'
export const DEFAULT_TIME_ZONE = 'Europe/Sofia'

export const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language)
export const isTheme = (value: unknown): value is Theme => THEMES.includes(value as Theme)

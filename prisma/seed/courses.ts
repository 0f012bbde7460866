import type { CourseKind } from '~/generated/prisma/enums'

export type CourseKey =
  | 'introductory'
  | 'upgrading-24'
  | 'upgrading-12'
  | 'standards'
  | 'first-aid'
  | 'protection'
  | 'communication'
  | 'ageing'
  | 'management'
  | 'qualification'

export type DemoCourse = {
  key: CourseKey
  kind: CourseKind
  title: string
  titleEn: string
  topics: string[]
  durationMinutes: number
  legalBasis: string | null
}

const ORDINANCE = 'Наредба за качеството на социалните услуги'

/** The catalogue of every municipality of the demo. The bases are those of the ordinance; where it sets no hours, the length and the topics are examples. */
export const COURSES: DemoCourse[] = [
  {
    key: 'introductory',
    kind: 'introductory',
    title: 'Въвеждащо обучение за новоназначени служители',
    titleEn: 'Introductory training for newly appointed staff',
    topics: [
      'Правна рамка на социалните услуги',
      'Стандарти и критерии за качество',
      'Етика и професионални граници',
      'Документация и защита на личните данни',
    ],
    durationMinutes: 36 * 45,
    legalBasis: `${ORDINANCE}, приложение № 8, индикатор 99 (36 академични часа)`,
  },
  {
    key: 'upgrading-24',
    kind: 'upgrading',
    title: 'Надграждащо обучение за специалисти и пряко ангажирани служители',
    titleEn: 'Upgrading training for specialists and direct-care staff',
    topics: ['Оценка на потребностите', 'Индивидуален план за подкрепа', 'Работа по случай'],
    durationMinutes: 24 * 45,
    legalBasis: `${ORDINANCE}, приложение № 8, индикатор 100 (24 академични часа за 12 месеца)`,
  },
  {
    key: 'upgrading-12',
    kind: 'upgrading',
    title: 'Надграждащо обучение за подпомагащи служители',
    titleEn: 'Upgrading training for support staff',
    topics: ['Уважително отношение към потребителите', 'Безопасна среда'],
    durationMinutes: 12 * 45,
    legalBasis: `${ORDINANCE}, приложение № 8, индикатор 100 (12 академични часа за 12 месеца)`,
  },
  {
    key: 'standards',
    kind: 'upgrading',
    title: 'Стандарти за качество на социалните услуги',
    titleEn: 'Quality standards of social services',
    topics: ['Стандарти, критерии и индикатори', 'Източници на информация', 'Вътрешен мониторинг и анализ'],
    durationMinutes: 420,
    legalBasis: `${ORDINANCE}, приложения № 8 и № 24`,
  },
  {
    key: 'first-aid',
    kind: 'specialised',
    title: 'Оказване на първа помощ',
    titleEn: 'First aid',
    topics: ['Оценка на състоянието', 'Спешни състояния при възрастни хора', 'Упражнения'],
    durationMinutes: 240,
    legalBasis: `${ORDINANCE}, приложение № 13, индикатор 71`,
  },
  {
    key: 'protection',
    kind: 'specialised',
    title: 'Закрила от насилие',
    titleEn: 'Protection from violence',
    topics: ['Разпознаване на насилие', 'Сигнализиране и взаимодействие с институции'],
    durationMinutes: 240,
    legalBasis: `${ORDINANCE}, приложение № 13, индикатор 195`,
  },
  {
    key: 'communication',
    kind: 'specialised',
    title: 'Алтернативна и допълваща комуникация',
    titleEn: 'Augmentative and alternative communication',
    topics: ['Форми на комуникация', 'Помощни средства'],
    durationMinutes: 300,
    legalBasis: `${ORDINANCE}, приложение № 13, индикатор 181`,
  },
  {
    key: 'ageing',
    kind: 'specialised',
    title: 'Общуване при напредване на възрастта',
    titleEn: 'Communication in old age',
    topics: ['Промени в общуването', 'Подкрепа при деменция'],
    durationMinutes: 300,
    legalBasis: `${ORDINANCE}, приложение № 13, индикатор 180`,
  },
  {
    key: 'management',
    kind: 'management',
    title: 'Обучение за ръководители на социални услуги',
    titleEn: 'Training for managers of social services',
    topics: ['Развитие на екипа', 'Програма за въвеждащо и надграждащо обучение'],
    durationMinutes: 300,
    legalBasis: `${ORDINANCE}, приложение № 8, индикатор 102`,
  },
  {
    key: 'qualification',
    kind: 'other',
    title: 'Допълнителна квалификация на служители в социалната сфера',
    titleEn: 'Further qualification of social-sector staff',
    topics: [],
    durationMinutes: 300,
    legalBasis: null,
  },
]

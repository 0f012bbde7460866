import type { EmployerKind, StaffCategory } from '~/generated/prisma/enums'
import type { MunicipalityKey } from './municipalities'

export type ServiceKey = 'day-care' | 'assistance' | 'counselling' | 'residential' | 'therapy'
export type Workplace = 'administration' | ServiceKey

/** Generic names by the ordinance, not those of real services. */
export const SERVICES: Record<ServiceKey, { name: string; annexes: number[] }> = {
  'day-care': { name: 'Дневна грижа за пълнолетни лица с трайни увреждания', annexes: [8] },
  assistance: { name: 'Асистентска подкрепа', annexes: [24] },
  counselling: { name: 'Информиране и консултиране, застъпничество и посредничество', annexes: [2, 3] },
  residential: { name: 'Резидентна грижа за възрастни хора', annexes: [13] },
  therapy: { name: 'Терапия и рехабилитация', annexes: [5] },
}

export const EMPLOYERS = {
  administration: { kind: 'administration', name: 'Общинска администрация' },
  provider: { kind: 'provider', name: 'Доставчик на социални услуги (пример)' },
} satisfies Record<string, { kind: EmployerKind; name: string }>

type Position = [position: string, category: StaffCategory]

const POSITIONS: Record<Workplace, Position[]> = {
  administration: [
    ['главен специалист „Насочване към социални услуги“', 'referral'],
    ['старши специалист „Социални дейности“', 'referral'],
    ['специалист „Фронт офис“', 'front_office'],
    ['началник на отдел „Социални дейности“', 'other'],
    ['младши експерт „Социални услуги“', 'referral'],
    ['технически сътрудник', 'other'],
  ],
  'day-care': [
    ['ръководител на услугата', 'manager'],
    ['социален работник', 'core'],
    ['психолог', 'core'],
    ['рехабилитатор', 'recommended'],
    ['трудотерапевт', 'recommended'],
    ['сътрудник „Социални дейности“', 'direct_care'],
    ['сътрудник „Социални дейности“', 'direct_care'],
    ['медицинска сестра', 'direct_care'],
    ['шофьор', 'support'],
    ['хигиенист', 'support'],
  ],
  assistance: [
    ['ръководител на услугата', 'manager'],
    ['социален работник', 'core'],
    ['социален асистент', 'direct_care'],
    ['социален асистент', 'direct_care'],
  ],
  counselling: [
    ['ръководител на услугата', 'manager'],
    ['социален работник', 'core'],
    ['юрист', 'core'],
    ['социален посредник', 'recommended'],
  ],
  residential: [
    ['ръководител на услугата', 'manager'],
    ['социален работник', 'core'],
    ['медицинска сестра', 'core'],
    ['санитар', 'direct_care'],
    ['санитар', 'direct_care'],
    ['сътрудник „Социални дейности“', 'direct_care'],
    ['готвач', 'support'],
  ],
  therapy: [
    ['ръководител на услугата', 'manager'],
    ['логопед', 'core'],
    ['психолог', 'core'],
    ['кинезитерапевт', 'recommended'],
  ],
}

/** How many people work where. */
const HEADCOUNT: Record<MunicipalityKey, Partial<Record<Workplace, number>>> = {
  elena: { administration: 6, 'day-care': 14, assistance: 12, counselling: 6, residential: 14 },
  aksakovo: { administration: 5, assistance: 8, therapy: 6 },
  chernoochene: { administration: 5, assistance: 7, counselling: 4 },
  haskovo: { administration: 6, 'day-care': 9, residential: 8 },
  radnevo: { administration: 4, 'day-care': 7, assistance: 5 },
}

export type DemoPost = { workplace: Workplace; position: string; category: StaffCategory; startsOn: string }

/** The workplaces of a municipality in order. */
export const workplacesOf = (key: MunicipalityKey) => Object.keys(HEADCOUNT[key]) as Workplace[]

/** One post for each of its people, service by service; within one the positions repeat after the first, who leads. */
export function postsOf(key: MunicipalityKey): DemoPost[] {
  return workplacesOf(key).flatMap((workplace) => {
    const [first, ...rest] = POSITIONS[workplace]
    return Array.from({ length: HEADCOUNT[key][workplace]! }, (_, index) => {
      const [position, category] = index === 0 ? first! : rest[(index - 1) % rest.length]!
      const year = 2014 + ((index * 3 + workplace.length) % 8)
      const month = String(1 + ((index * 5 + workplace.length) % 12)).padStart(2, '0')
      return { workplace, position, category, startsOn: `${year}-${month}-01` }
    })
  })
}

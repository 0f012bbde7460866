import type { Role } from '~/platform/actor'
import type { MunicipalityKey } from './municipalities'
import type { ServiceKey } from './staff'

type Place = { municipality: MunicipalityKey; roles: Role[]; service?: ServiceKey; person?: { workplace: ServiceKey; index: number } }
/** `name` is left out for who bears the name of the person of the staff he is. */
export type DemoAccount = { login: string; name?: string; places: Place[] }

const coordinator = (key: Exclude<MunicipalityKey, 'elena'>, name: string, trainer: string): DemoAccount[] => [
  { login: `coordinator@${key}.example`, name, places: [{ municipality: key, roles: ['coordinator'] }] },
  { login: `trainer@${key}.example`, name: trainer, places: [{ municipality: key, roles: ['trainer'] }] },
]

/** Who signs in to the demo; the first one also keeps the installation. */
export const ACCOUNTS: DemoAccount[] = [
  { login: 'admin@elena.example', name: 'Тихомир Върбанов', places: [{ municipality: 'elena', roles: ['admin'] }] },
  { login: 'coordinator@elena.example', name: 'Зорница Липарска', places: [{ municipality: 'elena', roles: ['coordinator'] }] },
  {
    login: 'trainer@elena.example',
    name: 'Момчил Хлебаров',
    places: [
      { municipality: 'elena', roles: ['trainer'] },
      { municipality: 'chernoochene', roles: ['trainer'] },
    ],
  },
  {
    login: 'supervisor@elena.example',
    name: 'Ирена Самоводска',
    places: [
      { municipality: 'elena', roles: ['supervisor'] },
      { municipality: 'chernoochene', roles: ['supervisor'] },
    ],
  },
  {
    login: 'manager@elena.example',
    places: [{ municipality: 'elena', roles: ['manager'], service: 'day-care', person: { workplace: 'day-care', index: 0 } }],
  },
  {
    login: 'employee@elena.example',
    places: [{ municipality: 'elena', roles: ['employee'], person: { workplace: 'day-care', index: 1 } }],
  },
  ...coordinator('aksakovo', 'Невена Полякова', 'Камен Жеков'),
  ...coordinator('chernoochene', 'Нуртен Орманджиева', 'Данчо Кабакчиев'),
  ...coordinator('haskovo', 'Павлина Чакърова', 'Любен Зидаров'),
  ...coordinator('radnevo', 'Гергана Дойчева', 'Пламен Овчаров'),
]

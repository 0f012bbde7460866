import type { ProjectFacts } from '~/domain/project/schema'

const NOTHING_STATED: ProjectFacts = {
  numberAsWritten: null,
  title: null,
  procedureCode: null,
  programme: null,
  funding: null,
  amountBgn: null,
  amountKind: null,
  startsOn: null,
  endsOn: null,
  termMonths: null,
  announcedOn: null,
  signedAsWritten: null,
  plannedStaff: null,
  isEuFunded: true,
  retainUntil: null,
  note: null,
  funderProfileId: null,
}

export type MunicipalityKey = 'elena' | 'aksakovo' | 'chernoochene' | 'haskovo' | 'radnevo'
export type DemoMunicipality = {
  key: MunicipalityKey
  name: string
  district: string
  nsiCode: string
  ekatte: string
  project: ProjectFacts
  activities: string[]
}

/** Five municipalities and their projects as their own announcements tell them; null is what an announcement does not say. */
export const MUNICIPALITIES: DemoMunicipality[] = [
  {
    key: 'elena',
    name: 'Елена',
    district: 'Велико Търново',
    nsiCode: 'VTR13',
    ekatte: '27190',
    project: {
      ...NOTHING_STATED,
      numberAsWritten: 'BG05SFPR002-2.002-0078',
      title: 'Укрепване капацитета на служителите от общинска администрация Елена',
      procedureCode: 'BG05SFPR002-2.002',
      programme: 'Програма „Развитие на човешките ресурси“ 2021-2027',
      funding: 'съфинансирано от Европейския съюз',
      amountBgn: '49128.00',
      amountKind: 'grant',
      endsOn: '2024-04-13',
      termMonths: 12,
      announcedOn: '2023-03-15',
      plannedStaff: 3,
    },
    activities: [
      'Обучения по стандартите за качество на социалните услуги',
      'Индивидуална и групова супервизия',
      'Периодични разяснително-информационни кампании в населените места от общината',
      'Създаване и поддържане на регистър на социалните услуги',
      'Извършване на насочването за ползване на социални услуги по ЗСУ',
      'Дейности, подпомагащи хората с увреждания',
    ],
  },
  {
    key: 'aksakovo',
    name: 'Аксаково',
    district: 'Варна',
    nsiCode: 'VAR02',
    ekatte: '00182',
    project: {
      ...NOTHING_STATED,
      programme: 'Програма „Развитие на човешките ресурси 2021-2027“',
      funding: 'съфинансиран от Европейския социален фонд',
      amountBgn: '77115.00',
      amountKind: 'total',
      termMonths: 13,
    },
    activities: [
      'Изработване на Програма за развитие на качеството на социалните услуги за следващата календарна година',
      'Обучение и супервизия на персонала',
      'Анализ на потребностите от социални услуги',
      'Анализ на състоянието и ефективността на социалните услуги',
      'Разяснително-информационни кампании',
      'Информационни листи с описание на социалните услуги и реда за достъп',
      'QR код за всяка социална услуга и административния ред',
    ],
  },
  {
    key: 'chernoochene',
    name: 'Черноочене',
    district: 'Кърджали',
    nsiCode: 'KRZ35',
    ekatte: '81236',
    project: {
      ...NOTHING_STATED,
      numberAsWritten: 'BG05SFRP002-2.002-0012-C01',
      title: 'Укрепване на общинския капацитет- община Черноочене',
      programme: 'Програма „Развитие на човешките ресурси“ 2021-2027',
      funding: 'съфинансиран от Европейския съюз',
      note: 'Съобщението на общината посочва три обучени лица и обучения през март, април и май, като едно лице е присъствало на трите. Година, дати, обучител и часове не са посочени.',
    },
    activities: [
      'Разкрито и оборудвано едно работно място във фронт офис',
      'Информиране и консултиране на граждани и потребители',
      'Обслужване на ползватели на „личен асистент“ и личните асистенти',
      'Прием на заявления за „Асистентска подкрепа“',
      'Проверка за принадлежност към целевите групи',
      'Предварителна оценка',
      'Насочване към доставчика',
      'Обучения на служители',
      'Прием на месечни отчети от лични асистенти',
    ],
  },
  {
    key: 'haskovo',
    name: 'Хасково',
    district: 'Хасково',
    nsiCode: 'HKV34',
    ekatte: '77195',
    project: {
      ...NOTHING_STATED,
      numberAsWritten: 'BG05SFPR002-2.002-0164',
      title: 'Укрепване на общинския капацитет в община Хасково',
      procedureCode: 'BG05SFPR002-2.002',
      programme: 'Програма „Развитие на човешките ресурси“ 2021-2027',
      funding: 'съфинансиран от Европейски съюз',
      amountBgn: '230942.88',
      amountKind: 'total',
      startsOn: '2023-04-01',
      endsOn: '2025-04-01',
      note: 'Съобщението на общината е от 04.07.2023 г. Обучения и супервизия са предвидени за новосформирания екип, управителите на социални услуги и служителите, работещи в социалната сфера.',
    },
    activities: [
      'Обособяване на „фронт офис“',
      'Обучения и супервизия',
      'Съвет по чл. 27 от ЗСУ',
      'Планиране и анализиране на предоставянето на социални и интегрирани здравно-социални услуги',
      'Разработване на програми и стратегии за развитие на качеството',
      'Разяснително-информационни кампании',
    ],
  },
  {
    key: 'radnevo',
    name: 'Раднево',
    district: 'Стара Загора',
    nsiCode: 'SZR27',
    ekatte: '61460',
    project: {
      ...NOTHING_STATED,
      numberAsWritten: 'BG05SFPR002-2.002-0160-C01',
      title: 'Повишаване на общинския капацитет на Община Раднево в областта на социалните услуги',
      procedureCode: 'BG05SFPR002-2.002',
      programme: 'Програма „Развитие на човешките ресурси“ 2021-2027',
      funding: 'европейски средства',
      amountBgn: '89597.09',
      amountKind: 'total',
      startsOn: '2023-04-01',
      termMonths: 22,
      signedAsWritten: 'На 21 март',
    },
    activities: [
      'Наемане на персонал за изпълнение на задълженията по ЗЛП/ЗХУ и ЗСУ в частта с насочване и обучение',
      'Подготовка и функциониране на фронт-офис и изпълнение на дейностите за укрепване на капацитета',
    ],
  },
]

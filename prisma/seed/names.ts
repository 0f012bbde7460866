import type { MunicipalityKey } from './municipalities'

export type InventedName = { givenName: string; middleName: string | null; familyName: string | null; sex: 'female' | 'male' }

// Lists of our own: who bears one of the names they make is a coincidence.
const BALKAN = {
  female:
    'Албена Боряна Величка Гергана Даниела Ева Живка Зорница Ирена Йорданка Капка Лиляна Миглена Невена Олга Павлина Радост Снежина Теменуга Филка Христина Цветелина Явора Юлияна'.split(
      ' ',
    ),
  male: 'Андрей Богомил Венцислав Георги Драгомир Емил Йосиф Камен Любен Момчил Николай Пламен Райчо Тихомир'.split(' '),
  middle: 'Ангелов Борисов Василев Генчев Данаилов Енчев Златков Илиев Йовчев Кирилов Маринов Нейков Пенчев Русев Стоянов Тотев'.split(' '),
  family:
    'Арнаудов Балкански Върбанов Горанов Дойчев Еленков Жеков Зидаров Йончев Калоянов Липарски Момчев Найденов Овчаров Поляков Ралчев Самоводски Терзийски Узунов Филчев Хлебаров Цонков Чакъров Яръмов'.split(
      ' ',
    ),
}
const RHODOPE = {
  female: 'Айлин Гюлджан Десислава Емине Зейнеб Илкнур Мелиха Нуртен Севгюл Фатме Хатидже Юлияна'.split(' '),
  male: 'Ахмед Бейтула Данчо Мехмед Сали Юсеин'.split(' '),
  middle: 'Ахмедов Басри Костов Мехмедов Османов Рамаданов Садък Халилов'.split(' '),
  family: 'Алиосманов Бекиров Дурмушев Кабакчиев Мустафов Орманджиев Садулов Терзиев Хасанов Чаушев Юмеров'.split(' '),
}

/** The female form of a name; one that does not end in -в or -ки stays as it is. */
const feminine = (name: string) => (name.endsWith('ски') ? `${name.slice(0, -1)}а` : name.endsWith('в') ? `${name}а` : name)

// How names really come: hyphens, two names, one name, й and ѝ, and two people of one name.
const NAMESAKE = { givenName: 'Мария', middleName: 'Йорданова', familyName: 'Георгиева', sex: 'female' } as const
const SPECIAL: InventedName[] = [
  NAMESAKE,
  NAMESAKE,
  { givenName: 'Анна-Мария', middleName: 'Тодорова', familyName: 'Калчева-Йовкова', sex: 'female' },
  { givenName: 'Мѝлка', middleName: 'Райчева', familyName: 'Дойнова', sex: 'female' },
  { givenName: 'Лукреция', middleName: null, familyName: 'Бояджийска', sex: 'female' },
  { givenName: 'Бисера', middleName: null, familyName: null, sex: 'female' },
  { givenName: 'Андрей', middleName: 'Сергеевич', familyName: 'Йотов', sex: 'male' },
]

/** So many invented names of a municipality, always the same ones; four of five are women, as in the services. */
export function inventedNames(key: MunicipalityKey, count: number): InventedName[] {
  const lists = key === 'chernoochene' ? RHODOPE : BALKAN
  const start = [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  const at = (list: string[], index: number) => list[(start + index) % list.length]!
  const names: InventedName[] = []
  const seen = new Set<string>()
  for (let n = 0; names.length < count; n++) {
    if (n % 9 === 8 && Math.floor(n / 9) < SPECIAL.length) {
      names.push(SPECIAL[Math.floor(n / 9)]!)
      continue
    }
    const sex = n % 5 === 3 ? 'male' : 'female'
    const form = sex === 'female' ? feminine : (name: string) => name
    const name = {
      givenName: at(lists[sex], n),
      middleName: form(at(lists.middle, n * 3 + Math.floor(n / 7))),
      familyName: form(at(lists.family, n * 5 + Math.floor(n / 11))),
      sex,
    } as const
    const whole = `${name.givenName} ${name.middleName} ${name.familyName}`
    if (!seen.has(whole)) names.push(name)
    seen.add(whole)
  }
  return names
}

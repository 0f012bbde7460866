import { beforeAll, describe, expect, test } from 'vitest'
import { parseCertificateFacts, registerNumberText, type CertificateFacts } from '~/domain/certificate/certificate-facts'
import { renderCertificate } from '~/domain/certificate/certificate-pdf.server'
import { checkPdf, decodeQr, pdfAccessibility, pdfFonts, pdfInfo, pdfPages, pdfStructure, pdfText, pdfWords } from '../pdf-tools'

type Session = CertificateFacts['training']['sessions'][number]

const facts: CertificateFacts = {
  version: 1,
  registerNumber: 12,
  registerYear: 2024,
  issuedOn: '2024-05-15',
  ordinal: 1,
  issuer: { municipality: 'Елена', district: 'Велико Търново' },
  recipient: {
    givenName: 'Цветелина',
    middleName: 'Йорданова',
    familyName: 'Примерова',
    position: 'старши експерт',
    unit: 'дирекция „Хуманитарни дейности“',
  },
  course: {
    title: 'Стандарти за качество и нейните Ѝ, ѝ, й: приложение № 1',
    titleEn: 'Quality standards',
    kind: 'upgrading',
    legalBasis: 'чл. 120, ал. 4 от ЗСУ',
    topics: ['Видове стандарти', 'Източници на информация'],
  },
  training: {
    form: 'in_person',
    place: 'гр. Елена, заседателна зала',
    trainer: 'д-р Ангел Измислен',
    sessions: [
      { startsAt: '2024-03-14T07:00:00Z', endsAt: '2024-03-14T10:00:00Z', scheduledMinutes: 180, attendedMinutes: 180 },
      { startsAt: '2024-04-15T05:30:00Z', endsAt: '2024-04-15T10:00:00Z', scheduledMinutes: 270, attendedMinutes: 225 },
    ],
  },
  scheduledMinutes: 450,
  attendedMinutes: 405,
  requiredSharePercent: 80,
  academicHourMinutes: 45,
  timeZone: 'Europe/Sofia',
  project: {
    number: 'BG05SFPR002-2.002-0078',
    title: 'Укрепване капацитета на служителите',
    activity: 'Дейност 1. Обучения',
    funding: 'Програма „Развитие на човешките ресурси“ 2021–2027',
    euFunded: true,
  },
  issuedBy: { name: 'Мария Съставена', role: 'координатор' },
  verifyCode: '7K3M-9QWX-2HTB-VR5N',
  verifyUrl: 'https://kapacitet.example/verify/7K3M9QWX2HTBVR5N',
  demo: false,
}

const LONG_TITLE = 'Прилагане на стандартите за качество при предоставяне на социални услуги за възрастни хора и хора с увреждания '
  .repeat(4)
  .slice(0, 400)
  .trim()

function sessionsOf(count: number): Session[] {
  return Array.from({ length: count }, (_, index) => ({
    startsAt: `2024-${String(index + 1).padStart(2, '0')}-14T07:00:00Z`,
    endsAt: `2024-${String(index + 1).padStart(2, '0')}-14T10:00:00Z`,
    scheduledMinutes: 180,
    attendedMinutes: index === 4 ? 95 : 180,
  }))
}

/** Returns the share of the lower of two words' heights that both cover. */
function overlap(a: { top: number; bottom: number }, b: { top: number; bottom: number }): number {
  return (Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)) / Math.min(a.bottom - a.top, b.bottom - b.top)
}

describe('a usual certificate', () => {
  let pdf: Buffer
  let text: string

  beforeAll(async () => {
    pdf = await renderCertificate(facts)
    text = await pdfText(pdf)
  })

  test.each([
    'Община Елена',
    'област Велико Търново',
    'УДОСТОВЕРЕНИЕ ЗА УЧАСТИЕ',
    'Рег. № 12 / 15.05.2024 г.',
    'се издава на Цветелина Йорданова Примерова старши експерт, дирекция „Хуманитарни дейности“',
    'за участие в надграждащо обучение на тема „Стандарти за качество и нейните Ѝ, ѝ, й: приложение № 1“ Quality standards',
    '14.03.2024 г., 09:00–12:00 15.04.2024 г., 08:30–13:00',
    'присъствена; гр. Елена, заседателна зала',
    'Хорариум 10,0 ак. ч. (7 ч. 30 мин.) в 2 занятия; един академичен час е 45 минути',
    'Присъствие 9,0 ак. ч. (6 ч. 45 мин.), 90 % от хорариума при изисквани поне 80 %',
    'Обучител д-р Ангел Измислен',
    'Основание чл. 120, ал. 4 от ЗСУ',
    'Проект № BG05SFPR002-2.002-0078, „Укрепване капацитета на служителите“',
    'Дейност 1. Обучения',
    'Финансиране Програма „Развитие на човешките ресурси“ 2021–2027',
    'Мария Съставена координатор',
    'https://kapacitet.example/verify/7K3M9QWX2HTBVR5N Код за проверка: 7K3M-9QWX-2HTB-VR5N',
    'Съфинансирано от Европейския съюз',
  ])('says „%s“', (words) => {
    expect(text).toContain(words)
  })

  test('names its topics', () => {
    expect(text).toContain('Видове стандарти')
    expect(text).toContain('Източници на информация')
  })

  test('is one page and a whole file', async () => {
    expect(await pdfPages(pdf)).toHaveLength(1)
    await expect(checkPdf(pdf)).resolves.toBeUndefined()
  })

  test('carries the verify address as a QR code', async () => {
    expect(await decodeQr(pdf)).toBe(facts.verifyUrl)
  })

  test('embeds every font, Ubuntu beside the emblem only', async () => {
    const fonts = await pdfFonts(pdf)
    expect(fonts.map(({ name }) => name).sort()).toEqual(['SofiaSans-Bold', 'SofiaSans-Regular', 'Ubuntu-Bold'])
    expect(fonts.every(({ embedded, subset, unicode }) => embedded && subset && unicode)).toBe(true)
  })

  test('is tagged in reading order with one main heading, a table of facts and figures in words', async () => {
    const rows = await pdfStructure(pdf)
    expect(rows.filter(({ type }) => type === 'H1').map(({ text: words }) => words)).toEqual(['УДОСТОВЕРЕНИЕ ЗА УЧАСТИЕ'])
    const heads = rows.filter(({ type }) => type === 'TH').map(({ text: words }) => words)
    expect(heads.slice(0, 5)).toEqual(['Период', 'Форма и място', 'Хорариум', 'Присъствие', 'Обучител'])
    expect(rows.filter(({ type }) => type === 'TD')).toHaveLength(heads.length)
    const { figures, language, tagged } = await pdfAccessibility(pdf)
    expect({ tagged, language }).toEqual({ tagged: true, language: 'bg-BG' })
    expect(figures).toEqual(['Емблема на Европейския съюз', `QR код с адреса за проверка: ${facts.verifyUrl}`])
  })

  test('has title, author and the day of issue in its properties', async () => {
    expect(await pdfInfo(pdf)).toMatchObject({
      Title: 'Удостоверение за участие, Рег. № 12 / 15.05.2024\u00a0г., Цветелина Йорданова Примерова',
      Author: 'Община Елена',
      CreationDate: '2024-05-15T00:00:00Z',
    })
  })

  test('is the same to the byte when it is made again', async () => {
    expect((await renderCertificate(structuredClone(facts))).equals(pdf)).toBe(true)
  })

  test('uses none of the titles that belong to licensed institutions', () => {
    expect(text).not.toMatch(/професионално обучение|професионална квалификация|свидетелство|обр\./i)
  })
})

describe('what a certificate leaves out', () => {
  const bare: CertificateFacts = {
    ...facts,
    issuer: { municipality: 'Аксаково', district: null },
    recipient: { givenName: 'Мирослав', middleName: null, familyName: null, position: null, unit: null },
    course: { ...facts.course, title: 'Първа помощ', titleEn: null, kind: 'other', legalBasis: null, topics: [] },
    training: { ...facts.training, form: 'online', place: null, sessions: facts.training.sessions.slice(0, 1) },
    scheduledMinutes: 180,
    attendedMinutes: 179,
    project: null,
    issuedBy: { name: 'Мария Съставена', role: null },
  }

  test('a name of one part, no project, no place: nothing empty is printed, no EU block, no second font family', async () => {
    const pdf = await renderCertificate(bare)
    const text = await pdfText(pdf)
    expect(text).toContain('се издава на Мирослав за участие в обучение на тема „Първа помощ“')
    expect(text).toContain('Дата и час 14.03.2024 г., 09:00–12:00 Форма дистанционна Хорариум 4,0 ак. ч. (3 ч.) в 1 занятие;')
    expect(text).not.toMatch(/област|Основание|Проект|Дейност|Финансиране|Теми|Съфинансирано|null|Приложение/)
    expect((await pdfFonts(pdf)).map(({ name }) => name).sort()).toEqual(['SofiaSans-Bold', 'SofiaSans-Regular'])
    expect((await pdfAccessibility(pdf)).figures).toHaveLength(1)
  })

  test('a project without EU money has no EU block', async () => {
    const text = await pdfText(await renderCertificate({ ...facts, project: { ...facts.project!, euFunded: false } }))
    expect(text).toContain('BG05SFPR002-2.002-0078')
    expect(text).not.toContain('Съфинансирано от Европейския съюз')
  })

  test('presence is never rounded up: 179 of 180 minutes are 99 %', async () => {
    expect(await pdfText(await renderCertificate(bare))).toContain('(2 ч. 59 мин.), 99 % от хорариума')
  })

  test('only a demonstration says that it is one', async () => {
    const words = 'Демонстрационен документ, без стойност'
    expect(await pdfText(await renderCertificate(facts))).not.toContain(words)
    expect(await pdfText(await renderCertificate({ ...facts, demo: true }))).toContain(words)
  })
})

describe('more than a page holds', () => {
  const name = {
    givenName: 'Александра-Кристияна-Мария',
    middleName: 'Константинова-Добромирова-Панайотова',
    familyName: 'Тодорова-Карадимитрова-Хаджиапостолова-Стоянова-Великова',
  }
  const whole = `${name.givenName} ${name.middleName} ${name.familyName}`

  test('a name of 120 characters, a title of 400, 12 sessions and 22 topics are all there, the rest in an annex with the number', async () => {
    const topics = Array.from({ length: 22 }, (_, index) => `Тема с дълго заглавие за проверка на мястото под номер ${index + 1}.`)
    const pdf = await renderCertificate({
      ...facts,
      demo: true,
      ordinal: 2,
      recipient: { ...facts.recipient, ...name },
      course: { ...facts.course, title: LONG_TITLE, topics },
      training: { ...facts.training, sessions: sessionsOf(12) },
      scheduledMinutes: 2160,
      attendedMinutes: 2075,
    })
    const [first = '', ...annex] = await pdfPages(pdf)
    expect(whole).toHaveLength(120)
    expect(first).toContain(whole)
    expect(first).toContain(`„${LONG_TITLE}“`)
    expect(first).toContain('14.01.2024 г. – 14.12.2024 г.; занятията са изброени в приложението')
    expect(first).toContain('удостоверение № 2 на лицето за това обучение')
    expect(first).toContain('Неразделна част от удостоверението е приложението към него.')
    expect(first).toContain(`Страница 1 от ${annex.length + 1}`)
    for (const page of annex) {
      expect(page).toContain('Рег. № 12 / 15.05.2024 г.')
      expect(page).toContain('Съфинансирано от Европейския съюз')
      expect(page).toContain('Демонстрационен документ, без стойност')
      expect(page.replaceAll('- ', '-')).toContain(whole)
    }
    const rest = annex.join(' ')
    for (const topic of topics) expect(rest).toContain(topic)
    expect(rest).toContain('5 14.05.2024 г., 10:00–13:00 3 ч. 1 ч. 35 мин.')
    expect(rest).toContain('Общо 36 ч. 34 ч. 35 мин.')
    expect(await decodeQr(pdf)).toBe(facts.verifyUrl)
    await expect(checkPdf(pdf)).resolves.toBeUndefined()
  })

  test('no word lies on another or within 15 mm of the edge, whatever is long', async () => {
    const words = (count: number) => 'прекалено дълго описание '.repeat(count).trim()
    const everythingLong: CertificateFacts = {
      ...facts,
      demo: true,
      ordinal: 3,
      recipient: { ...name, position: words(12), unit: words(12) },
      course: { ...facts.course, title: LONG_TITLE, titleEn: LONG_TITLE, legalBasis: words(30), topics: [words(100)] },
      training: { ...facts.training, place: words(30), trainer: words(10), sessions: sessionsOf(12) },
      project: { number: 'BG05SFPR002-2.002-0078-C01', title: words(30), activity: words(30), funding: words(30), euFunded: true },
      issuedBy: { name: whole, role: words(12) },
      verifyUrl: `https://${'obshtinski-kapacitet-'.repeat(4)}.example/verify/7K3M9QWX2HTBVR5N`,
    }
    for (const pdf of [await renderCertificate(facts), await renderCertificate(everythingLong)]) {
      const boxes = await pdfWords(pdf)
      const edge = (15 / 25.4) * 72
      const outside = boxes.filter(({ text, left, right }) => left < edge || right > 595.28 - edge || text === '')
      const collisions = boxes.filter((a, index) =>
        boxes.slice(index + 1).some((b) => a.page === b.page && a.left < b.right - 0.5 && b.left < a.right - 0.5 && overlap(a, b) > 0.35),
      )
      expect({ outside, collisions }).toEqual({ outside: [], collisions: [] })
      expect(await decodeQr(pdf)).not.toBeNull()
    }
  })

  test('texts of absurd length are printed in full in the annex and push nothing over the edge', async () => {
    const place = `${'много дълго място '.repeat(120)}край на мястото`
    const title = `${'Безкрайно заглавие '.repeat(80)}край на заглавието`
    const [first = '', ...annex] = await pdfPages(
      await renderCertificate({ ...facts, course: { ...facts.course, title }, training: { ...facts.training, place } }),
    )
    expect(first).toContain('Код за проверка: 7K3M-9QWX-2HTB-VR5N')
    expect(first).toContain('…')
    expect(annex.join(' ')).toContain('край на мястото')
    expect(annex.join(' ')).toContain('край на заглавието')
  })

  test('markup and control characters in a name are printed as they are, and the file stays sound', async () => {
    const pdf = await renderCertificate({
      ...facts,
      recipient: { ...facts.recipient, givenName: '<b>Ива\u0000</b> & Ко', middleName: 'И\u0306осифова' },
    })
    expect(await pdfText(pdf)).toContain('<b>Ива</b> & Ко Йосифова Примерова')
    await expect(checkPdf(pdf)).resolves.toBeUndefined()
  })
})

describe('frozen facts', () => {
  test('come back from their stored text as they were', () => {
    expect(parseCertificateFacts(JSON.stringify(facts))).toEqual(facts)
  })

  test('of another version, with a fact missing or one too many are refused', () => {
    const { verifyCode: _, ...missing } = facts
    for (const wrong of [{ ...facts, version: 2 }, missing, { ...facts, personalNumber: '1' }, { ...facts, issuedOn: '2024-02-30' }]) {
      expect(() => parseCertificateFacts(JSON.stringify(wrong))).toThrow()
    }
    expect(() => parseCertificateFacts('{')).toThrow(SyntaxError)
  })

  test('the register number reads as on paper', () => {
    expect(registerNumberText(facts)).toBe('Рег. № 12 / 15.05.2024\u00a0г.')
  })
})

import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCertificateFacts } from '~/domain/certificate/certificate-facts'
import { certificateFile, certificatePage, certificateRegister, trainingCertificates } from '~/domain/certificate/certificate.server'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { makeCertificateFiles, sendForMissingFiles } from '~/domain/certificate/make-certificate-files.server'
import { auditChainFaults } from '~/platform/audit.server'
import { atInstant, clock } from '~/platform/clock.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { AFTERWARDS, aLargeTraining, anotherHeld, present, register, statementsOf, type TrainingCase } from '../certificate-cases'
import { aPerson, aProject, aTraining, enrolled, somebody } from '../factories'
import { checkPdf, decodeQr, pdfText } from '../pdf-tools'

const real = clock.now
beforeAll(() => void (clock.now = () => AFTERWARDS))
afterAll(async () => {
  clock.now = real
  await disconnect()
})

const issueAll = (one: TrainingCase, key: string | null = null) => issueCertificates(one.coordinator.actor, one.training.id, null, key)
const files = (municipalityId: string, last: number) => makeCertificateFiles({ municipalityId, registerYear: 2026, first: 1, last })
const refused = (messageKey: string) => expect.objectContaining({ messageKey })
const jobs = async (municipalityId: string) => {
  const client = new pg.Client(process.env.DATABASE_OWNER_URL)
  await client.connect()
  const { rows } = await client.query(`select data from pgboss.job where data->>'municipalityId' = $1 order by data->>'first'`, [
    municipalityId,
  ])
  await client.end()
  return rows.map(({ data }) => data)
}

describe('issuing', () => {
  test('numbers run by surname in Bulgarian order, facts are frozen whole, and the files are sent for', async () => {
    const project = {
      numberAsWritten: 'BG05SFPR002-2.002-0078',
      programme: 'Развитие на човешките ресурси',
      funding: 'ЕСФ+',
      isEuFunded: true,
    }
    const one = await aTraining({ people: 0 })
    const { municipalityId, training, course } = one
    const kept = await aProject(municipalityId, project)
    await inMunicipality({ municipalityId }, async (tx) => {
      await tx.municipality.update({ where: { id: municipalityId }, data: { name: 'Елена', district: 'Велико Търново' } })
      await tx.course.update({
        where: { id: course.id },
        data: { title: 'Стандарти', topics: 'Първа\n\n Втора ', legalBasis: 'чл. 120 от ЗСУ' },
      })
      await tx.training.update({ where: { id: training.id }, data: { projectId: kept.id } })
    })
    const people = []
    for (const familyName of ['Янева', 'Ангелова', 'Ъглева', 'Щерева'])
      people.push(
        await aPerson(municipalityId, { givenName: 'Яна', middleName: null, familyName, service: one.service, position: 'психолог' }),
      )
    for (const person of people) await enrolled(municipalityId, training.id, person.id)
    await present({ ...one, people }, 300)

    expect(await issueAll(one)).toEqual({ location: `/trainings/${training.id}/certificates`, count: 4 })

    const rows = await register(municipalityId)
    const facts = rows.map((row) => parseCertificateFacts(row.facts!.facts))
    expect(facts.map(({ registerNumber, recipient }) => [registerNumber, recipient.familyName])).toEqual([
      [1, 'Ангелова'],
      [2, 'Щерева'],
      [3, 'Ъглева'],
      [4, 'Янева'],
    ])
    const [first] = rows
    expect(facts[0]).toEqual({
      version: 1,
      registerNumber: 1,
      registerYear: 2026,
      issuedOn: '2026-11-20',
      ordinal: 1,
      issuer: { municipality: 'Елена', district: 'Велико Търново' },
      recipient: { givenName: 'Яна', middleName: null, familyName: 'Ангелова', position: 'психолог', unit: one.service.name },
      course: { title: 'Стандарти', titleEn: null, kind: 'introductory', legalBasis: 'чл. 120 от ЗСУ', topics: ['Първа', 'Втора'] },
      training: {
        form: 'in_person',
        place: 'Зала 1',
        trainer: one.trainer.actor.name,
        sessions: [
          { startsAt: '2026-11-02T07:00:00.000Z', endsAt: '2026-11-02T14:00:00.000Z', scheduledMinutes: 360, attendedMinutes: 300 },
        ],
      },
      scheduledMinutes: 360,
      attendedMinutes: 300,
      requiredSharePercent: 80,
      academicHourMinutes: 45,
      timeZone: 'Europe/Sofia',
      project: {
        number: 'BG05SFPR002-2.002-0078',
        title: kept.title,
        activity: null,
        funding: 'Развитие на човешките ресурси; ЕСФ+',
        euFunded: true,
      },
      issuedBy: { name: one.coordinator.actor.name, role: 'координатор' },
      verifyCode: first!.verifyCode.replace(/(.{4})(?=.)/g, '$1-'),
      verifyUrl: `http://app.test/verify/${first!.verifyCode}`,
      demo: false,
    })
    expect(first!.factsHash).toBe(
      createHash('sha256')
        .update(first!.facts!.salt + first!.facts!.facts)
        .digest('hex'),
    )
    expect(new Set(rows.map(({ verifyCode }) => verifyCode)).size).toBe(4)
    expect(await jobs(municipalityId)).toEqual([{ municipalityId, registerYear: 2026, first: 1, last: 4 }])
  })

  test('the year of the register is that of the municipality, not of UTC', async () => {
    const one = await aTraining({ people: 1 })
    await present(one)
    await atInstant(new Date('2026-12-31T22:30:00Z'), () => issueAll(one))
    const [row] = await register(one.municipalityId)
    expect([row!.registerYear, row!.issuedOn.toISOString().slice(0, 10)]).toEqual([2027, '2027-01-01'])
  })

  test('only who has earned it gets one, each year begins at 1, and the page says why the others do not', async () => {
    const one = await aTraining({ people: 4 })
    const [full, edge, little] = one.people
    await present({ ...one, people: [full!] })
    await present({ ...one, people: [edge!] }, 288)
    await present({ ...one, people: [little!] }, 287)
    const before = await trainingCertificates(one.coordinator.actor, one.training.id)
    const refusals = Object.fromEntries(before.candidates.map(({ personId, verdict }) => [personId, verdict.refusal]))
    expect(one.people.map(({ id }) => refusals[id])).toEqual([null, null, 'too_little', 'unmarked'])
    expect((await issueAll(one)).count).toBe(2)
    expect(new Set((await register(one.municipalityId)).map(({ personId }) => personId))).toEqual(new Set([full!.id, edge!.id]))
    await expect(issueAll(one)).rejects.toEqual(refused('certificate.nobody'))
    await expect(issueCertificates(one.coordinator.actor, one.training.id, little!.id, null)).rejects.toEqual(
      refused('certificate.not_due'),
    )
  })

  test('one person alone; before the last session has ended nobody', async () => {
    const one = await aTraining({ people: 2 })
    await present(one)
    await atInstant(new Date('2026-11-02T13:59:59Z'), () => expect(issueAll(one)).rejects.toEqual(refused('certificate.nobody')))
    const { count } = await issueCertificates(one.coordinator.actor, one.training.id, one.people[1]!.id, null)
    expect(count).toBe(1)
    expect((await register(one.municipalityId)).map(({ personId }) => personId)).toEqual([one.people[1]!.id])
  })

  test('the same submission twice issues once, also at the same moment', async () => {
    const one = await aTraining({ people: 3 })
    await present(one)
    const key = randomUUID()
    const answers = await Promise.all([issueAll(one, key), issueAll(one, key), issueAll(one, key)])
    expect(answers.map(({ count }) => count).sort()).toEqual([3, null, null])
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1)
    expect(await register(one.municipalityId)).toHaveLength(3)
  })

  test('two coordinators who press at once do not issue twice', async () => {
    const one = await aTraining({ people: 3 })
    await present(one)
    const other = await somebody(one.municipalityId, 'coordinator')
    const results = await Promise.allSettled([issueAll(one), issueCertificates(other.actor, one.training.id, null, null)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await register(one.municipalityId)).map(({ registerNumber }) => registerNumber)).toEqual([1, 2, 3])
  })

  test('ten issues at once over ten trainings leave no gap and no number twice', async () => {
    const one = await aTraining({ people: 0 })
    const held = []
    for (let day = 3; day < 13; day++) held.push(await anotherHeld(one, 1 + (day % 3), day))
    const counts = await Promise.all(
      held.map(({ training }) => issueCertificates(one.coordinator.actor, training.id, null, null).then(({ count }) => count)),
    )
    const total = held.reduce((sum, { people }) => sum + people.length, 0)
    expect(counts.reduce<number>((sum, count) => sum + count!, 0)).toBe(total)
    const rows = await register(one.municipalityId)
    expect(rows.map(({ registerNumber }) => registerNumber)).toEqual(Array.from({ length: total }, (_, index) => index + 1))
    expect(await inMunicipality(one, (tx) => auditChainFaults(tx, one.municipalityId))).toEqual([])
  })

  test('only the coordinator issues; other roles are refused and another municipality sees nothing', async () => {
    const one = await aTraining({ people: 1 })
    await present(one)
    for (const { actor } of [one.trainer, one.manager, one.employee]) {
      await expect(issueCertificates(actor, one.training.id, null, null)).rejects.toEqual(refused('error.forbidden'))
      await expect(trainingCertificates(actor, one.training.id)).rejects.toEqual(refused('error.forbidden'))
    }
    const elsewhere = await aTraining({ people: 0 })
    for (const { actor } of [one.otherTrainer, one.admin, elsewhere.coordinator])
      await expect(issueCertificates(actor, one.training.id, null, null)).rejects.toEqual(refused('training.not_found'))
    expect(await register(one.municipalityId)).toEqual([])
  })
})

describe('files', () => {
  test('several makers at once draw each certificate once, and the chain closes over the hashes', async () => {
    const one = await aTraining({ people: 12 })
    await present(one)
    await issueAll(one)
    const made = await Promise.all([files(one.municipalityId, 12), files(one.municipalityId, 12), files(one.municipalityId, 12)])
    expect(made.reduce((sum, count) => sum + count, 0)).toBe(12)
    for (const { file } of await register(one.municipalityId)) {
      const bytes = Buffer.from(file!.blob.bytes)
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file!.sha256)
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    }
    expect(await files(one.municipalityId, 12)).toBe(0)
    expect(await inMunicipality(one, (tx) => auditChainFaults(tx, one.municipalityId))).toEqual([])
    const drawn = await inMunicipality(one, (tx) => tx.auditPayload.findMany({ where: { payload: { contains: '"files"' } } }))
    expect(drawn.flatMap(({ payload }) => Object.keys(JSON.parse(payload!).files))).toHaveLength(12)
  })

  test('a sweep sends again for what has no file, in every municipality', async () => {
    const one = await aTraining({ people: 2 })
    await present(one)
    await issueAll(one)
    expect(await sendForMissingFiles()).toBeGreaterThanOrEqual(2)
    expect(await jobs(one.municipalityId)).toHaveLength(2)
    await files(one.municipalityId, 2)
    await sendForMissingFiles()
    expect(await jobs(one.municipalityId)).toHaveLength(2)
  })

  test('a surname changed afterwards leaves certificate and file as they were', async () => {
    const one = await aTraining({ people: 0 })
    const person = await aPerson(one.municipalityId, { givenName: 'Мария', familyName: 'Моминска', service: one.service })
    await enrolled(one.municipalityId, one.training.id, person.id)
    await present({ ...one, people: [person] })
    await issueAll(one)
    await inMunicipality(one, (tx) => tx.person.update({ where: { id: person.id }, data: { familyName: 'Женска' } }))
    await files(one.municipalityId, 1)
    const [row] = await register(one.municipalityId)
    const { file } = await certificateFile(one.coordinator.actor, row!.id)
    const pdf = Buffer.from(file!.bytes)
    await checkPdf(pdf)
    const text = await pdfText(pdf)
    expect(text).toContain('Мария Моминска')
    expect(text).not.toContain('Женска')
    expect(await decodeQr(pdf)).toBe(`http://app.test/verify/${row!.verifyCode}`)
    const page = await certificateRegister(one.coordinator.actor, { q: 'женска', year: null, trainingId: null, page: 1 })
    expect(page.rows.map(({ recipient }) => recipient!.familyName)).toEqual(['Моминска'])
    expect((await certificatePage(one.coordinator.actor, row!.id)).view!.recipient).toBe('Мария Моминска')
  })
})

test('two hundred are numbered and frozen by as many statements as one', async () => {
  const [one, many] = [await aLargeTraining(1), await aLargeTraining(200)]
  const single = await statementsOf(() => issueAll(one))
  const all = await statementsOf(async () => expect((await issueAll(many)).count).toBe(200))
  expect(single.some((sql) => sql.includes('insert into "CertificateFacts"'))).toBe(true)
  expect(all).toEqual(single)
  expect((await jobs(many.municipalityId)).length).toBe(10)
})

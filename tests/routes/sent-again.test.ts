import { expect, test } from 'vitest'
import { inMunicipality } from '~/platform/db.server'
import { action as invite } from '~/routes/_app.admin.accounts.new'
import { action as addCourse } from '~/routes/_app.courses.new'
import { action as addEmployer } from '~/routes/_app.employers.new'
import { action as addActivity } from '~/routes/_app.projects.$projectId.activities'
import { action as addProject } from '~/routes/_app.projects.new'
import { action as addService } from '~/routes/_app.services.new'
import { action as addPost } from '~/routes/_app.staff.$personId.posts.new'
import { action as addPerson } from '~/routes/_app.staff.new'
import { action as addSession } from '~/routes/_app.trainings.$trainingId.sessions.new'
import { action as planTraining } from '~/routes/_app.trainings.new'
import { aProject, aTraining } from '../factories'
import { call } from '../http'

async function aPlace() {
  const w = await aTraining()
  return { ...w, project: await aProject(w.municipalityId) }
}
type Place = Awaited<ReturnType<typeof aPlace>>
type Sent = [action: (args: never) => unknown, form: Record<string, string>, params?: Record<string, string>]

const FORMS: Record<string, (w: Place) => Sent> = {
  course: () => [addCourse, { title: 'Първа помощ', kind: 'other', durationMinutes: '90', requiredSharePercent: '80' }],
  project: () => [addProject, { title: 'Укрепване', startsOn: '2026-01-15' }],
  activity: (w) => [addActivity, { title: 'Обучения на екипа' }, { projectId: w.project.id }],
  person: () => [addPerson, { givenName: 'Ана', familyName: 'Илиева' }],
  post: (w) => [
    addPost,
    { workplace: `service.${w.service.id}`, position: 'психолог', category: 'core', startsOn: '2026-01-15' },
    { personId: w.people[0]!.id },
  ],
  employer: () => [addEmployer, { name: 'Сдружение „Заедно“', kind: 'provider' }],
  service: (w) => [addService, { name: 'Дневен център', employerId: w.service.employerId, annexes: '1' }],
  account: () => [invite, { login: `petrova-${crypto.randomUUID()}`, displayName: 'П. Петрова', roles: 'trainer' }],
  'confirmed account': (w) => [invite, { login: w.trainer.login, displayName: 'П. Петрова', roles: 'trainer', sameAccount: 'on' }],
  training: (w) => [
    planTraining,
    {
      intent: 'save',
      courseId: w.course.id,
      trainerAccountId: w.trainer.accountId,
      place: 'Зала 3',
      capacity: '22',
      'sessions[0].date': '2026-12-01',
      'sessions[0].from': '09:00',
      'sessions[0].to': '16:00',
    },
  ],
  session: (w) => [addSession, { date: '2026-12-01', from: '09:00', to: '12:00' }, { trainingId: w.training.id }],
}

test.each(Object.keys(FORMS))(
  'the form of one %s, drawn anew and sent unchanged, is refused beside a field and changes nothing',
  async (noun) => {
    const w = await aPlace()
    const [action, form, params] = FORMS[noun]!(w)
    const who = noun.endsWith('account') ? w.admin : w.coordinator
    const send = () => call(action, '/', { as: who, params, form: { ...form, _key: crypto.randomUUID() } })
    const commands = () => inMunicipality(w, (tx) => tx.auditEvent.count())
    if (noun !== 'confirmed account') expect((await send()).status).toBeLessThan(400)
    const before = await commands()
    const again = await send()
    expect(again.status).toBe(409)
    expect(Object.values(again.body.error).flat().join()).toMatch(/[а-я]{4}/)
    expect(again.body.initialValue).toMatchObject(Object.fromEntries(Object.entries(form).filter(([name]) => !name.includes('['))))
    expect(await commands()).toBe(before)
  },
)

test('with the tick a course, a project and a person are added beside the one that is there, and the tick sent twice adds one', async () => {
  const w = await aPlace()
  for (const [noun, tick] of Object.entries({ course: 'another', project: 'another', person: 'namesake' })) {
    const [action, form] = FORMS[noun]!(w)
    const send = (over: Record<string, string>) => call(action, '/', { as: w.coordinator, form: { ...form, ...over } })
    const first = await send({ _key: crypto.randomUUID() })
    const asked = await send({ _key: crypto.randomUUID() })
    expect(asked.body.values.path).toBe(first.location)
    const ticked = { _key: crypto.randomUUID(), [tick]: 'on' }
    const second = await send(ticked)
    expect(second.status).toBe(302)
    expect(second.location).not.toBe(first.location)
    expect((await send(ticked)).location).toBe(second.location)
  }
})

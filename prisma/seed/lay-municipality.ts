import { dateOf, dateOrNull } from '~/domain/day'
import { keepProjectWarnings } from '~/domain/project/keep-warnings.server'
import type { InstallationActor } from '~/platform/actor'
import { recordInstallationEvent } from '~/platform/audit.server'
import type { Tx } from '~/platform/db.server'
import { ACCOUNTS } from './accounts'
import { COURSES } from './courses'
import { demoId, INVENTED } from './demo-id'
import type { Ground } from './lay-training'
import type { DemoMunicipality, MunicipalityKey } from './municipalities'
import { inventedNames } from './names'
import { EMPLOYERS, postsOf, SERVICES, workplacesOf, type Workplace } from './staff'

export const municipalityIdOf = (key: MunicipalityKey) => demoId(key, 'municipality')
export const accountIdOf = (login: string) => demoId('account', login)
export const personIdOf = (key: MunicipalityKey, workplace: Workplace, index: number) => demoId(key, 'person', workplace, index)

/** A municipality of the demo without trainings: who works where, courses, the project with its warnings by rule. */
export async function layMunicipality(tx: Tx, keeper: InstallationActor, demo: DemoMunicipality): Promise<Ground> {
  const { key, name, district, nsiCode, ekatte } = demo
  const id = municipalityIdOf(key)
  const { timeZone } = await tx.municipality.create({ data: { id, name, district, nsiCode, ekatte, isDemo: true } })
  await tx.$executeRaw`select set_config('app.municipalities', ${`{${id}}`}, true)`
  await recordInstallationEvent(tx, keeper, 'municipality.create', { type: 'municipality', id }, { name, district, nsiCode })
  await layEmployers(tx, key)
  await layPeople(tx, key)
  await layMemberships(tx, key)
  await tx.course.createMany({
    data: COURSES.map(({ key: course, topics, ...facts }) => ({
      ...facts,
      id: demoId(key, 'course', course),
      municipalityId: id,
      topics: topics.join('\n'),
      materials: INVENTED,
    })),
  })
  await layProject(tx, demo)
  return { id, key, timeZone }
}

const employerOf = (workplace: Workplace) => (workplace === 'administration' ? 'administration' : 'provider')
const isService = (workplace: Workplace) => workplace !== 'administration'

async function layEmployers(tx: Tx, key: MunicipalityKey) {
  const municipalityId = municipalityIdOf(key)
  await tx.employer.createMany({
    data: Object.entries(EMPLOYERS).map(([employer, facts]) => ({ id: demoId(key, 'employer', employer), municipalityId, ...facts })),
  })
  const services = workplacesOf(key).filter(isService)
  await tx.socialService.createMany({
    data: services.map((service) => ({
      id: demoId(key, 'service', service),
      municipalityId,
      employerId: demoId(key, 'employer', 'provider'),
      name: SERVICES[service].name,
    })),
  })
  await tx.serviceAnnex.createMany({
    data: services.flatMap((service) =>
      SERVICES[service].annexes.map((annex) => ({ municipalityId, serviceId: demoId(key, 'service', service), annex })),
    ),
  })
}

/** The posts of a municipality with the invented person in each. */
export function staffOf(key: MunicipalityKey) {
  const posts = postsOf(key)
  const names = inventedNames(key, posts.length)
  const seen = new Map<Workplace, number>()
  return posts.map((post, ordinal) => {
    const index = seen.get(post.workplace) ?? 0
    seen.set(post.workplace, index + 1)
    return { id: personIdOf(key, post.workplace, index), ordinal, name: names[ordinal]!, post }
  })
}

async function layPeople(tx: Tx, key: MunicipalityKey) {
  const municipalityId = municipalityIdOf(key)
  const staff = staffOf(key)
  await tx.person.createMany({
    data: staff.map(({ id, ordinal, name, post }) => ({
      id,
      municipalityId,
      ...name,
      employeeNumber: `Д-${String(ordinal + 1).padStart(3, '0')}`,
      firstInSocialSystemOn: dateOf(post.startsOn),
      isInvented: true,
    })),
  })
  const posts = staff.map(({ id: personId, post: { workplace, ...post } }) => ({
    municipalityId,
    personId,
    employerId: demoId(key, 'employer', employerOf(workplace)),
    serviceId: isService(workplace) ? demoId(key, 'service', workplace) : null,
    ...post,
    startsOn: dateOf(post.startsOn),
    endsOn: null as Date | null,
  }))
  // every eighth came from a trainee's post, so that a profile has a history
  const earlier = posts
    .filter((_, index) => index % 8 === 7)
    .map((post) => ({
      ...post,
      position: 'стажант',
      category: 'other' as const,
      startsOn: new Date(+post.startsOn - 365 * 86_400_000),
      endsOn: new Date(+post.startsOn - 86_400_000),
    }))
  await tx.assignment.createMany({ data: [...earlier, ...posts] })
}

async function layMemberships(tx: Tx, key: MunicipalityKey) {
  const municipalityId = municipalityIdOf(key)
  const staff = new Map(staffOf(key).map((one) => [one.id, one.name]))
  for (const { login, name, places } of ACCOUNTS)
    for (const { roles, service, person } of places.filter((place) => place.municipality === key)) {
      const id = demoId(key, 'membership', login)
      const personId = person ? personIdOf(key, person.workplace, person.index) : null
      const own = personId ? staff.get(personId) : undefined
      const displayName = name ?? [own?.givenName, own?.familyName].filter(Boolean).join(' ')
      await tx.membership.create({ data: { id, municipalityId, accountId: accountIdOf(login), displayName, personId } })
      await tx.roleGrant.createMany({
        data: roles.map((role) => ({
          municipalityId,
          membershipId: id,
          role,
          serviceId: role === 'manager' && service ? demoId(key, 'service', service) : null,
        })),
      })
    }
}

async function layProject(tx: Tx, { key, project, activities }: DemoMunicipality) {
  const municipalityId = municipalityIdOf(key)
  const id = demoId(key, 'project')
  const { startsOn, endsOn, announcedOn, retainUntil, ...facts } = project
  const days = {
    startsOn: dateOrNull(startsOn),
    endsOn: dateOrNull(endsOn),
    announcedOn: dateOrNull(announcedOn),
    retainUntil: dateOrNull(retainUntil),
  }
  await tx.project.create({ data: { id, municipalityId, ...facts, ...days }, select: { id: true } })
  await keepProjectWarnings(tx, municipalityId, id, project)
  await tx.activity.createMany({
    data: activities.map((title, index) => ({
      id: demoId(key, 'activity', index + 1),
      municipalityId,
      projectId: id,
      ordinal: index + 1,
      title,
    })),
  })
}

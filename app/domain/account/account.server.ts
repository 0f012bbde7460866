import { can, type Actor } from '~/domain/policy'
import { Prisma } from '~/generated/prisma/client'
import { fullName } from '~/i18n/format'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'
import type { Role } from '~/platform/actor'
import { worksElsewhere } from './password-link.server'
import type { ACCOUNT_STATES } from './account'

/** Accounts of a municipality are seen by its administrators alone. */
export const visibleMemberships = (actor: Actor): Prisma.MembershipWhereInput =>
  can(actor, 'account.manage', null) ? { municipalityId: actor.municipalityId } : { id: { in: [] } }

/** Returns the membership with its account; throws `not_found` where the actor does not see it. */
export async function findMembership(tx: Tx, actor: Actor, membershipId: string) {
  const membership = await tx.membership.findFirst({
    where: { id: membershipId, ...visibleMemberships(actor) },
    include: { account: { select: { id: true, login: true, passwordHash: true, language: true } } },
  })
  if (!membership) throw new AppError('not_found', 'error.not_found')
  return membership
}

/** Can work here now; has a role and has not come in yet; holds no role here. */
export type AccountState = (typeof ACCOUNT_STATES)[number]
export type ListedAccount = {
  membershipId: string
  name: string
  login: string
  state: AccountState
  person: string | null
  roles: { role: Role; service: string | null }[]
  total: number
}
type ListQuery = { q?: string; role?: Role | null; state?: AccountState | null; page: number; rowsPerPage: number }

const pattern = (token: string) => token.replace(/[\\%_]/g, '\\$&')

/** Returns one page of the accounts of the actor's municipality in Bulgarian order, and how many there are in all. One query. */
export async function listAccounts(actor: Actor, { q = '', role, state, page, rowsPerPage }: ListQuery) {
  if (!can(actor, 'account.manage', null)) return { accounts: [], total: 0 }
  const tokens = q.normalize('NFC').split(/\s+/).filter(Boolean).slice(0, 10)
  const where = [
    ...tokens.map(
      (token) => Prisma.sql`fold_for_search(m."displayName" || ' ' || a."login") like '%' || fold_for_search(${pattern(token)}) || '%'`,
    ),
    ...(role ? [Prisma.sql`g."roles" @> jsonb_build_array(jsonb_build_object('role', ${role}::text))`] : []),
    ...(state === 'inactive' ? [Prisma.sql`g."roles" is null`] : []),
    ...(state === 'active' ? [Prisma.sql`g."roles" is not null and a."passwordHash" is not null`] : []),
    ...(state === 'invited' ? [Prisma.sql`g."roles" is not null and a."passwordHash" is null`] : []),
    Prisma.sql`m."municipalityId" = ${actor.municipalityId}::uuid`,
  ]
  const accounts = await inMunicipality(
    actor,
    (tx) => tx.$queryRaw<ListedAccount[]>`
      select m."id" as "membershipId", m."displayName" as "name", a."login", 
        case when g."roles" is null then 'inactive' when a."passwordHash" is null then 'invited' else 'active' end as "state",
        nullif(concat_ws(' ', p."givenName", p."middleName", p."familyName"), '') as "person", coalesce(g."roles", '[]') as "roles", count(*) over ()::int as "total"
      from "Membership" m
      join "Account" a on a."id" = m."accountId"
      left join "Person" p on p."id" = m."personId"
      left join lateral (
        select jsonb_agg(jsonb_build_object('role', r."role", 'service', s."name") order by r."role", s."name") as "roles"
        from "RoleGrant" r left join "SocialService" s on s."id" = r."serviceId" where r."membershipId" = m."id" and r."endedAt" is null
      ) g on true
      where ${Prisma.join(where, ' and ')}
      order by m."displayName" collate "bg-x-icu", m."id" limit ${rowsPerPage} offset ${(page - 1) * rowsPerPage}`,
  )
  return { accounts, total: accounts[0]?.total ?? 0 }
}

/** Everything the page of one account shows: login, person, roles held and ended with who and when, and the state of its link. */
export function accountPage(actor: Actor, membershipId: string) {
  return inMunicipality(actor, async (tx) => {
    const membership = await findMembership(tx, actor, membershipId)
    const now = clock.now()
    const { accountId } = membership
    const [grants, person, link, elsewhere, trainings] = await Promise.all([
      tx.roleGrant.findMany({
        where: { membershipId },
        include: { service: { select: { name: true } } },
        orderBy: [{ grantedAt: 'asc' }, { id: 'asc' }],
      }),
      membership.personId ? tx.person.findUnique({ where: { id: membership.personId } }) : null,
      tx.passwordLink.findFirst({
        where: { accountId, usedAt: null, expiresAt: { gt: now } },
        select: { expiresAt: true, municipalityId: true },
      }),
      worksElsewhere(tx, accountId, actor.municipalityId),
      tx.training.count({ where: { trainerAccountId: accountId, cancelledAt: null, endsAt: { gt: now } } }),
    ])
    const authors = [...new Set(grants.flatMap((grant) => [grant.grantedById, grant.endedById]).filter((id) => id !== null))]
    const named = await tx.membership.findMany({ where: { accountId: { in: authors } }, select: { accountId: true, displayName: true } })
    const nameOf = (id: string | null) => named.find((one) => one.accountId === id)?.displayName ?? null
    return {
      membershipId,
      name: membership.displayName,
      login: membership.account.login,
      isOneself: actor.kind === 'account' && actor.accountId === accountId,
      hasPassword: membership.account.passwordHash !== null,
      worksElsewhere: elsewhere,
      person: person && { id: person.id, name: fullName(person) },
      upcomingTrainings: trainings,
      linkUntil: link?.municipalityId === actor.municipalityId ? link.expiresAt.toISOString() : null,
      grants: grants.map((grant) => ({
        id: grant.id,
        role: grant.role,
        service: grant.service?.name ?? null,
        grantedAt: grant.grantedAt.toISOString(),
        grantedBy: nameOf(grant.grantedById),
        endedAt: grant.endedAt?.toISOString() ?? null,
        endedBy: nameOf(grant.endedById),
      })),
    }
  })
}

/** The services a manager's role can be for, in Bulgarian order. */
export const servicesToChoose = (actor: Actor) =>
  inMunicipality(
    actor,
    (tx) => tx.$queryRaw<{ id: string; name: string }[]>`select "id", "name" from "SocialService" order by "name" collate "bg-x-icu", "id"`,
  )

type FreePerson = { id: string; name: string; position: string | null; service: string | null }

/** At most 20 people of the staff who have no account yet, found by any part of the name; namesakes differ by position and service. */
export async function personsWithoutAccount(actor: Actor, q: string) {
  const tokens = q.normalize('NFC').split(/\s+/).filter(Boolean).slice(0, 10)
  if (tokens.length === 0) return []
  const found = tokens.map((token) => Prisma.sql`p."searchKey" like '%' || fold_for_search(${pattern(token)}) || '%'`)
  return freePersons(actor, Prisma.join(found, ' and '))
}

/** The person of this id, unless unknown here or with an account already. */
export async function personWithoutAccount(actor: Actor, id: string) {
  const [person] = await freePersons(actor, Prisma.sql`p."id" = ${id}::uuid`)
  return person ?? null
}

const freePersons = (actor: Actor, where: Prisma.Sql) =>
  inMunicipality(
    actor,
    (tx) => tx.$queryRaw<FreePerson[]>`
      select p."id", concat_ws(' ', p."givenName", p."middleName", p."familyName") as "name", post."position", post."service"
      from "Person" p
      left join lateral (
        select a."position", s."name" as "service" from "Assignment" a left join "SocialService" s on s."id" = a."serviceId"
        where a."personId" = p."id" order by a."endsOn" desc nulls first, a."startsOn" desc limit 1
      ) post on true
      where ${where} and not exists (select from "Membership" m where m."personId" = p."id")
      order by p."sortName", p."id" limit 20`,
  )

import { Prisma } from '~/generated/prisma/client'

/**
 * Joins the post somebody held on a day as `post`: `position`, and as `unit` its service, else its employer; both null where there was
 * none. Of several posts the one begun last, of those begun on one day always the same one. Both are given as columns of the query around it.
 */
export const postOnDay = (personId: Prisma.Sql, day: Prisma.Sql): Prisma.Sql => Prisma.sql`
  left join lateral (
    select g."position", coalesce(v."name", o."name") as "unit"
    from "Assignment" g join "Employer" o on o."id" = g."employerId" left join "SocialService" v on v."id" = g."serviceId"
    where g."personId" = ${personId} and g."startsOn" <= ${day} and (g."endsOn" is null or g."endsOn" >= ${day})
    order by g."startsOn" desc, g."id" limit 1
  ) post on true`

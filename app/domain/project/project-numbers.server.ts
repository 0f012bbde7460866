import { Prisma } from '~/generated/prisma/client'
import type { Actor } from '~/platform/actor'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { timeZoneOf } from '../person/person.server'
import { postOnDay } from '../person/post-on-day.server'
import { findProjectIn } from './project.server'

/**
 * The three counts of a project, which differ and are never one another: persons trained (distinct, with at least one session attended),
 * attendances (a person in a session, present), and the minutes attended in them.
 */
export type ProjectNumbers = { persons: number; attendances: number; attendedMinutes: number }

// Grouped by person first: counting distinct persons in one step would sort every attendance.
const count = (tx: Tx, municipalityId: string, projectId: string) => tx.$queryRaw<ProjectNumbers[]>`
  select count(*)::int as "persons", coalesce(sum(n."attendances"), 0)::int as "attendances", coalesce(sum(n."attendedMinutes"), 0)::int as "attendedMinutes"
  from (
    select a."personId", count(*) as "attendances", sum(a."attendedMinutes") as "attendedMinutes"
    from "Training" t
    join "TrainingSession" ts on ts."trainingId" = t."id"
    join "Attendance" a on a."sessionId" = ts."sessionId"
    where t."municipalityId" = ${municipalityId}::uuid and t."projectId" = ${projectId}::uuid and a."mark" = 'present'
    group by a."personId"
  ) n`

/** The three numbers of a project, in one query. Throws `not_found` for a project the actor does not see. */
export function projectNumbers(actor: Actor, projectId: string): Promise<ProjectNumbers> {
  return inMunicipality(actor, async (tx) => {
    await findProjectIn(tx, actor, projectId)
    return numbersIn(tx, actor, projectId)
  })
}

async function numbersIn(tx: Tx, actor: Actor, projectId: string) {
  const [numbers] = await count(tx, actor.municipalityId, projectId)
  return numbers!
}

export type MonthOfAttendances = { month: string; attendances: number; attendedMinutes: number }

/**
 * The second and third number by calendar month (`2023-03`) of the session's start in the municipality's zone, oldest first; months
 * without attendances are left out. Throws `not_found`.
 */
export function attendancesByMonth(actor: Actor, projectId: string): Promise<MonthOfAttendances[]> {
  return inMunicipality(actor, async (tx) => {
    await findProjectIn(tx, actor, projectId)
    return tx.$queryRaw<MonthOfAttendances[]>`
      select n."month", sum(n."attendances")::int as "attendances", sum(n."attendedMinutes")::int as "attendedMinutes"
      from (
        select to_char(s."startsAt" at time zone ${timeZoneOf(actor)}, 'YYYY-MM') as "month", count(*) as "attendances", sum(a."attendedMinutes") as "attendedMinutes"
        from "Training" t
        join "TrainingSession" ts on ts."trainingId" = t."id"
        join "Session" s on s."id" = ts."sessionId"
        join "Attendance" a on a."sessionId" = s."id"
        where t."municipalityId" = ${actor.municipalityId}::uuid and t."projectId" = ${projectId}::uuid and a."mark" = 'present'
        group by s."id"
      ) n
      group by n."month" order by n."month"`
  })
}

type Page = { page?: number; rowsPerPage?: number }
const offsetOf = (page: number, rowsPerPage: number, total: number) => {
  const shown = Math.min(Math.max(1, page), Math.max(1, Math.ceil(total / rowsPerPage)))
  return { shown, offset: (shown - 1) * rowsPerPage }
}

type Names = { personId: string; givenName: string; middleName: string | null; familyName: string | null }
/** `position` and `workplace` are those of the post held at the person's last session in the project, or null. */
export type TrainedPerson = Names & {
  position: string | null
  workplace: string | null
  trainings: number
  attendances: number
  attendedMinutes: number
}

/** A page of the persons behind the first number, by family name: as many rows in all as the number says. Throws `not_found`. */
export function trainedPersons(actor: Actor, projectId: string, { page = 1, rowsPerPage = 50 }: Page = {}) {
  return inMunicipality(actor, async (tx) => {
    const project = await findProjectIn(tx, actor, projectId)
    const numbers = await numbersIn(tx, actor, projectId)
    const { shown, offset } = offsetOf(page, rowsPerPage, numbers.persons)
    const rows = await tx.$queryRaw<TrainedPerson[]>`
      select n."personId", n."givenName", n."middleName", n."familyName", post."position", post."unit" as "workplace",
        n."trainings", n."attendances", n."attendedMinutes"
      from (
        select p."id" as "personId", p."givenName", p."middleName", p."familyName", p."sortName", count(*)::int as "trainings",
          sum(x."attendances")::int as "attendances", sum(x."attendedMinutes")::int as "attendedMinutes", max(x."lastAt") as "lastAt"
        from (
          select a."personId", count(*) as "attendances", sum(a."attendedMinutes") as "attendedMinutes", max(s."startsAt") as "lastAt"
          from "Training" t
          join "TrainingSession" ts on ts."trainingId" = t."id"
          join "Session" s on s."id" = ts."sessionId"
          join "Attendance" a on a."sessionId" = s."id"
          where t."municipalityId" = ${actor.municipalityId}::uuid and t."projectId" = ${projectId}::uuid and a."mark" = 'present'
          group by a."personId", t."id"
        ) x
        join "Person" p on p."id" = x."personId"
        group by p."id"
        order by p."sortName", p."id" limit ${rowsPerPage} offset ${offset}
      ) n
      ${postOnDay(Prisma.sql`n."personId"`, Prisma.sql`(n."lastAt" at time zone ${timeZoneOf(actor)})::date`)}
      order by n."sortName", n."personId"`
    return { project, numbers, rows, total: numbers.persons, page: shown, rowsPerPage }
  })
}

export type ProjectAttendance = Names & {
  sessionId: string
  trainingId: string
  title: string
  titleEn: string | null
  startsAt: Date
  endsAt: Date
  position: string | null
  workplace: string | null
  attendedMinutes: number
}

/**
 * A page of the attendances behind the second number, by time and family name; their minutes add up to the third. Only the sessions that
 * reach into the page are read row by row. Throws `not_found`.
 */
export function projectAttendances(actor: Actor, projectId: string, { page = 1, rowsPerPage = 50 }: Page = {}) {
  return inMunicipality(actor, async (tx) => {
    const project = await findProjectIn(tx, actor, projectId)
    const numbers = await numbersIn(tx, actor, projectId)
    const { shown, offset } = offsetOf(page, rowsPerPage, numbers.attendances)
    const rows = await tx.$queryRaw<ProjectAttendance[]>`
      with counted as (
        select s."id", s."startsAt", s."endsAt", t."id" as "trainingId", t."courseId", count(*) as present
        from "Training" t
        join "TrainingSession" ts on ts."trainingId" = t."id"
        join "Session" s on s."id" = ts."sessionId"
        join "Attendance" a on a."sessionId" = s."id"
        where t."municipalityId" = ${actor.municipalityId}::uuid and t."projectId" = ${projectId}::uuid and a."mark" = 'present'
        group by s."id", t."id"
      ), placed as (
        select c.*, sum(c.present) over (order by c."startsAt", c."id") - c.present as before from counted c
      ), shown as (
        select * from placed where before < ${offset + rowsPerPage} and before + present > ${offset}
      )
      select n.*, post."position", post."unit" as "workplace"
      from (
        select s."id" as "sessionId", s."trainingId", c."title", c."titleEn", s."startsAt", s."endsAt", p."id" as "personId",
          p."givenName", p."middleName", p."familyName", p."sortName", a."attendedMinutes"
        from shown s
        join "Course" c on c."id" = s."courseId"
        join "Attendance" a on a."sessionId" = s."id" and a."mark" = 'present'
        join "Person" p on p."id" = a."personId"
        order by s."startsAt", s."id", p."sortName", p."id"
        limit ${rowsPerPage} offset (select ${offset} - coalesce(min(before), ${offset}) from shown)
      ) n
      ${postOnDay(Prisma.sql`n."personId"`, Prisma.sql`(n."startsAt" at time zone ${timeZoneOf(actor)})::date`)}
      order by n."startsAt", n."sessionId", n."sortName", n."personId"`
    return { project, numbers, rows, total: numbers.attendances, page: shown, rowsPerPage }
  })
}

import { Prisma } from '~/generated/prisma/client'
import { authorize, hasRole, type AccountActor } from '~/domain/policy'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { AppError } from '~/platform/errors'

/** A page of an upload with where it lies now; without a session it waits, or was set aside. */
export type Scan = {
  id: string
  uploadId: string
  pageOfFile: number
  fileName: string
  uploadedByName: string
  uploadedAt: Date
  sessionId: string | null
  page: number | null
  isByQr: boolean | null
  isSetAside: boolean
  placedByName: string | null
  trainingId: string | null
  startsAt: Date | null
  endsAt: Date | null
  title: string | null
  titleEn: string | null
}

const MOST_LISTED = 100
const REFUSED_FOR_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * The last placement of a scan `c` as `p`, its session as `s`, training `t` and course `k`. Only of files that were read to their end: the
 * pages of one are all there or none is.
 */
const OF_FILE = Prisma.sql`join "SheetUpload" u on u."id" = c."uploadId" join "SheetReading" r on r."uploadId" = u."id" and r."refusedFor" is null`
const AT_PLACE = Prisma.sql`left join "Session" s on s."id" = p."sessionId" left join "TrainingSession" j on j."sessionId" = s."id"
  left join "Training" t on t."id" = j."trainingId" left join "Course" k on k."id" = t."courseId"`
const SCANS = Prisma.sql`"SheetScan" c ${OF_FILE}
  left join lateral (select * from "ScanPlacement" l where l."scanId" = c."id" order by l."id" desc limit 1) p on true ${AT_PLACE}`
/** The same from the placements' side, for the newest of them: what was placed over the years is not looked at. */
const PLACED = Prisma.sql`"ScanPlacement" p join "SheetScan" c on c."id" = p."scanId" ${OF_FILE} ${AT_PLACE}
  where not exists (select from "ScanPlacement" l where l."scanId" = p."scanId" and l."id" > p."id")`
/** The same of those that were never placed. They are few and found first (`offset 0`). */
const UNPLACED = Prisma.sql`(select * from "SheetScan" n where not exists (select from "ScanPlacement" l where l."scanId" = n."id") offset 0) c ${OF_FILE}
  left join "ScanPlacement" p on false ${AT_PLACE}`
const COLUMNS = Prisma.sql`c."id", c."uploadId", c."pageOfFile", u."fileName", u."uploadedByName", u."uploadedAt", p."sessionId", p."page", p."isByQr",
  (p."id" is not null and p."sessionId" is null) as "isSetAside", p."placedByName", t."id" as "trainingId", s."startsAt", s."endsAt", k."title", k."titleEn"`

/**
 * That the actor may see a scan: one that lies in a session belongs to who may see that session's roster, one that does not to whoever
 * brought it. The coordinator sees all.
 */
function visibleScans(actor: AccountActor): Prisma.Sql {
  if (hasRole(actor, 'coordinator')) return Prisma.sql`true`
  if (!hasRole(actor, 'trainer')) return Prisma.sql`false`
  return Prisma.sql`(case when p."sessionId" is null then u."uploadedById" else t."trainerAccountId" end = ${actor.accountId}::uuid)`
}

/** The scan, where the actor may see it. Throws `not_found`. */
export async function findScan(tx: Tx, actor: AccountActor, scanId: string): Promise<Scan> {
  const [scan] = await tx.$queryRaw<Scan[]>`select ${COLUMNS} from ${SCANS} where c."id" = ${scanId}::uuid and ${visibleScans(actor)}`
  if (!scan) throw new AppError('not_found', 'error.not_found')
  return scan
}

/** Everything about uploads that the actor may see: what is being read, what could not be read, and the pages, those that wait apart. */
export function scanList(actor: AccountActor) {
  return inMunicipality(actor, async (tx) => {
    authorize(actor, 'scan.list', null)
    const isOwn = hasRole(actor, 'coordinator') ? {} : { uploadedById: actor.accountId }
    const reading = await tx.sheetUpload.findMany({
      where: { ...isOwn, reading: null },
      orderBy: { uploadedAt: 'asc' },
      take: MOST_LISTED,
      select: { id: true, fileName: true, _count: { select: { scans: { where: { sheetOnPage: 1 } } } } },
    })
    const refused = await tx.sheetUpload.findMany({
      where: {
        ...isOwn,
        reading: { refusedFor: { not: null } },
        uploadedAt: { gte: new Date(clock.now().getTime() - REFUSED_FOR_DAYS * DAY_MS) },
      },
      orderBy: { uploadedAt: 'desc' },
      take: MOST_LISTED,
      select: {
        id: true,
        fileName: true,
        uploadedAt: true,
        uploadedByName: true,
        reading: { select: { refusedFor: true, refusedPage: true } },
      },
    })
    const waiting = await tx.$queryRaw<Scan[]>`
      select ${COLUMNS} from ${UNPLACED} where ${visibleScans(actor)} order by u."uploadedAt", c."uploadId", c."pageOfFile", c."sheetOnPage" limit ${MOST_LISTED}`
    const settled = await tx.$queryRaw<Scan[]>`
      select ${COLUMNS} from ${PLACED} and p."municipalityId" = ${actor.municipalityId}::uuid and ${visibleScans(actor)} order by p."id" desc limit ${MOST_LISTED}`
    return {
      reading: reading.map(({ _count, ...upload }) => ({ ...upload, pages: _count.scans })),
      refused: refused.map(({ reading: read, ...upload }) => ({
        ...upload,
        refusedFor: read!.refusedFor!,
        refusedPage: read!.refusedPage,
      })),
      waiting,
      settled,
    }
  })
}

/** The pages that lie in a session now, by page of the sheet. For who was found to see the session's roster. */
export function scansOfSession(tx: Tx, sessionId: string): Promise<Scan[]> {
  return tx.$queryRaw<Scan[]>`
    select ${COLUMNS} from ${SCANS} where p."sessionId" = ${sessionId}::uuid
      and c."id" in (select l."scanId" from "ScanPlacement" l where l."sessionId" = ${sessionId}::uuid)
    order by p."page" nulls last, u."uploadedAt", c."pageOfFile", c."sheetOnPage"`
}

export type StoredFile = { bytes: Uint8Array<ArrayBuffer>; mediaType: string }

/** The picture of a scan. Throws `not_found` for who may not see it. */
export function scanImage(actor: AccountActor, scanId: string): Promise<StoredFile> {
  return inMunicipality(actor, async (tx) => {
    await findScan(tx, actor, scanId)
    const { view } = await tx.sheetScan.findUniqueOrThrow({
      where: { id: scanId },
      select: { view: { select: { bytes: true, mediaType: true } } },
    })
    return view
  })
}

/** The file a scan came in, as it was sent: for who may see every page of it. Throws `not_found`. */
export function scanOriginal(actor: AccountActor, scanId: string): Promise<StoredFile> {
  return inMunicipality(actor, async (tx) => {
    const { uploadId } = await findScan(tx, actor, scanId)
    const [hidden] = await tx.$queryRaw<{ n: number }[]>`
      select count(*)::int as "n" from ${SCANS} where c."uploadId" = ${uploadId}::uuid and ${visibleScans(actor)} is not true`
    if (hidden!.n > 0) throw new AppError('not_found', 'error.not_found')
    const { file } = await tx.sheetUpload.findUniqueOrThrow({
      where: { id: uploadId },
      select: { file: { select: { bytes: true, mediaType: true } } },
    })
    return file
  })
}

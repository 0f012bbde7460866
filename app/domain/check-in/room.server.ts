import { authorize, type AccountActor, type Actor } from '~/domain/policy'
import { listName } from '~/i18n/format'
import { clock } from '~/platform/clock.server'
import { inMunicipality, type Tx } from '~/platform/db.server'
import { environment } from '~/platform/environment.server'
import { AppError } from '~/platform/errors'
import { qrPath, type QrPath } from '~/platform/qr.server'
import { findSheet } from '../attendance/claims.server'
import { opensAt, scansCloseAt, scansOpenAt } from '../attendance/decision'
import { refusedScans, type RefusedScan } from '../attendance/refused-scans.server'
import { codeAt } from './codes.server'

/** Where the room stands: `early` and `over` show no code, `early` says from when; so do a closed sheet and a cancelled session. */
export type Phase = 'early' | 'open' | 'over' | 'closed' | 'cancelled'

export type Present = {
  personId: string
  /** Null where the screen hides names. */
  name: string | null
  /** Of the scan; of a trainer's mark only when it was made while the session went on. */
  at: string | null
  left: string | null
  /** Scanned before check-in has opened. */
  isEarly: boolean
}

/** What the room's list shows; names are left out for a wall that shows none. Moments are ISO instants. */
export type RoomList = { present: Present[]; refused: RefusedScan[]; seats: number }
export type RoomCode = { code: string; qr: QrPath; leftMs: number; codeSeconds: number }
/** `isBeforeOpening`: scans are kept already and count from the opening. `isAfterEnd`: of an open room, where only leaving is taken. */
export type RoomState = { phase: Phase; isBeforeOpening: boolean; isAfterEnd: boolean; code: RoomCode | null; list: RoomList }

type RoomFacts = {
  startsAt: Date
  endsAt: Date
  checkInOpensMinutes: number
  hasCheckOut: boolean
  codeSeconds: number
  isCancelled: boolean
  isClosed: boolean
}

type PersonRow = { personId: string; givenName: string; middleName: string | null; familyName: string | null }

/** Everything of a room that changes by itself or by claims, as any process sees it. Whoever asks has been let in before. */
export function roomNow(actor: Pick<Actor, 'municipalityId'>, sessionId: string) {
  return inMunicipality(actor, async (tx) => {
    const [facts] = await tx.$queryRaw<RoomFacts[]>`
      select s."startsAt", s."endsAt", s."checkInOpensMinutes", s."hasCheckOut", s."codeSeconds", (s."cancelledAt" is not null or t."cancelledAt" is not null) as "isCancelled",
        exists (select from "SheetClosure" c where c."sessionId" = s."id") as "isClosed"
      from "Session" s join "TrainingSession" ts on ts."sessionId" = s."id" join "Training" t on t."id" = ts."trainingId" where s."id" = ${sessionId}::uuid`
    if (!facts) throw new AppError('not_found', 'session.not_found')
    return { facts, list: await listOf(tx, sessionId, facts) }
  })
}
export type Room = Awaited<ReturnType<typeof roomNow>>

async function listOf(tx: Tx, sessionId: string, facts: RoomFacts): Promise<RoomList> {
  const rows = await tx.$queryRaw<
    (PersonRow & { mark: string | null; at: Date | null; leftAt: Date | null; isScanned: boolean; isSeated: boolean })[]
  >`
    select p."id" as "personId", p."givenName", p."middleName", p."familyName", a."mark"::text as "mark", coalesce(a."arrivedAt", a."updatedAt") as "at", a."leftAt",
      a."arrivedAt" is not null as "isScanned", e."state" = 'approved' as "isSeated"
    from "TrainingSession" ts join "Enrolment" e on e."trainingId" = ts."trainingId" join "Person" p on p."id" = e."personId"
    left join "Attendance" a on a."sessionId" = ts."sessionId" and a."personId" = e."personId"
    where ts."sessionId" = ${sessionId}::uuid and (e."state" = 'approved' or a."personId" is not null)
    order by coalesce(a."arrivedAt", a."updatedAt") desc nulls last, p."sortName", p."id"`
  const isEarly = clock.now() < opensAt(facts)
  const present = rows.flatMap((row) =>
    row.mark === 'present'
      ? [
          {
            personId: row.personId,
            name: listName(row),
            at: row.at && (row.isScanned || (row.at >= opensAt(facts) && row.at <= facts.endsAt)) ? row.at.toISOString() : null,
            left: row.leftAt?.toISOString() ?? null,
            isEarly: isEarly && row.isScanned,
          },
        ]
      : [],
  )
  return { present, refused: await refusedScans(tx, sessionId), seats: rows.filter(({ isSeated }) => isSeated).length }
}

function phaseOf(facts: RoomFacts, now: Date): Phase {
  if (facts.isCancelled) return 'cancelled'
  if (facts.isClosed) return 'closed'
  const meeting = { ...facts, breaks: [] }
  return now < scansOpenAt(meeting) ? 'early' : now > scansCloseAt(meeting) ? 'over' : 'open'
}

/** The last code of each room: its figure takes longer to work out than the rest of the screen. */
const figures = new Map<string, { address: string; qr: QrPath }>()
const MOST_FIGURES = 200

function figureOf(sessionId: string, address: string): QrPath {
  const known = figures.get(sessionId)
  if (known?.address === address) return known.qr
  if (figures.size >= MOST_FIGURES) figures.clear()
  const qr = qrPath(address)
  figures.set(sessionId, { address, qr })
  return qr
}

/** The address that the QR code leads to. */
export const checkInAddress = (origin: string, sessionId: string, code: string) => `${origin}/sessions/${sessionId}/check-in?code=${code}`

/**
 * What a screen shows at this moment. `origin` is the address people use, null where the installation does not know it: then there is
 * no code to show. `hasNames` false leaves the names out.
 */
export function stateOfRoom(sessionId: string, { facts, list }: Room, origin: string | null, hasNames: boolean): RoomState {
  const now = clock.now()
  const phase = phaseOf(facts, now)
  const shown = phase === 'open' && origin ? codeAt(sessionId, facts.codeSeconds, now) : null
  return {
    phase,
    isBeforeOpening: now < opensAt(facts),
    isAfterEnd: now > facts.endsAt,
    code: shown && {
      code: shown.code,
      qr: figureOf(sessionId, checkInAddress(origin!, sessionId, shown.code)),
      leftMs: +shown.endsAt - +now,
      codeSeconds: facts.codeSeconds,
    },
    list: hasNames ? list : { ...list, present: list.present.map(nameless), refused: list.refused.map(nameless) },
  }
}
const nameless = <T extends { name: string | null; personId: string }>(row: T): T => ({ ...row, name: null })

/** Where people open the app: the address it was given, in the demonstration the one it was asked by. Null when nobody has said. */
export const originOf = (requestUrl: string): string | null =>
  environment.baseUrl?.origin ?? (environment.isDemo ? new URL(requestUrl).origin : null)

/** The room's screen of a session for who may see its roster. Throws `not_found` and `forbidden`. */
export async function roomScreen(actor: AccountActor, sessionId: string) {
  const session = await inMunicipality(actor, async (tx) => {
    const sheet = await findSheet(tx, actor, sessionId)
    authorize(actor, 'roster.view', sheet)
    const training = await tx.training.findFirstOrThrow({
      where: { id: sheet.trainingId },
      select: {
        id: true,
        course: { select: { title: true, titleEn: true } },
        project: { select: { isEuFunded: true } },
        trainer: { select: { displayName: true } },
        sessions: { where: { sessionId }, select: { session: { select: { place: true } } } },
      },
    })
    const { startsAt, endsAt } = sheet
    return { id: sessionId, startsAt, endsAt, opensAt: opensAt(sheet), scansFrom: scansOpenAt(sheet), training }
  })
  return { session, room: await roomNow(actor, sessionId) }
}

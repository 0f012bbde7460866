import { attendedMinutes, sameRecord, type Mark, type Record, type Span } from './attendance'

/** One claim about one person in one session. Moments are the server's. */
export type Claim = {
  /** Its number in the register of claims; null while it waits on a device. */
  id: string | null
  key: string
  kind: 'mark' | 'check_in' | 'check_out' | 'correction' | 'proposal'
  mark: Mark | null
  lateMinutes: number
  leftEarlyMinutes: number
  /** When it was made, not when it arrived. */
  at: Date
  /** The claims its author knew of and replaced, by number or, among those of one device, by key. */
  basedOn: readonly string[]
}

/** What the rule has to know of a session. */
export type Meeting = Span & { breaks: Span[]; checkInOpensMinutes: number; hasCheckOut: boolean }

export type State = {
  /** Null while nothing counts. */
  record: Record | null
  /** The claim whose word holds; null without one. */
  decidedBy: Claim | null
  /** From the scans, when they decide. */
  arrivedAt: Date | null
  leftAt: Date | null
  /** With check-out on: one of the two scans is missing, so no minutes are counted until the trainer says. */
  lacksScan: boolean
  attendedMinutes: number
  /** Claims that did not know of each other and differ, the one that holds meanwhile first; empty when nothing is to settle. */
  conflict: Claim[]
  /** Marks that came after the sheet was closed and wait to be taken or left; of one device's the last. */
  proposals: Claim[]
}

const MINUTE_MS = 60_000
const EARLY_SCAN_MS = 60 * MINUTE_MS
const EARLY_MARK_MS = 60 * MINUTE_MS
const LATE_EXIT_MS = 30 * MINUTE_MS
const LATE_ENTRY_MS = 7 * 24 * 60 * MINUTE_MS

const isWord = ({ kind }: Claim) => kind === 'mark' || kind === 'correction'
const isScan = ({ kind }: Claim) => kind === 'check_in' || kind === 'check_out'
/** By when they were made; of the same moment by number, and those that still wait on a device last. */
const byMoment = (a: Claim, b: Claim) => +a.at - +b.at || numberOf(a) - numberOf(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
const numberOf = ({ id }: Claim) => (id === null ? Number.MAX_SAFE_INTEGER : Number(id))
const recordOf = (claim: Claim): Record => ({ mark: claim.mark!, lateMinutes: claim.lateMinutes, leftEarlyMinutes: claim.leftEarlyMinutes })

/** When check-in opens. */
export const opensAt = (meeting: Pick<Meeting, 'startsAt' | 'checkInOpensMinutes'>): Date =>
  new Date(+meeting.startsAt - meeting.checkInOpensMinutes * MINUTE_MS)

/**
 * What a person's claims in a session amount to, in whatever order and however often they are given.
 *
 * The word of trainer or coordinator (a mark, a correction) replaces the claims it was based on. Words that did not know of each other
 * and differ are a conflict: the one made first holds until somebody settles it. Where there is no word, the scans count. A scan no word
 * knew of is a conflict when it contradicts the word: the word says absent, or says more minutes than both scans together show.
 */
export function stateOf(meeting: Meeting, claims: readonly Claim[]): State {
  const all = [...new Map(claims.map((claim) => [claim.key, claim])).values()].sort(byMoment)
  const words = all.filter(isWord)
  const replaced = new Set(words.flatMap((word) => word.basedOn))
  const stands = (claim: Claim) => !(claim.id !== null && replaced.has(claim.id)) && !replaced.has(claim.key)
  const offered = all.filter((claim) => claim.kind === 'proposal' && stands(claim))
  const outdated = new Set(offered.flatMap((proposal) => proposal.basedOn))
  const proposals = offered.filter(({ id, key }) => !(id !== null && outdated.has(id)) && !outdated.has(key))
  const scanned = ofScans(meeting, all.filter(isScan))
  const [word, ...others] = words.filter(stands)
  if (!word) return { ...scanned, conflict: [], proposals }
  const record = recordOf(word)
  const minutes = attendedMinutes(meeting, meeting.breaks, record)
  const contradicts =
    record.mark !== 'present' || (meeting.hasCheckOut && scanned.record && !scanned.lacksScan && scanned.attendedMinutes < minutes)
  const differing = [
    ...others.filter((other) => !sameRecord(recordOf(other), record)),
    ...(contradicts ? all.filter((claim) => isScan(claim) && stands(claim)) : []),
  ]
  return {
    record,
    decidedBy: word,
    arrivedAt: null,
    leftAt: null,
    lacksScan: false,
    attendedMinutes: minutes,
    conflict: differing.length > 0 ? [word, ...differing] : [],
    proposals,
  }
}

const replacedAmong = (claims: readonly Claim[]) => new Set(claims.flatMap((claim) => (isWord(claim) ? claim.basedOn : [])))

/**
 * What a word spoken now, by somebody who knows `claims`, is based on: all of them that nothing has replaced yet, and every scan, so that
 * the scans a replaced word knew of stay known when that word is no longer looked at.
 */
export function basisIn(claims: readonly Claim[] = []): string[] {
  const replaced = replacedAmong(claims)
  return claims.flatMap((claim) => (claim.id !== null && (isScan(claim) || !replaced.has(claim.id)) ? [claim.id] : []))
}

/** The claims that the state follows from, and that of any further claim: all but the words and proposals that were replaced. */
export function neededOf(claims: readonly Claim[]): Claim[] {
  const replaced = replacedAmong(claims)
  return claims.filter((claim) => isScan(claim) || !((claim.id !== null && replaced.has(claim.id)) || replaced.has(claim.key)))
}

/** Times on the clock are read to the whole minute, so that what a sheet prints can be added up by its reader. */
const wholeMinute = (time: Date) => new Date(Math.floor(+time / MINUTE_MS) * MINUTE_MS)
const within = (meeting: Span, time: Date, from: Date = meeting.startsAt) => new Date(Math.min(+meeting.endsAt, Math.max(+from, +time)))
const minutesBetween = (from: Date, to: Date) => Math.max(0, Math.ceil((+to - +from) / MINUTE_MS))

/** The state by scans alone: from the first way in to the last way out; a scan before check-in opened counts from when it opened. */
function ofScans(meeting: Meeting, scans: Claim[]): Omit<State, 'conflict' | 'proposals'> {
  const first = scans.find(({ kind }) => kind === 'check_in')
  const last = scans.at(-1)
  if (!last) return { record: null, decidedBy: null, arrivedAt: null, leftAt: null, lacksScan: false, attendedMinutes: 0 }
  const arrivedAt = first ? within(meeting, wholeMinute(first.at), opensAt(meeting)) : null
  const leaves = meeting.hasCheckOut && last.kind === 'check_out' && (!first || last.at >= first.at)
  const leftAt = leaves ? new Date(Math.max(+(arrivedAt ?? meeting.startsAt), +within(meeting, wholeMinute(last.at)))) : null
  const lacksScan = !arrivedAt || (meeting.hasCheckOut && !leftAt)
  const record: Record = {
    mark: 'present',
    lateMinutes: arrivedAt ? minutesBetween(meeting.startsAt, arrivedAt) : 0,
    leftEarlyMinutes: leftAt ? minutesBetween(leftAt, meeting.endsAt) : 0,
  }
  const minutes = lacksScan ? 0 : attendedMinutes(meeting, meeting.breaks, record)
  return { record, decidedBy: first ?? last, arrivedAt, leftAt, lacksScan, attendedMinutes: minutes }
}

export type Refusal = 'cancelled' | 'closed' | 'not_enrolled' | 'too_early' | 'over' | 'needs_reason'
/** `proposal`: kept, and counted once somebody takes it. */
export type Verdict = { take: Claim['kind'] } | { refuse: Refusal }

export type Attempt = {
  kind: 'mark' | 'check_in' | 'check_out' | 'correction'
  /** When it was made. */
  at: Date
  /** When it arrived; the same moment unless it waited on a device. */
  receivedAt: Date
  /** Holds a seat, or was marked before leaving. */
  isEnrolled: boolean
  hasReason: boolean
}

/**
 * Whether a claim may be taken, and as what. Marks are taken from an hour before the start, and from a week after the end with a
 * reason only; scans from an hour before check-in opens to the end, ways out up to half an hour after it. In a closed sheet a change
 * is a correction with a reason, and a mark that was made before on a device without a line is proposed.
 */
export function verdictOn(meeting: Meeting & { isCancelled: boolean; closedAt: Date | null }, attempt: Attempt): Verdict {
  const { kind, at } = attempt
  if (meeting.isCancelled) return { refuse: 'cancelled' }
  if (!attempt.isEnrolled) return { refuse: 'not_enrolled' }
  if (kind === 'check_in' || kind === 'check_out') return scanVerdict(meeting, kind, at)
  if (+at < +meeting.startsAt - EARLY_MARK_MS) return { refuse: 'too_early' }
  if (kind === 'correction') return attempt.hasReason ? { take: 'correction' } : { refuse: 'needs_reason' }
  if (meeting.closedAt) return attempt.at < attempt.receivedAt ? { take: 'proposal' } : { refuse: 'closed' }
  return isLateEntry(meeting, at) && !attempt.hasReason ? { refuse: 'needs_reason' } : { take: 'mark' }
}

export type ScanKind = 'check_in' | 'check_out'
type Scannable = Span & Pick<Meeting, 'checkInOpensMinutes' | 'hasCheckOut'>

/** The first and the last moment at which a scan is taken; without check-out a way out never is. */
const scanTimes = (meeting: Scannable, kind: ScanKind): [from: number, to: number] =>
  kind === 'check_in'
    ? [+scansOpenAt(meeting), +meeting.endsAt]
    : [+meeting.startsAt, meeting.hasCheckOut ? +meeting.endsAt + LATE_EXIT_MS : -Infinity]

function scanVerdict(meeting: Scannable & { closedAt: Date | null }, kind: ScanKind, at: Date): Verdict {
  if (meeting.closedAt) return { refuse: 'closed' }
  const [from, to] = scanTimes(meeting, kind)
  return +at < from ? { refuse: 'too_early' } : +at > to ? { refuse: 'over' } : { take: kind }
}

/** What is known of one person in one session: the mark that holds, null while nothing counts, and which ways were scanned. */
export type Presence = { mark: Mark | null; hasScannedIn: boolean; hasScannedOut: boolean }

/**
 * The scan a person with a seat has still to make in a session that is neither closed nor cancelled and takes it at `now`; null where
 * there is none. Whom the trainer has marked present without a scan has nothing to scan; whom he has marked away may still come in.
 */
export function nextScan(meeting: Scannable, { mark, hasScannedIn, hasScannedOut }: Presence, now: Date): ScanKind | null {
  if (hasScannedOut || (!hasScannedIn && mark === 'present')) return null
  const kind = hasScannedIn ? 'check_out' : 'check_in'
  const [from, to] = scanTimes(meeting, kind)
  return from <= +now && +now <= to ? kind : null
}

/** Whether there is a room to scan in: a place was given, or nothing else was; with an address alone people only join. */
export const hasRoom = ({ place, onlineUrl }: { place: string | null; onlineUrl: string | null }): boolean =>
  place !== null || onlineUrl === null

/** Whether a mark made at `at` is one entered afterwards, which wants a reason. */
export const isLateEntry = (meeting: Span, at: Date): boolean => +at > +meeting.endsAt + LATE_ENTRY_MS
/** From when a session can be marked: earlier nobody can have been there. */
export const marksOpenAt = (meeting: Span): Date => new Date(+meeting.startsAt - EARLY_MARK_MS)
/** From when a scan is kept; it counts from when check-in opens. */
export const scansOpenAt = (meeting: Pick<Meeting, 'startsAt' | 'checkInOpensMinutes'>): Date => new Date(+opensAt(meeting) - EARLY_SCAN_MS)
/** Until when a scan is taken: a way in to the end, with check-out on a way out for half an hour more. */
export const scansCloseAt = (meeting: Pick<Meeting, 'endsAt' | 'hasCheckOut'>): Date =>
  new Date(+meeting.endsAt + (meeting.hasCheckOut ? LATE_EXIT_MS : 0))
/** Whether a scan of the way in or out, whoever's, is taken at `now`. */
export const takesScans = (meeting: Scannable, now: Date): boolean => scansOpenAt(meeting) <= now && now <= scansCloseAt(meeting)

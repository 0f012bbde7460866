import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'
import type { World } from './data'
import { quantile } from './load'
import { countedIn, openRooms, PEOPLE, signInPeople, type Person, type Room } from './rooms'

const ARRIVE_WITHIN_MS = 10_000
const CONNECTIONS = 200
const AT_ONCE = 16
const GIVE_UP_MS = 60_000

export type CheckInFigure = {
  name: string
  people: number
  recorded: number
  twice: number
  retries: number
  perSecond: number
  p50: number
  p95: number
  pageP95: number
  /** Processor time of app and database a check-in, in milliseconds; empty where processes ended in the middle. */
  cpu: number[]
}

/** Reads the codes off the rooms' screens as they are told, one open screen a room. */
async function watchScreens(baseUrl: string, rooms: Room[], cookie: string) {
  const codes = new Map<string, string>()
  const abort = new AbortController()
  async function watch({ sessionId }: Room) {
    while (!abort.signal.aborted)
      try {
        const answer = await fetch(`${baseUrl}/sessions/${sessionId}/screen/events`, { headers: { cookie }, signal: abort.signal })
        let text = ''
        const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          text = (text + part.value).slice(-200_000)
          for (const [, code] of text.matchAll(/"code":\{"code":"(\w{6})"/g)) codes.set(sessionId, code!)
        }
      } catch {
        await sleep(200)
      }
  }
  const watching = rooms.map(watch)
  while (codes.size < rooms.length) await sleep(20)
  return {
    codeOf: (sessionId: string) => codes.get(sessionId)!,
    async stop() {
      abort.abort()
      await Promise.all(watching)
    },
  }
}

type Times = { page: number[]; press: number[]; retries: number }

type Phone = { pool: Pool; municipalityId: string; person: Person; sessionId: string; code: () => string; times: Times; ticket?: string }

/** Opens the address of the code; returns whether there is a button to press, which is not where an earlier press was answered by nobody. */
async function openPage(phone: Phone): Promise<boolean> {
  const begun = performance.now()
  const page = await phone.pool.request({
    path: `/sessions/${phone.sessionId}/check-in?code=${phone.code()}`,
    method: 'GET',
    headers: { cookie: phone.person.cookie, 'accept-encoding': 'gzip;q=0' },
  })
  const html = await page.body.text()
  phone.ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1]
  if (!phone.ticket && !html.includes('Присъствието Ви е отбелязано')) throw new Error(`no button: ${page.statusCode}`)
  phone.times.page.push(performance.now() - begun)
  return !!phone.ticket
}

async function press({ pool, municipalityId, person, sessionId, times, ticket }: Phone): Promise<void> {
  const pressed = performance.now()
  const form = { ticket: ticket!, intent: 'check_in', _for: `${municipalityId}.${person.accountId}`, _key: randomUUID() }
  const answer = await pool.request({
    path: `/sessions/${sessionId}/check-in`,
    method: 'POST',
    body: new URLSearchParams(form).toString(),
    headers: { cookie: person.cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  })
  const said = await answer.body.text()
  if (answer.statusCode !== 302) throw new Error(`pressing answered ${answer.statusCode}: ${said.slice(0, 200)}`)
  times.press.push(performance.now() - pressed)
}

/** One person with a phone: opens the page where it is not open yet, presses the button, and tries again until an answer comes. */
async function checkIn(phone: Phone) {
  const until = performance.now() + GIVE_UP_MS
  for (;;)
    try {
      if (phone.ticket || (await openPage(phone))) await press(phone)
      return
    } catch (error) {
      if (performance.now() > until) throw error
      phone.times.retries++
      await sleep(150 + Math.random() * 350)
    }
}

async function allAtOnce(phones: Phone[], atOnce: number, go: (phone: Phone) => Promise<unknown>) {
  const queue = [...phones]
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = queue.pop(); next; next = queue.pop()) await go(next)
    }),
  )
}

type Run = { baseUrl: string; ownerUrl: string; world: World; people: Person[]; cpu: () => number[] }

/** `spread`: within ten seconds, each at a moment of his own. `through`: as fast as they go. `presses`: the same, with all pages open before. */
type Manner = 'spread' | 'through' | 'presses'

/** Everybody checks in, in his own room. `meanwhile` is done in the middle. Counts afterwards what the database holds. */
async function measureOnce(
  name: string,
  { baseUrl, ownerUrl, world, people, cpu }: Run,
  manner: Manner,
  meanwhile?: () => Promise<void>,
): Promise<CheckInFigure> {
  const rooms = await openRooms(ownerUrl, world, people)
  const screens = await watchScreens(baseUrl, rooms, world.cookie)
  const pool = new Pool(baseUrl, {
    connections: manner === 'spread' ? CONNECTIONS : AT_ONCE,
    pipelining: 1,
    bodyTimeout: 15_000,
    headersTimeout: 15_000,
  })
  const times: Times = { page: [], press: [], retries: 0 }
  const phones = rooms
    .flatMap(({ sessionId, people: inRoom }) =>
      inRoom.map((person): Phone => ({
        pool,
        municipalityId: world.municipalityId,
        person,
        sessionId,
        code: () => screens.codeOf(sessionId),
        times,
      })),
    )
    .sort(() => Math.random() - 0.5)
  if (manner === 'presses') await allAtOnce(phones, AT_ONCE, openPage)
  const before = cpu()
  const begun = performance.now()
  const middle = meanwhile && sleep(ARRIVE_WITHIN_MS / 2).then(meanwhile)
  if (manner === 'spread')
    await Promise.all(phones.map(async (one, i) => (await sleep((i / phones.length) * ARRIVE_WITHIN_MS), checkIn(one))))
  else await allAtOnce(phones, AT_ONCE, checkIn)
  const seconds = (performance.now() - begun) / 1000
  const used = cpu().map((time, side) => (time - before[side]!) / PEOPLE)
  await middle
  await screens.stop()
  await pool.close()
  const { once, more, present } = await countedIn(ownerUrl, rooms)
  if (once !== PEOPLE || more !== 0 || present !== PEOPLE)
    throw new Error(`${name}: of ${PEOPLE} people ${once} have one claim, ${more} more than one, ${present} are present`)
  const sorted = times.press.sort((a, b) => a - b)
  const pages = times.page.sort((a, b) => a - b)
  return {
    name,
    people: PEOPLE,
    recorded: once,
    twice: more,
    retries: times.retries,
    perSecond: PEOPLE / seconds,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    pageP95: quantile(pages, 0.95),
    cpu: meanwhile ? [] : used,
  }
}

const GOALS: { [name: string]: { words: string; isMet: (figure: CheckInFigure) => boolean } | undefined } = {
  'within 10 s': { words: 'p95 ≤ 250 ms', isMet: ({ p95 }) => p95 <= 250 },
  'press alone, at once': { words: '≥ 200/s', isMet: ({ perSecond }) => perSecond >= 200 },
}

type Kill = { oneWebProcess: () => Promise<void>; wholeApp: () => Promise<void> }

/**
 * Five hundred people at eight rooms, each room's screen open: within ten seconds; the same with one web process killed in the middle; the
 * same with the whole app killed and started again; and as fast as they go, 16 at a time. Throws unless everybody has exactly one claim each time.
 */
export async function measureCheckIn(
  baseUrl: string,
  ownerUrl: string,
  world: World,
  cpu: () => number[],
  kill: Kill,
): Promise<CheckInFigure[]> {
  const run = { baseUrl, ownerUrl, world, people: await signInPeople(ownerUrl, world), cpu }
  const figures: CheckInFigure[] = []
  const add = (figure: CheckInFigure) => {
    figures.push(figure)
    const { name, recorded, twice, retries, perSecond, p50, p95, pageP95, cpu } = figure
    const goal = GOALS[name]
    const said = goal ? `  goal ${goal.words}: ${goal.isMet(figure) ? 'met' : 'MISSED'}` : ''
    console.log(
      `check-in ${name.padEnd(24)} ${recorded} once, ${twice} twice, ${retries} retries  ${perSecond.toFixed(1)}/s  press p50 ${p50.toFixed(1)} ms p95 ${p95.toFixed(1)} ms  page p95 ${pageP95.toFixed(1)} ms${cpu.length > 0 ? `  cpu ${cpu.map((ms) => ms.toFixed(1)).join(' + ')} ms` : ''}${said}`,
    )
  }
  add(await measureOnce('within 10 s', run, 'spread'))
  add(await measureOnce('page and press, at once', run, 'through'))
  add(await measureOnce('press alone, at once', run, 'presses'))
  add(await measureOnce('a web process killed', run, 'spread', kill.oneWebProcess))
  add(await measureOnce('the app killed', run, 'spread', kill.wholeApp))
  return figures
}

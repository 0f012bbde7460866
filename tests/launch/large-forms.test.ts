import { Agent, request, type ClientRequest } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApp, startApp } from '../setup/app-server'
import { metricsOfAll } from './embedded-app'

const MEGABYTE = 1024 * 1024
/** What a form may weigh, and one with a file to compare. */
const FORM_MB = 4
const FILE_MB = 15

let app: RunningApp
const agents: Agent[] = []
beforeAll(async () => {
  app = await startApp({ env: { DATABASE_URL: process.env.DATABASE_OWNER_URL } })
})
afterAll(async () => {
  for (const agent of agents) agent.destroy()
  await app.stop()
})

const URLENCODED = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data; boundary=part'
const BEGINNING: Record<string, string> = {
  [URLENCODED]: 'email=',
  [MULTIPART]: '--part\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n',
}

type Answer = { status: number; location: string | undefined; page: string }

/** A form that announces no size: sent in chunks, over one connection that is kept. */
function chunkedForm(path: string, type: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agents.push(agent)
  let post!: ClientRequest
  const answer = new Promise<Answer>((resolve, reject) => {
    post = request(
      `${app.baseUrl}${path}`,
      { method: 'POST', agent, headers: { 'content-type': type, origin: app.baseUrl } },
      (response) => {
        let page = ''
        response.setEncoding('utf8').on('data', (text: string) => (page += text))
        response.on('end', () => resolve({ status: response.statusCode!, location: response.headers.location, page }))
      },
    )
    post.on('error', reject)
  })
  post.write(BEGINNING[type])
  const chunk = Buffer.alloc(MEGABYTE, 'a')
  const cut = new Promise<boolean>((resolve) => post.once('close', () => resolve(true)))
  /** Returns whether all of it was taken. */
  const sent = async (megabytes: number) => {
    for (let i = 0; i < megabytes; i++) {
      const taken = new Promise<boolean>((resolve) => void post.write(chunk, (error) => resolve(!error)))
      if (!(await Promise.race([taken, cut.then(() => false)]))) return false
    }
    return true
  }
  return { agent, answer, sent, end: () => void post.end() }
}

const asked = (path: string, agent?: Agent) =>
  new Promise<number>((resolve, reject) => {
    request(`${app.baseUrl}${path}`, { agent }, (response) => response.resume().on('end', () => resolve(response.statusCode!)))
      .on('error', reject)
      .end()
  })

async function memory() {
  const text = await metricsOfAll(app.baseUrl)
  const each = [...text.matchAll(/^process_resident_memory_bytes\{[^}]*\} (\d+)/gm)].map(([, bytes]) => Number(bytes))
  expect(each.length).toBeGreaterThan(0)
  return each.reduce((sum, bytes) => sum + bytes, 0)
}

test.each([
  ['/login', URLENCODED, FORM_MB],
  ['/login', MULTIPART, FORM_MB],
  ['/verify/ABCD', MULTIPART, FILE_MB],
])('a form to %s in chunks of %s is refused at %i MB, before it has ended', async (path, type, megabytes) => {
  const form = chunkedForm(path, type)
  await form.sent(megabytes + 1)
  const { status, page } = await form.answer
  expect(status).toBe(413)
  expect(page).toContain(`Изпратеното е твърде голямо: наведнъж се приемат най-много ${megabytes} MB.`)
  form.end()
})

test.each([
  ['/courses/new', URLENCODED],
  ['/projects/new', MULTIPART],
  ['/scans?index', MULTIPART],
])(
  'a form to %s in chunks of %s by somebody not signed in leads to the sign-in page at 4 MB, whatever the page takes',
  async (path, type) => {
    const form = chunkedForm(path, type)
    await form.sent(FORM_MB + 1)
    const { status, location } = await form.answer
    expect([status, location]).toEqual([302, `/login?next=${encodeURIComponent(path.replace('?index', ''))}`])
    form.end()
  },
)

test('a hundred megabytes in chunks take no room, hold up nobody and leave the connection usable', async () => {
  // at once, so that they come to both processes
  await Promise.all(Array.from({ length: 8 }, () => asked('/login')))
  const before = await memory()
  const forms = [chunkedForm('/login', URLENCODED), chunkedForm('/verify/ABCD', MULTIPART)]
  let most = before
  for (let part = 0; part < 10; part++) {
    // the next part is sent once the page has come: it cannot wait for the end of a form
    expect(await Promise.all([asked('/login'), ...forms.map((form) => form.sent(10))])).toEqual([200, true, true])
    most = Math.max(most, await memory())
  }
  for (const { agent, answer, end } of forms) {
    end()
    expect((await answer).status).toBe(413)
    expect(await asked('/healthz', agent)).toBe(200)
  }
  // two hundred megabytes were sent; what two forms may hold is nineteen
  expect(most - before).toBeLessThan(100 * MEGABYTE)
})

test('a form without an end is cut off', async () => {
  const form = chunkedForm('/login', URLENCODED)
  const flood = form.sent(600)
  expect((await form.answer).status).toBe(413)
  expect(await flood).toBe(false)
  expect(await asked('/healthz')).toBe(200)
})

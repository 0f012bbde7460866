import { launchBrowser } from '../setup/browser'
import type { World } from './data'

/** What a browser with an empty cache loads for a roster of 200: requests and compressed kilobytes, by kind. */
export async function weighRoster(baseUrl: string, world: World) {
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext()
    const [name, value] = world.cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url: baseUrl }])
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    const kinds = new Map<string, string>()
    const weight: Record<string, number> = {}
    let requests = 0
    session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = kinds.get(requestId) ?? 'Other'
      weight[kind] = (weight[kind] ?? 0) + encodedDataLength
      requests++
    })
    const { trainingId, sessionId } = world.rosters[200][0]!
    await page.goto(`${baseUrl}/trainings/${trainingId}/attendance?session=${sessionId}`, { waitUntil: 'networkidle' })
    const kilobytes = Object.fromEntries(Object.entries(weight).map(([kind, bytes]) => [kind, Math.round(bytes / 100) / 10]))
    return { requests, totalKilobytes: Math.round(Object.values(weight).reduce((sum, bytes) => sum + bytes, 0) / 100) / 10, kilobytes }
  } finally {
    await browser.close()
  }
}

import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function chromiumOfTheSystem(): string {
  const executablePath = PLACES.find((place) => existsSync(place))
  if (!executablePath) throw new Error(`No Chromium in ${PLACES.join(', ')}; install it with „apt-get install -y chromium“.`)
  return executablePath
}

/** The system's Chromium, without a window and without calls of its own to the network. Throws when none is installed. */
export const launchBrowser = async (): Promise<Browser> => chromium.launch({ executablePath: chromiumOfTheSystem(), args: ARGUMENTS })

/** The same as somebody's own device: what it keeps lies in `folder` and outlives its closing. */
export const launchDevice = async (folder: string, options: BrowserContextOptions): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, { ...options, executablePath: chromiumOfTheSystem(), args: ARGUMENTS })

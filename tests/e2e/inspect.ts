import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
export const DESK = { width: 1280, height: 900 }
const PHONE = { width: 320, height: 640 }

async function axeFindings(page: Page, when: string): Promise<string[]> {
  // the page has no frames, so no blank page is needed to join what several frames found
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${when}: ${id} at ${target} ${failureSummary}`))
}

/** Parts that reach over the right edge, to name the culprit and not only the page. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    const room = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= room) return null
    const over = [...document.body.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().right > room + 1)
    return over
      .slice(-3)
      .map((part) => `${part.tagName.toLowerCase()}.${part.className}`)
      .join(', ')
  })

/**
 * axe needs timers, which a page without JavaScript has not. What such a page holds is shown once more, without its scripts, at the
 * same address in a page that has timers. A page that comes anew by itself at that moment is asked once more.
 */
export async function mirrorOf(page: Page, mirror: Page): Promise<Page> {
  const body = (await page.content().catch(() => page.content())).replace(/<script\b[\s\S]*?<\/script>/g, '')
  const address = page.url().split('#')[0]!
  const isPage = (url: URL) => url.href === address
  await mirror.route(isPage, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }))
  await mirror.goto(address)
  await mirror.unroute(isPage)
  return mirror
}

/** The bar that saves a roster floats over whichever row is scrolled below it; as a finding that would be chance. Here it lies at its place. */
const settleBar = (page: Page) =>
  page.evaluate(() => document.querySelectorAll<HTMLElement>('.roster-bar').forEach((bar) => (bar.style.position = 'static')))

/** Returns what is wrong with the page as it stands: axe on a desk in light and on a phone of 320 px in dark, where nothing may scroll sideways. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  const faults = await axeFindings(page, 'light, 1280 px')
  await page.setViewportSize(PHONE)
  await page.emulateMedia({ colorScheme: 'dark' })
  await settleBar(page)
  faults.push(...(await axeFindings(page, 'dark, 320 px')))
  const wide = await tooWide(page)
  if (wide !== null) faults.push(`320 px: scrolls sideways because of ${wide}`)
  await page.setViewportSize(DESK)
  await page.emulateMedia({ colorScheme: 'light' })
  return faults
}

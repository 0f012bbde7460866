import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync('app/ui/styles/tokens.css', 'utf8')
const blocks = [...css.matchAll(/:root[^{]*\{([^}]*)\}/g)].map((match) =>
  Object.fromEntries([...match[1]!.matchAll(/--([\w-]+):\s*(#\w{6})/g)].map((pair) => [pair[1]!, pair[2]!])),
)
const [light, dark, darkByDevice] = blocks as [Record<string, string>, Record<string, string>, Record<string, string>]

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

test('contrast is measured as WCAG does: black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6)
})

test('the dark colours are the same by switch and by device', () => {
  expect(blocks).toHaveLength(3)
  expect(darkByDevice).toEqual(dark)
  expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort())
})

const TEXT = [
  ...['paper', 'sheet', 'sunk'].flatMap((ground) => ['ink', 'ink-soft', 'accent', 'bad'].map((text) => [text, ground])),
  ...['good', 'warn', 'bad', 'info'].flatMap((tone) => [
    [tone, `${tone}-soft`],
    ['ink', `${tone}-soft`],
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['accent-strong', 'accent-soft'],
  ['warn', 'sheet'],
] as Array<[string, string]>

test.each(TEXT)('%s on %s is readable (WCAG 2.2, 1.4.3), light and dark', (text, ground) => {
  for (const theme of [light, dark]) expect(contrast(theme[text]!, theme[ground]!)).toBeGreaterThanOrEqual(4.5)
})

test.each(['paper', 'sheet'])('the edge of a control is seen on %s (WCAG 2.2, 1.4.11), light and dark', (ground) => {
  for (const theme of [light, dark]) expect(contrast(theme['line-strong']!, theme[ground]!)).toBeGreaterThanOrEqual(3)
})

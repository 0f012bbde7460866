import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { missingFromLock } from '~/launch/complete-lock.mjs'

const text = readFileSync('package-lock.json', 'utf8')
const { packages } = JSON.parse(text) as {
  packages: Record<string, { dependencies?: object; devDependencies?: object; optionalDependencies?: Record<string, string> }>
}
const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>

test('the lock holds the packages of every platform, so „npm ci“ takes it anywhere („node app/launch/run.mjs lock“ adds them)', () =>
  expect(missingFromLock({ packages })).toEqual([]))

test('a package of another platform that is missing is noticed', () => {
  const { 'node_modules/@rollup/rollup-darwin-arm64': removed, ...rest } = packages
  expect(removed).toBeDefined()
  expect(missingFromLock({ packages: rest }).map(([, name]) => name)).toEqual(['@rollup/rollup-darwin-arm64'])
})

test('the lock names no registry', () => expect(text).not.toContain('"resolved"'))

test('every dependency is pinned, and the lock is of this package.json', () => {
  for (const version of Object.values({ ...dependencies, ...devDependencies })) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
  expect(packages['']).toMatchObject({ dependencies, devDependencies })
})

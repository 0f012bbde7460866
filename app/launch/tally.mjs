import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { runPackage, say } from './command.mjs'

/** Adds up what passed and failed over all steps, and ends with the line that says so. */
export class Tally {
  passed = 0
  failed = 0
  /** What failed, a line or a few each, said again at the end: the end of a long run is what is read. */
  failures = []
  /** What passed only when it was tried again: no failure, and nothing to be at peace with. */
  secondTries = []

  /** A step that is one thing: it passes when `running` ends with 0. */
  async step(name, running) {
    const begun = Date.now()
    const { code } = await running()
    if (code === 0) this.passed++
    else {
      this.failed++
      this.failures.push(name)
    }
    say(`${name}: ${code === 0 ? 'passed' : 'FAILED'} (${((Date.now() - begun) / 1000).toFixed(1)} s)`)
  }

  /** A vitest project: every test counts, and so does a file that could not even be loaded or a run that ended otherwise than well. */
  async vitest(project, filters = [], env = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'kapacitet-report-'))
    const report = join(folder, 'report.json')
    try {
      const args = [
        'run',
        '--config',
        'tests/vitest.config.ts',
        '--project',
        project,
        '--passWithNoTests',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...filters,
      ]
      const { code } = await runPackage('vitest', args, { env: { NODE_ENV: 'test', ...env } })
      const { passed, failures, secondTries } = counted(report)
      if (failures.length === 0 && code !== 0) failures.push(`the run itself ended with ${code}`)
      this.passed += passed
      this.failed += failures.length
      this.failures.push(...failures.map((failure) => `${project}: ${failure}`))
      this.secondTries.push(...secondTries.map((failure) => `${project}: ${failure}`))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** Prints what failed and the last line, and returns the exit code. */
  end() {
    for (const failure of this.secondTries) console.log(`PASSED AT THE SECOND TRY ${failure}`)
    for (const failure of this.failures) console.log(`FAILED ${failure}`)
    console.log(`${this.passed} passed, ${this.failed} failed`)
    return this.failed === 0 && this.passed > 0 ? 0 : 1
  }
}

const MESSAGE_LINES = 8

/** A skipped test counts as failed: nothing is skipped here. So does a file that could not be loaded. */
function counted(report) {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const [failures, secondTries] = [[], []]
    let passed = 0
    for (const file of testResults) {
      const name = relative('.', file.name)
      if (file.status === 'failed' && file.assertionResults.length === 0) failures.push(said(name, file.message))
      for (const test of file.assertionResults) {
        const told = () => said(`${name} › ${test.fullName}`, test.failureMessages?.[0] ?? test.status)
        if (test.status !== 'passed') failures.push(told())
        else if (test.failureMessages?.length) secondTries.push(told())
        if (test.status === 'passed') passed++
      }
    }
    return { passed, failures, secondTries }
  } catch (error) {
    return { passed: 0, failures: [`no report of the run: ${error.message}`], secondTries: [] }
  }
}

/** The failure's place and the first lines of its message, the further ones indented. */
const said = (place, message = '') => [place, ...message.split('\n').slice(0, MESSAGE_LINES)].join('\n    ')

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runPackage, say } from './command.mjs'

/** Adds up what passed and failed over all steps, and ends with the line that says so. */
export class Tally {
  passed = 0
  failed = 0

  /** A step that is one thing: it passes when `running` ends with 0. */
  async step(name, running) {
    const begun = Date.now()
    const { code } = await running()
    if (code === 0) this.passed++
    else this.failed++
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
      const { passed, failed } = counted(report)
      this.passed += passed
      this.failed += failed || (code === 0 ? 0 : 1)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** Prints the last line and returns the exit code. */
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`)
    return this.failed === 0 && this.passed > 0 ? 0 : 1
  }
}

/** A skipped test counts as failed: nothing is skipped here. */
function counted(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
    return { passed: numPassedTests, failed: numFailedTests + numPendingTests + broken }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

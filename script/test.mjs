/**
 * Everything that must hold before a change is accepted: types, lint, and every test. All three always run. The last
 * line is `N passed, N failed`, counted from the test runner's own report; the exit code is the worst of the three.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { installPrograms } from './setup/debian-packages.mjs'
import { runCommand, say } from './setup/progress.mjs'
import { runAttached } from './setup/subprocess.mjs'
import { root } from './setup/toolchain.mjs'
import { setUp } from './setup.mjs'

const checks = (reportFile) => [
  { text: 'Checking types', script: 'script/typecheck.mjs', args: [] },
  {
    text: 'Checking style',
    script: 'node_modules/@biomejs/biome/bin/biome',
    args: ['check', '--error-on-warnings', '.'],
  },
  {
    text: 'Running tests',
    script: 'node_modules/vitest/vitest.mjs',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
  },
]

/** A test file that could not even be loaded has no tests in the report, so it counts as one failed test. */
const count = (report) => {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed'),
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }
}

const countFrom = (reportFile) =>
  existsSync(reportFile) ? count(JSON.parse(readFileSync(reportFile, 'utf8'))) : { passed: 0, failed: 1 }

const runChecks = async (node, reportFile) => {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` }
  let worst = 0
  for (const { text, script, args } of checks(reportFile)) {
    say(`\n${text} …`)
    worst = Math.max(worst, await runAttached(node, [join(root, script), ...args], env))
  }
  return worst
}

const folder = mkdtempSync(join(tmpdir(), 'interlock-test-'))
const reportFile = join(folder, 'report.json')
await runCommand(async () => {
  const node = await setUp()
  await installPrograms()
  return runChecks(node, reportFile)
})
const { passed, failed } = countFrom(reportFile)
rmSync(folder, { recursive: true })
if (failed > 0) process.exitCode ||= 1
say(`\n${passed} passed, ${failed} failed`)

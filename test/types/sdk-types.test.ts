import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const here = import.meta.dirname
const compiler = join(createRequire(join(here, '../../package.json')).resolve('typescript/package.json'), '../bin/tsc')

/** What the compiler says about the authors' project in this folder; empty when all is well. */
const check = async (): Promise<string> => {
  const run = promisify(execFile)(process.execPath, [compiler, '-p', here, '--pretty', 'false'])
  return run.then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  )
}

test("the seed's actions, and an author's JavaScript and TypeScript, check against the contract", async () => {
  expect(await check()).toBe('')
})

test('a wrong call in JavaScript is an error at its line', async () => {
  const file = join(here, 'wrong.action.js')
  await writeFile(
    file,
    '/** @type {PasswordResetPostChallengeAction} */\nexports.onExecutePostChallenge = async (event, api) => {\n  api.access.deny(1)\n}\n',
  )
  try {
    expect(await check()).toMatch(/wrong\.action\.js\(3,19\): error TS2345/)
  } finally {
    await rm(file)
  }
})

/** The command under a Node that is too old: it goes on in the one `npm start` has installed, or says what to do. */
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

const bin = fileURLToPath(new URL('../../../runtime/bin/interlock.mjs', import.meta.url))

/** What Node says of itself, as an older one would. */
const older = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.0' } })`

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'interlock-older-')))
  mkdirSync(join(root, 'runtime/bin'), { recursive: true })
  mkdirSync(join(root, 'runtime/src/cli'), { recursive: true })
  copyFileSync(bin, join(root, 'runtime/bin/interlock.mjs'))
  const program = `console.log(process.cwd(), ...process.argv.slice(2) as string[])\nprocess.exitCode = 7\n`
  writeFileSync(join(root, 'runtime/src/cli/main.ts'), program)
  writeFileSync(join(root, 'runtime/package.json'), '{ "type": "module" }')
})
afterEach(() => rmSync(root, { recursive: true }))

const call = async (env: Record<string, string> = {}) => {
  const args = ['--import', older, join(root, 'runtime/bin/interlock.mjs'), 'run', 'a b.ts']
  return promisify(execFile)(process.execPath, args, { cwd: root, env: { PATH: '', ...env } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  )
}

const install = () => {
  const folder = join(root, '.tools/node_modules', `node-${process.platform}-${process.arch}`, 'bin')
  mkdirSync(folder, { recursive: true })
  symlinkSync(process.execPath, join(folder, 'node'))
}

test('it goes on in the installed one, with its arguments and its exit code', async () => {
  install()
  expect(await call()).toEqual({ code: 7, stdout: `${root} run a b.ts\n`, stderr: '' })
})

test('under npm run, paths are meant from where it was called', async () => {
  install()
  const env = { npm_lifecycle_event: 'interlock', INIT_CWD: tmpdir() }
  expect((await call(env)).stdout).toBe(`${realpathSync(tmpdir())} run a b.ts\n`)
})

test('without an installed one it says what to do', async () => {
  const { code, stderr } = await call()
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'interlock needs Node 26. `npm start` in the folder of Interlock installs it there.\n',
  })
})

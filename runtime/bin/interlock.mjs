#!/usr/bin/env node
/**
 * The command `interlock`. Whatever Node it is called with, it goes on in the one this project runs on: this one, or the one
 * that `npm start` has put into `.tools` of the folder this package is in. Runs on Node 20.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const nodeMajor = 26
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

const nodeAbove = (folder) => {
  const node = join(folder, '.tools', 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(node)) return node
  return dirname(folder) === folder ? undefined : nodeAbove(dirname(folder))
}

const isThisOne = Number(process.versions.node.split('.')[0]) >= nodeMajor
const node = isThisOne ? process.execPath : nodeAbove(dirname(main))

if (node === undefined) {
  process.stderr.write(
    `interlock needs Node ${nodeMajor}. \`npm start\` in the folder of Interlock installs it there.\n`,
  )
  process.exitCode = 2
} else {
  // `npm run` goes to the folder of the package; paths are meant from where it was called.
  const cwd = process.env.npm_lifecycle_event === 'interlock' ? process.env.INIT_CWD : undefined
  const child = spawn(node, [main, ...process.argv.slice(2)], { cwd, stdio: 'inherit' })
  // The terminal sends Ctrl-C to both, and whoever sends a signal to this process alone means the command.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  })
  child.once('close', (code) => {
    process.exitCode = code ?? 1
  })
}

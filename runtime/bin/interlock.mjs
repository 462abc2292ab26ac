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
const main = new URL('../src/cli/main.ts', import.meta.url)

const nodeAbove = (folder) => {
  const node = join(folder, '.tools', 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(node)) return node
  return dirname(folder) === folder ? undefined : nodeAbove(dirname(folder))
}

const goOnIn = (node) => {
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' })
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

// `npm run` goes to the folder of the package; paths are meant from where it was called.
const { npm_lifecycle_event: script, INIT_CWD: calledFrom } = process.env
if (script === 'interlock' && calledFrom) process.chdir(calledFrom)

if (Number(process.versions.node.split('.')[0]) >= nodeMajor) await import(main.href)
else {
  const node = nodeAbove(dirname(fileURLToPath(main)))
  if (node) goOnIn(node)
  else {
    process.stderr.write(
      `interlock needs Node ${nodeMajor}. \`npm start\` in the folder of Interlock installs it there.\n`,
    )
    process.exitCode = 2
  }
}

import { spawn } from 'node:child_process'
import { root } from './toolchain.mjs'

const tailLines = 15

/** Exit code of a command that shares this terminal. A command ended by a signal counts as 1. */
export const runAttached = (command, args, env = process.env) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' })
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })

const isStackFrame = (line) => /^(npm error)?\s+at /.test(line)

const lastLines = (output) =>
  output
    .trim()
    .split('\n')
    .filter((line) => !isStackFrame(line))
    .slice(-tailLines)
    .join('\n')

/**
 * Runs a command without showing its output. Resolves with `{ ok, tail }`: the tail is the last lines it wrote, or says
 * that there is no such command.
 */
export const runQuietly = (command, args, env = process.env) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text) => {
        output = (output + text).slice(-20_000)
      })
    }
    child.once('error', (error) =>
      resolve({
        ok: false,
        tail: Reflect.get(error, 'code') === 'ENOENT' ? `there is no ${command} on the path` : error.message,
      }),
    )
    child.once('close', (code) => resolve({ ok: code === 0, tail: lastLines(output) }))
  })

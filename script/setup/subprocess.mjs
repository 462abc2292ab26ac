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

/** Runs a command without showing its output. Resolves with `{ ok, tail }`, the tail being its last lines. */
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
    child.once('error', (error) => resolve({ ok: false, tail: error.message }))
    child.once('close', (code) =>
      resolve({ ok: code === 0, tail: output.trim().split('\n').slice(-tailLines).join('\n') }),
    )
  })

/**
 * Starts the server on its embedded defaults, installing what is missing first, and shows the way through the demo.
 * With `--tls` it speaks https, by a throw-away certificate unless the environment names one.
 * Ctrl-C, SIGTERM and a closed terminal end the server cleanly; this process ends with the server's exit code.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { requireFreePort } from './setup/free-port.mjs'
import { runCommand, say } from './setup/progress.mjs'
import { tlsSettings } from './setup/tls-settings.mjs'
import { root } from './setup/toolchain.mjs'
import { setUp } from './setup.mjs'

const run = (node, script, options) => spawn(node, [join(root, script)], { cwd: root, stdio: 'inherit', ...options })

/** Passes the first request to end on, once: npm and the terminal both send their own. */
const endWith = (server) => {
  let asked = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!asked) server.kill('SIGTERM')
      asked = true
    })
  }
}

await runCommand(async () => {
  const node = await setUp()
  const tls = await tlsSettings(process.argv.slice(2), process.env)
  await requireFreePort(process.env)
  say('Starting the server …')
  // Warnings only, so that the demo's instructions stay in sight.
  const env = { LOG_LEVEL: 'warn', ...process.env, ...tls.server }
  // A process group of its own, so that Ctrl-C reaches the server once, and through this process.
  const server = run(node, 'server/src/main.ts', { env, detached: true })
  endWith(server)
  const ended = once(server, 'close')
  if (process.env.NODE_ENV === 'production') say('NODE_ENV is production: no demo is made.')
  else {
    const demo = run(node, 'script/demo.ts', { env: { ...env, ...tls.demo } })
    void ended.then(() => demo.kill())
  }
  const [code, signal] = await ended
  if (code !== null) return code
  if (signal === 'SIGTERM') return 0
  say(`The server was ended by ${signal}.`)
  return 1
})

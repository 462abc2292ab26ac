import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'

const guestFile = (name: string) => fileURLToPath(new URL(`../guest/${name}`, import.meta.url))

const bundleGuest = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [guestFile('boot.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2023',
    minifyWhitespace: true,
    charset: 'utf8',
    legalComments: 'none',
    inject: [guestFile('absent-globals.ts')],
    // Strict code hides its callers: `handler.caller` would hand authors our functions and their arguments.
    banner: { js: '"use strict";' },
  })
  // Its service process has nothing else to do: authors' sources are never given to it.
  await stop()
  const [prelude] = outputFiles
  if (prelude === undefined) throw new Error('esbuild wrote no prelude')
  // A script's completion value would be held by the host.
  return `${prelude.text};undefined`
}

let prelude: Promise<string> | undefined

/** The guest as one script, to be run first in every context. Built once per process, from our own sources only. */
export const buildGuest = (): Promise<string> => {
  prelude ??= bundleGuest()
  return prelude
}

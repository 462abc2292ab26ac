/** The guest with the bridge and `api` alone: what the environment of actions adds is the difference to the whole one. */
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

/** What the rest of the guest asks of the parts that are left out; nothing of it happens in an empty action. */
const stubs: Readonly<Record<string, string>> = {
  'lazy-globals.ts': `
    export const addEveryLazyGlobal = () => {}
    export const isCommonGlobal = () => false
    export const loadNetwork = () => {}
    export const settleRequest = () => {}
    export const collectRequests = () => ({ requests: [], abandonedRequests: [] })`,
  'libraries.ts': 'export const loadNode = () => ({ loaders: {} })',
  'web-library.ts': 'export const loadWeb = () => ({})',
  'formatter.ts': `
    export const loadFormatter = () => {}
    export const formatAll = (args) => args.join(' ')
    export const inspectValue = (value) => String(value)`,
}

const leaveOut: Plugin = {
  name: 'leave-out',
  setup: ({ onLoad }) => {
    onLoad({ filter: /guest[\\/][\w-]+\.ts$/ }, ({ path }) => {
      const contents = stubs[basename(path)]
      return contents === undefined ? undefined : { contents, loader: 'js' }
    })
  },
}

export const buildBareGuest = async (): Promise<string> => {
  const folder = new URL('../runtime/src/guest/', import.meta.url)
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('boot.ts', folder))],
    inject: [fileURLToPath(new URL('absent-globals.ts', folder))],
    bundle: true,
    write: false,
    platform: 'neutral',
    format: 'iife',
    target: 'es2023',
    minifyWhitespace: true,
    banner: { js: '"use strict";' },
    plugins: [leaveOut],
  })
  return `${outputFiles[0]?.text ?? ''};undefined`
}

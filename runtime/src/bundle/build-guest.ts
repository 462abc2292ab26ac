import { createRequire, isBuiltin } from 'node:module'
import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin, stop } from 'esbuild'

const guestFile = (name: string) => fileURLToPath(new URL(`../guest/${name}`, import.meta.url))

const options = {
  bundle: true,
  write: false,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  target: 'es2023',
  minifyWhitespace: true,
  charset: 'utf8',
  legalComments: 'none',
} as const satisfies BuildOptions

/** What is evaluated at first use, by its name after `library:`. Each lies in a folder of its own. */
const libraries = /^library:([a-z-]+)$/

const textOf = ({ outputFiles: [output] }: { outputFiles: { text: string }[] }): string => {
  if (output === undefined) throw new Error('esbuild wrote nothing.')
  return output.text
}

/** What lies outside of the library's folder is shared with the rest of the guest, never evaluated a second time. */
const shareCore = (folder: string): Plugin => ({
  name: 'share-core',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^\.\.\// }, async ({ path, pluginData, ...args }) => {
      if (pluginData === resolving || !args.importer.startsWith(folder + sep)) return undefined
      const found = await resolve(path, { ...args, pluginData: resolving })
      return found.path.startsWith(folder + sep) ? undefined : { path: found.path, external: true }
    })
  },
})
const resolving = Symbol('resolving')

/** What is bundled in place of what is asked for. */
const standIns: Readonly<Record<string, string>> = {
  // A package that takes little of a module gets that, not all of it.
  'process/': guestFile('node/stream/process.ts'),
  // The functions of an ES module would be in every context, also where it is never evaluated: 200, a fourteenth of what one costs.
  'web-streams-polyfill': createRequire(import.meta.url).resolve('web-streams-polyfill'),
}

/** Node's modules, where a package in the guest asks for them, are the guest's own: one of each in a context. */
const ownModules: Plugin = {
  name: 'own-modules',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^[a-z]/ }, ({ path, importer }) => {
      const standIn = standIns[path]
      if (standIn !== undefined) return { path: standIn }
      const name = path.replace(/^node:|\/$/g, '')
      return isBuiltin(name) && importer.includes('node_modules') ? { path: name, namespace: 'own' } : undefined
    })
    onLoad({ filter: /.*/, namespace: 'own' }, ({ path }) => ({
      contents: `module.exports = require('./index.ts').loaders[${JSON.stringify(path)}]()`,
      resolveDir: guestFile('node'),
    }))
  },
}

/** As esbuild writes what is left outside of a library, each in its place, and what the library exports, at the end. */
const taken = new RegExp(`import\\{[^}]*\\}from"${guestFile('')}[^"]*";`, 'g')
const given = /export\{([^}]*)\};\s*$/

const namesIn = (exported: string): string => exported.replaceAll(/([\w$]+) as ([\w$]+)/g, '$2:$1')

/** All of it within one function: what stood at the top level would be in every context, also where nobody uses it. */
const toFunction = (library: string): string => {
  const imports = library.match(taken) ?? []
  const body = library.replace(taken, '').replace(given, (_, exported) => `return{${namesIn(exported)}}`)
  return `${imports.join('')}export const evaluate=()=>{${body}}`
}

/**
 * Makes one function of each library. esbuild's own way to evaluate a module later wraps it, and all that it imports, in objects
 * and functions which are there before: they made every context dearer by a tenth.
 */
const joinLibraries: Plugin = {
  name: 'join-libraries',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: libraries }, ({ path }) => ({ path: path.replace(libraries, '$1'), namespace: 'library' }))
    onLoad({ filter: /./, namespace: 'library' }, async ({ path }) => {
      const folder = guestFile(path)
      const joined = await build({
        ...options,
        entryPoints: [guestFile(`${path}/index.ts`)],
        format: 'esm',
        plugins: [ownModules, shareCore(folder)],
      })
      return { contents: toFunction(textOf(joined)), loader: 'js', resolveDir: folder }
    })
  },
}

const bundleGuest = async (): Promise<string> => {
  const guest = await build({
    ...options,
    entryPoints: [guestFile('boot.ts')],
    format: 'iife',
    plugins: [joinLibraries],
    inject: [guestFile('absent-globals.ts')],
    // Strict code hides its callers: `handler.caller` would hand authors our functions and their arguments.
    banner: { js: '"use strict";' },
  })
  // Its service process has nothing else to do: authors' sources are never given to it.
  await stop()
  // A script's completion value would be held by the host.
  return `${textOf(guest)};undefined`
}

let prelude: Promise<string> | undefined

/** The guest as one script, to be run first in every context. Built once per process, from our own sources only. */
export const buildGuest = (): Promise<string> => {
  prelude ??= bundleGuest()
  return prelude
}

import { createRequire, isBuiltin } from 'node:module'
import { resolve, sep } from 'node:path'
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
  // The text must not tell where it lies, or where it was begun: what nodes share is found by its hash.
  absWorkingDir: guestFile('.'),
  // Looked up for the files that esbuild finds itself, not for those that a plugin found: some are found by both.
  tsconfigRaw: {},
} as const satisfies BuildOptions

const core = {
  entryPoints: [guestFile('boot.ts')],
  format: 'iife',
  inject: [guestFile('absent-globals.ts')],
  // Strict code hides its callers: `handler.caller` would hand authors our functions and their arguments.
  banner: { js: '"use strict";' },
} as const satisfies BuildOptions

/** What is evaluated at first use, by its name after `library:`. Each lies in a folder of its own, with an `index.ts`. */
const libraries = ['console', 'node', 'preparation', 'web', 'web-streams']
const librarySpecifier = /^library:([a-z-]+)$/

const textOf = ({ outputFiles: [output] }: { outputFiles: { text: string }[] }): string => {
  if (output === undefined) throw new Error('esbuild wrote nothing.')
  return output.text
}

/** What `isOutside` is shared with the rest of the guest, never evaluated a second time. */
const share = (isOutside: (file: string) => boolean): Plugin => ({
  name: 'share',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[./].*\.ts$/ }, ({ path, resolveDir, kind }) => {
      const file = resolve(resolveDir, path)
      return kind !== 'entry-point' && isOutside(file) ? { path: file, external: true } : undefined
    })
    onResolve({ filter: librarySpecifier }, ({ path }) => ({ path, external: true }))
  },
})

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
const taken = /import\{([^}]*)\}from"((?:\/|[A-Z]:|library:)[^"]*)";/g
const given = /export\{([^}]*)\};\s*$/

/** `a as b` as a pattern, and as a literal, of an object. */
const toPattern = (names: string): string => names.replaceAll(/([\w$]+) as ([\w$]+)/g, '$1:$2')
const toLiteral = (names: string): string => names.replaceAll(/([\w$]+) as ([\w$]+)/g, '$2:$1')

/**
 * All of a library within one function, for its first call: what stood at the top level would be in every context, also where
 * nobody uses it. `common` are files of several libraries that the core does without: those are a library as well.
 */
const toFunction = (library: string, common: ReadonlySet<string>): string => {
  const imports = [...library.matchAll(taken)]
  const fromCommon = imports.filter(([, , path]) => common.has(path as string))
  const fromCore = imports.filter((one) => !fromCommon.includes(one)).map(([text]) => text)
  const patterns = fromCommon.map(([, names]) => `const{${toPattern(names as string)}}=takeCommon();`)
  const body = library.replace(taken, '').replace(given, (_, names) => `return{${toLiteral(names)}}`)
  const head = patterns.length > 0 ? `import{evaluate as takeCommon}from"library:common";` : ''
  return `${head}${fromCore.join('')}let evaluated;const library=()=>evaluated??=(()=>{${patterns.join('')}${body}})();export{library as evaluate};`
}

/** Files of the guest that are in every context. */
const listCore = async (): Promise<ReadonlySet<string>> => {
  const { metafile } = await build({ ...options, ...core, metafile: true, plugins: [share(() => false)] })
  return new Set(Object.keys(metafile.inputs).map((path) => resolve(options.absWorkingDir, path)))
}

const joinLibrary = async (name: string): Promise<string> => {
  const folder = guestFile(name)
  const isOutside = (file: string) => !file.startsWith(folder + sep)
  const entryPoints = [guestFile(`${name}/index.ts`)]
  return textOf(await build({ ...options, entryPoints, format: 'esm', plugins: [ownModules, share(isOutside)] }))
}

const joinCommon = async (files: ReadonlySet<string>, isCore: (file: string) => boolean): Promise<string> => {
  const contents = [...files].map((file) => `export*from${JSON.stringify(file)};`).join('')
  return textOf(
    await build({
      ...options,
      stdin: { contents, resolveDir: guestFile('.') },
      format: 'esm',
      plugins: [share(isCore)],
    }),
  )
}

/** By name, as a module that exports one function. */
const joinLibraries = async (): Promise<ReadonlyMap<string, string>> => {
  const inCore = await listCore()
  const joined = await Promise.all(libraries.map(joinLibrary))
  const outside = joined.flatMap((library) => [...library.matchAll(taken)].map(([, , path]) => path as string))
  const common = new Set(outside.filter((path) => !inCore.has(path) && !librarySpecifier.test(path)))
  const texts = joined.map((text, index) => [libraries[index] as string, toFunction(text, common)] as const)
  const commonText = toFunction(await joinCommon(common, (file) => inCore.has(file)), new Set())
  return new Map<string, string>([...texts, ['common', commonText]])
}

/**
 * esbuild's own way to evaluate a module later wraps it, and all that it imports, in objects and functions which are there
 * before: they made every context dearer by a tenth.
 */
const placeLibraries = (joined: ReadonlyMap<string, string>): Plugin => ({
  name: 'place-libraries',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: librarySpecifier }, ({ path }) => ({
      path: path.replace(librarySpecifier, '$1'),
      namespace: 'library',
    }))
    onLoad({ filter: /./, namespace: 'library' }, ({ path }) => ({
      contents: joined.get(path) as string,
      loader: 'js',
      resolveDir: guestFile('.'),
    }))
  },
})

const bundleGuest = async (): Promise<string> => {
  const guest = await build({ ...options, ...core, plugins: [placeLibraries(await joinLibraries())] })
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

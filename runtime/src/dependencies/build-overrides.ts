/** Packages of which another build than Node's is taken: where the result is the same, and Node's costs much more. */

/**
 * Conditions of `exports` that are preferred, the first that is there, to `node`, which is not taken; the `browser` field
 * counts for `main` too.
 */
interface Override {
  prefer: readonly string[]
  reason: string
}

/** By the package's name. */
export const buildOverrides: Readonly<Record<string, Override>> = {
  uuid: { prefer: ['browser'], reason: 'The same identifiers from WebCrypto; Node’s build loads all of `crypto`.' },
  nanoid: { prefer: ['browser'], reason: 'The same identifiers from WebCrypto; Node’s build loads all of `crypto`.' },
  jose: {
    prefer: ['worker', 'workerd', 'browser'],
    reason: 'The same tokens and errors from WebCrypto and fetch; Node’s build of 4 and 5 needs `http` and callbacks.',
  },
}

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const preferIn = (exports: unknown, prefer: readonly string[]): unknown => {
  if (!isObject(exports)) return exports
  const condition = prefer.find((name) => Object.hasOwn(exports, name))
  if (condition !== undefined) return preferIn(exports[condition], prefer)
  const others = Object.entries(exports).filter(([key]) => key !== 'node')
  return Object.fromEntries(others.map(([key, value]) => [key, preferIn(value, prefer)]))
}

const dotted = (path: string) => (path.startsWith('./') ? path : `./${path}`)

/** What stands for the main file in a browser. */
const mainOf = ({ main, browser }: Json): unknown => {
  if (typeof browser === 'string') return browser
  const mapped = isObject(browser) && typeof main === 'string' ? browser[dotted(main)] : undefined
  return typeof mapped === 'string' ? mapped : main
}

/** The package.json that the bundler is to read in place of the package's own. */
export const overrideManifest = (name: string, text: string): string => {
  if (!Object.hasOwn(buildOverrides, name)) return text
  const { prefer } = buildOverrides[name] as Override
  const manifest: unknown = JSON.parse(text)
  if (!isObject(manifest)) return text
  return JSON.stringify({ ...manifest, main: mainOf(manifest), exports: preferIn(manifest.exports, prefer) })
}

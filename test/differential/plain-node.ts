/**
 * The program of a child process that runs actions as plain Node does: CommonJS by the vendor's wrapper in sloppy mode, ES
 * modules and TypeScript by Node's own loader, every builtin and package Node's own. One run at a time, each with a freshly
 * evaluated module.
 */
import { readFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import { pathToFileURL } from 'node:url'
import { types } from 'node:util'
import { compileFunction, type Module } from 'node:vm'
import { createReferenceApi } from './reference-api.ts'
import { type CapturedConsole, captureConsole } from './reference-console.ts'
import type { Leg, LegEnd } from './story.ts'

type Handler = (event: unknown, api: unknown) => Promise<unknown>
type Exports = Record<string, unknown>

const toInstalled = (id: string, { aliases }: Leg): string => {
  const [name = ''] = /^(@[^/]+\/)?[^/]+/.exec(id) ?? []
  return isBuiltin(id) ? id : (aliases[name] ?? name) + id.slice(name.length)
}

const requireFor = (leg: Leg) => {
  const load = createRequire(leg.file)
  return (id: string): unknown => {
    try {
      return load(typeof id === 'string' ? toInstalled(id, leg) : id)
    } catch (error) {
      // Node adds the files that have asked for it: the author's is the first of them, and every one lies elsewhere.
      if (error instanceof Error && (error as { code?: string }).code === 'MODULE_NOT_FOUND')
        error.message = `Cannot find module '${id}'`
      throw error
    }
  }
}

const importFor =
  (leg: Leg) =>
  async (id: string): Promise<Module> => {
    const installed = toInstalled(id, leg)
    return import(isBuiltin(id) ? id : pathToFileURL(createRequire(leg.file).resolve(installed)).href)
  }

let evaluations = 0

const loadModule = async (leg: Leg, console: Console): Promise<Exports> => {
  if (!leg.file.endsWith('.js')) return import(`${pathToFileURL(leg.file)}?${++evaluations}`)
  const source = await readFile(leg.file, 'utf8')
  const compiled = compileFunction(source, ['module', 'exports', 'console', 'require'], {
    filename: leg.file,
    importModuleDynamically: importFor(leg),
  })
  const module: { exports: unknown } = { exports: {} }
  compiled(module, module.exports, console, requireFor(leg))
  if (typeof module.exports !== 'object' || module.exports === null)
    throw new Error('The Action must export an object.')
  return module.exports as Exports
}

const findHandler = (exports: Exports, name: string): Handler => {
  const handler = exports[name]
  if (types.isAsyncFunction(handler)) return handler as Handler
  throw new Error(
    `Invalid function signature for the "${name}" handler. Use "exports.${name} = async function(event, api) { }" as the signature.`,
  )
}

/** As an author reads it: the name, or the class where the name is only inherited from Error. */
const toError = (thrown: unknown): NonNullable<LegEnd['error']> => {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) }
  const { name, message, code } = thrown as Error & { code?: unknown }
  return {
    name: name === 'Error' ? thrown.constructor.name : name,
    message,
    ...(typeof code === 'string' && { code }),
  }
}

/** Global `console` and the process's streams are what packages write to. */
const redirectOutput = ({ console, write }: CapturedConsole) => {
  const { console: ownConsole } = globalThis
  const { stdout, stderr } = process
  const own = [stdout.write, stderr.write] as const
  globalThis.console = console
  const writeAs = (level: 'log' | 'error') => (text: unknown) => {
    write(level, String(text))
    return true
  }
  stdout.write = writeAs('log')
  stderr.write = writeAs('error')
  return () => {
    globalThis.console = ownConsole
    ;[stdout.write, stderr.write] = own
  }
}

const runLeg = async (leg: Leg): Promise<LegEnd> => {
  const captured = captureConsole()
  const { api, check } = createReferenceApi(leg)
  const giveBack = redirectOutput(captured)
  const startedAt = Date.now()
  /** What is printed later is lost. */
  const end = (ended: Pick<LegEnd, 'ending' | 'error' | 'commands'>) => ({
    ...ended,
    startedAt,
    console: [...captured.lines],
  })
  try {
    const exports = await loadModule(leg, captured.console)
    await findHandler(exports, leg.handler)({ ...leg.event, secrets: leg.secrets }, api)
    return end({ ending: 'completed', commands: check() })
  } catch (thrown) {
    return end({ ending: 'threw', error: toError(thrown), commands: [] })
  } finally {
    giveBack()
    for (const name of Object.keys(process.env)) delete process.env[name]
  }
}

// The runtime reports them with the run; here they must not end the process before its other runs.
process.on('unhandledRejection', () => {})

// Node loads its HTTP client at the first request, which would then be late.
await fetch('data:,')
process.on('message', async (leg: Leg) => void process.send?.(await runLeg(leg)))
process.send?.('ready')

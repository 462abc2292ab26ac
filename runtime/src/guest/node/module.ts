/** Node's `module`: what may be required, and a `require` for whoever asks for one. */
import { codedError } from '../coded-error.ts'
import { shaped } from './shaped.ts'
import { moduleNames, sibling } from './siblings.ts'
import { requireString } from './validate.ts'

const builtinModules = moduleNames().sort()
const isBuiltin = (name: unknown): boolean => builtinModules.includes(`${name}`.replace(/^node:/, ''))

const requireModule = (id: unknown): unknown => {
  requireString(id, 'id')
  const module = sibling(id.replace(/^node:/, ''))
  if (module === undefined) throw codedError(`Cannot find module '${id}'`, 'MODULE_NOT_FOUND')
  return module
}

const createRequire = (): object =>
  Object.assign((id: unknown) => requireModule(id), {
    resolve: (id: string) => {
      requireModule(id)
      return id
    },
    cache: {},
    main: undefined,
  })

class Module {
  id: unknown
  exports = {}
  constructor(id = '') {
    this.id = id
  }
  require(id: unknown) {
    return requireModule(id)
  }
}

const moduleWrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});']

const implemented = {
  Module,
  builtinModules,
  isBuiltin,
  createRequire,
  wrap: (text: string) => moduleWrapper.join(text),
  wrapper: moduleWrapper,
  constants: {},
  syncBuiltinESMExports: () => {},
  findPackageJSON: () => undefined,
  findSourceMap: () => undefined,
  getCompileCacheDir: () => undefined,
  flushCompileCache: () => {},
  globalPaths: [],
}

// In Node the module is the class.
export const exported = Object.assign(
  Module,
  shaped('module', 'the modules of an action are bundled when it is built', implemented),
)

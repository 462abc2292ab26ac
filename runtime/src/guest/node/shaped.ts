/**
 * Makes a module with all the names that Node's has, from the table of its shape: packages ask for names that they never
 * call, and a name that is missing is an error of the build. What is not `implemented` refuses when it is called.
 */
import { withForm } from './function-form.ts'
import { shapes } from './shapes.ts'
import { unavailable } from './unavailable.ts'

type Functions = Record<string, unknown>

interface Shape {
  key: string
  name: string
  length: number
  statics: readonly Shape[]
  /** Absent for what is no class. */
  members?: readonly Shape[]
  isAccessor: boolean
}

const entry = /([\w.]+)(?:=([\w ]*))?(?:\/(\d+)|(~))(?:\[([^\]]*)\])?(\{([^}]*)\})?/g

const parse = (text: string): Shape[] =>
  [...text.matchAll(entry)].map(([, key = '', name = key, length, accessor, statics = '', body, members = '']) => ({
    key,
    name: name.replace('bound_', 'bound '),
    length: Number(length),
    statics: parse(statics),
    ...(body !== undefined && { members: parse(members) }),
    isAccessor: accessor !== undefined,
  }))

const hidden = { enumerable: false, configurable: true, writable: true }

/** `function`, not an arrow: it may be called with `new` and inherited from. */
const refusal = (path: string, reason: string) =>
  function (): never {
    throw unavailable(path, reason)
  }

interface Place {
  target: object
  /** `http.Agent.prototype`: what the refusal says. */
  path: string
  reason: string
}

const addMember = ({ target, path, reason }: Place, shape: Shape): void => {
  const { key, isAccessor } = shape
  const own = Object.getOwnPropertyDescriptor(target, key)
  if (own) {
    if (typeof own.value === 'function') withForm(own.value, shape.name, shape.length)
    return
  }
  if (key in target) {
    passOn(target, shape)
    return
  }
  const refuse = refusal(`${path}.${key}`, reason)
  if (isAccessor) return void Object.defineProperty(target, key, { get: refuse, configurable: true })
  withForm(refuse, shape.name, shape.length)
  Object.defineProperty(target, key, { value: refuse, ...hidden })
}

/** What Node has on the class itself and this class inherits. */
const passOn = (target: object, shape: Shape): void => {
  const { key, isAccessor } = shape
  const parent: object = Object.getPrototypeOf(target)
  if (isAccessor) {
    const get = function (this: unknown) {
      return Reflect.get(parent, key, this)
    }
    const set = function (this: unknown, value: unknown) {
      Reflect.set(parent, key, value, this)
    }
    return void Object.defineProperty(target, key, { get, set, configurable: true })
  }
  const value = function (this: unknown, ...args: unknown[]) {
    return Reflect.apply(Reflect.get(parent, key, this), this, args)
  }
  withForm(value, shape.name, shape.length)
  Object.defineProperty(target, key, { value, ...hidden })
}

const addMembers = (value: object, shape: Shape, place: Omit<Place, 'target'>): void => {
  const path = `${place.path}.${shape.key}`
  for (const one of shape.statics) addMember({ ...place, path, target: value }, one)
  const { prototype } = value as { prototype?: object }
  if (!prototype) return
  for (const one of shape.members ?? []) addMember({ ...place, path, target: prototype }, one)
}

/** An accessor of `implemented` is asked once, when the name is read first: what is dear need not be made before. */
const lazily = (key: string, load: () => unknown): PropertyDescriptor => {
  const settle = (target: object, value: unknown) =>
    Object.defineProperty(target, key, { ...hidden, value, enumerable: true })
  return {
    get(this: object) {
      const value = load()
      settle(this, value)
      return value
    },
    set(this: object, value: unknown) {
      settle(this, value)
    },
    enumerable: true,
    configurable: true,
  }
}

/** `implemented` functions get the names and lengths of the table; what else is in it is added as it is. */
export const shaped = (module: keyof typeof shapes, reason: string, implemented: Functions = {}): Functions => {
  const exported: Functions = {}
  const given = Object.getOwnPropertyDescriptors(implemented)
  for (const shape of parse(shapes[module])) {
    const { key } = shape
    const { get, value = refusal(`${module}.${key}`, reason) } = given[key] ?? {}
    const complete = (made: object) => {
      withForm(made, shape.name, shape.length)
      addMembers(made, shape, { path: module, reason })
      return made
    }
    if (get)
      Object.defineProperty(
        exported,
        key,
        lazily(key, () => complete(get.call(implemented))),
      )
    else exported[key] = complete(value)
    delete given[key]
  }
  return Object.defineProperties(exported, given)
}

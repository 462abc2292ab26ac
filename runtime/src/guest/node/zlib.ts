/** Node's `zlib`: the host packs and unpacks, within bounds of time and memory. */

import { withForm } from './function-form.ts'
import { compute } from './native.ts'
import { codes, constants } from './zlib/constants.ts'
import { createAsync, createSync, type Method } from './zlib/pack.ts'
import { classes, methods } from './zlib/streams.ts'

const makeEngine = (method: Method): object => {
  const [name = ''] = Object.entries(methods).find(([, one]) => one === method) ?? []
  const Engine = classes[name] as new () => object
  return new Engine()
}

const functions = Object.entries(methods).flatMap(([name, method]) => [
  [method, withForm(createAsync(method, makeEngine), 'asyncBufferWrapper', 3)],
  [`${method}Sync`, withForm(createSync(method, makeEngine), 'syncBufferWrapper', 2)],
  [
    `create${name}`,
    withForm(
      (options?: unknown) => new (classes[name] as new (options?: unknown) => object)(options),
      `create${name}`,
      1,
    ),
  ],
])

const crc32 = (bytes: unknown, value: unknown = 0): number => compute<number>('crc32', bytes, value)

export const exported: object = {
  crc32: withForm(crc32, 'crc32', 1),
  ...classes,
  ...Object.fromEntries(functions),
  constants,
  codes,
}

/** Their old place. */
for (const [name, value] of Object.entries(constants))
  if (!name.startsWith('BROTLI')) Object.defineProperty(exported, name, { value })

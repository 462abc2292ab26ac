/** Makes the context's global object what `permits.ts` says. */

import { wrapArrayBuffer } from './array-buffer.ts'
import { permits } from './permits.ts'
import { bare, defineProperty, deleteProperty, ErrorClass, ownKeys } from './primordials.ts'

type Verdicts = Record<PropertyKey, { verdict: string } | undefined>

const hidden = (value: unknown) => bare({ value, configurable: true, enumerable: false, writable: true })

/** Removes what is not permitted. Runs before author code, once per context. */
export const tameGlobals = (): void => {
  const verdicts: Verdicts = bare({ ...permits })
  const names = ownKeys(globalThis)
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as PropertyKey
    const verdict = verdicts[name]?.verdict
    if (verdict !== undefined && verdict !== 'remove') continue
    if (!deleteProperty(globalThis, name)) throw new ErrorClass(`The global ${String(name)} cannot be removed.`)
  }
  defineProperty(globalThis, 'ArrayBuffer', hidden(wrapArrayBuffer(ArrayBuffer)))
}

/** Gives the context the globals that belong to one run. */
export const addGlobals = (additions: Record<string, unknown>): void => {
  const names = ownKeys(additions)
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    defineProperty(globalThis, name, hidden(additions[name]))
  }
}

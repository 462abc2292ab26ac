/** How one of Node's modules gets at another: at the call, because each is evaluated at its first use. */
import { bare } from '../primordials.ts'

type Loaders = Readonly<Record<string, () => unknown>>

let known: Loaders = bare({})

/** Said by the table of all modules. */
export const introduce = (loaders: Loaders): void => {
  known = loaders
}

/** What `require(name)` answers; undefined where there is no such module. */
export const sibling = <Module>(name: string): Module | undefined => known[name]?.() as Module | undefined

export const moduleNames = (): string[] => Object.keys(known)

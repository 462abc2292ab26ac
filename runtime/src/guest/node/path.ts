/** Node's `path` on Linux. */
import { posix } from './path/posix.ts'

export const exported = Object.assign(posix, { posix, _makeLong: posix.toNamespacedPath })

/** Node's `punycode`: the package, with the version that Node names. */

import punycode from 'punycode/punycode.es6.js'
import { named } from './named.ts'

named('decode', punycode.decode)
named('encode', punycode.encode)

export const exported = { ...punycode, version: '2.1.0' }

/** Prints the shapes of this Node, in a process where nobody has changed anything: a test runner changes globals. */
import { createRequire } from 'node:module'
import { modulesOfNode } from './modules-of-node.ts'
import { shapeOf } from './shape-of.ts'

const require = createRequire(import.meta.url)
const globals = shapeOf(globalThis, Object.getOwnPropertyNames(globalThis))
const modules = modulesOfNode.map((name) => [name, shapeOf(require(`node:${name}`))])
process.stdout.write(JSON.stringify({ globals, modules: Object.fromEntries(modules) }))

/**
 * The sandbox process's program. As one text it starts without Node's type stripping (seen: 50 ms and 15 MB of private
 * memory less for each process).
 */
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'
import { bundleProgram } from '../bundle-program.ts'

export interface ChildProgram {
  code: string
  /** isolated-vm's binary: the one file the process may read. */
  binary: string
}

export const buildChildProgram = async (): Promise<ChildProgram> => {
  const binary = findBinary()
  const code = await bundleProgram(new URL('child.ts', import.meta.url), { plugins: [loadBinary(binary)] })
  return { code, binary }
}

/** Asks the same resolver as isolated-vm's own loader, without loading anything into this process. */
const findBinary = (): string => {
  const entry = createRequire(import.meta.url).resolve('isolated-vm')
  const resolver: { path(folder: string): string } = createRequire(entry)('node-gyp-build')
  return realpathSync(resolver.path(dirname(entry)))
}

const loadBinary = (binary: string): Plugin => ({
  name: 'isolated-vm-binary',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^isolated-vm$/ }, () => ({ path: binary, namespace: 'binary' }))
    onResolve({ filter: /\.node$/ }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /.*/, namespace: 'binary' }, () => ({
      contents: `module.exports = require(${JSON.stringify(binary)}).ivm`,
    }))
  },
})

/** What a snapshot or a code cache was made by, as a hash: V8 may crash on one that was made by anything else. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ChildProgram } from './child-program.ts'
import { flagNames } from './confinement.ts'

/** The same for all nodes with the same code, wherever it lies and wherever they were started. */
export const hashEngine = async (program: ChildProgram, prelude: string): Promise<string> => {
  const { version, versions, platform, arch } = process
  const code = program.code.replaceAll(program.binary, 'binary')
  const hash = createHash('sha256')
  hash.update(JSON.stringify([version, versions.v8, platform, arch, flagNames, code, prelude]))
  return hash.update(await readFile(program.binary)).digest('hex')
}

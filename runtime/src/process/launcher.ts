/** Everything that every sandbox process is started with; made once. */
import type { ConfinementLayer } from '../observer.ts'
import { buildChildProgram } from './child-program.ts'
import { detectConfinement } from './confinement.ts'
import { hashEngine } from './engine.ts'
import { type GuestSource, type Hooks, SandboxProcess } from './sandbox-process.ts'
import { spawnChild } from './spawn.ts'

export interface Launcher {
  layers: readonly ConfinementLayer[]
  /** Changes with everything that decides what V8 prepares ahead. */
  engine: string
  /** What stands before the command line of a compiler. */
  aroundCompilers: readonly string[]
  /** What makes a folder the root of all that a compiler can see; absent where the system cannot do that. */
  encloseCompiler?: (folder: string) => readonly string[]
  launch(hooks: Hooks): SandboxProcess
}

/** `prelude` is the guest's own code, run first in every context. */
export const createLauncher = async (prelude: string): Promise<Launcher> => {
  const [program, confinement] = await Promise.all([buildChildProgram(), detectConfinement()])
  const guest: GuestSource = { prelude }
  return {
    layers: confinement.layers,
    engine: await hashEngine(program, prelude),
    aroundCompilers: confinement.aroundCompilers,
    ...(confinement.encloseCompiler && { encloseCompiler: confinement.encloseCompiler }),
    launch: (hooks) => new SandboxProcess(spawnChild(program, confinement), guest, hooks),
  }
}

/** Author source in its runnable form: what a version stores and what a sandbox process loads. */
import { z } from 'zod'
import type { PackageRecord } from '../dependencies/dependency.ts'

export const artifact = z.object({
  /** SHA-256 of `code`, hex: the key under which processes keep the compiled module. */
  hash: z.string().length(64),
  /** CommonJS body, ready to be the inside of a function; with packages, they are in it. */
  code: z.string(),
  /** Source map v3 as JSON, from `code` to the author's file. */
  sourceMap: z.string(),
  /** The author's file name, as it appears in stacks: `action.js` or `action.ts`. */
  fileName: z.string(),
  /** Loading it costs so much that V8's work is done ahead and kept. */
  dear: z.literal(true).exactOptional(),
})
export type Artifact = z.infer<typeof artifact>

/** What is prepared of it is kept under this name. The file name is part of it, for it is in every stack. */
export const preparationName = ({ fileName, hash }: Artifact): string => `${fileName}:${hash}`

/** One message of a build. `line` and `column` count from 1; `excerpt` is the author's line. */
export interface BuildMessage {
  text: string
  file: string
  line?: number
  column?: number
  excerpt?: string
}

/** Whether runs begin from a V8 snapshot that holds the loaded module. `unneeded`: it loads in next to no time. */
export type SnapshotState = 'made' | 'unneeded' | { refused: string }

/** `packages` is the bill of materials: every package of which something is in the artifact, by name. */
export type Compilation =
  | { ok: true; artifact: Artifact; packages: PackageRecord[]; warnings: BuildMessage[] }
  | { ok: false; errors: BuildMessage[]; warnings: BuildMessage[] }

export type BuildResult =
  | (Extract<Compilation, { ok: true }> & { snapshot: SnapshotState })
  | Extract<Compilation, { ok: false }>

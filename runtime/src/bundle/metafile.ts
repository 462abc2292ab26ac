/** What esbuild reports of a bundle. The names in it were given by packages. */
import { z } from 'zod'

const imported = z.object({
  /** The file it led to, from the bundler's folder; what was asked for, where it is external. */
  path: z.string(),
  kind: z.string(),
  external: z.boolean().optional(),
  /** What was asked for. */
  original: z.string().optional(),
})

const metafile = z.object({
  inputs: z.record(z.string(), z.object({ imports: z.array(imported) })),
  outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.unknown()) })),
})

export interface BundleReport {
  /** Every module that was asked for. `leadsTo` is absent where it was left to the guest's `require`. */
  imports: { from: string; specifier: string; leadsTo?: string }[]
  /** The files that are in the bundle. */
  files: string[]
}

/** Names esbuild's own code, which it adds by itself. */
const ownCode = '<runtime>'

export const parseMetafile = (text: string): BundleReport => {
  const { inputs, outputs } = metafile.parse(JSON.parse(text))
  const imports = Object.entries(inputs).flatMap(([from, input]) =>
    input.imports
      .filter(({ path }) => path !== ownCode)
      .map(({ path, external, original }) => ({
        ...{ from, specifier: original ?? path },
        ...(external !== true && { leadsTo: path }),
      })),
  )
  return { imports, files: Object.values(outputs).flatMap((output) => Object.keys(output.inputs)) }
}

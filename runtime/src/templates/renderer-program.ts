/** The renderer as one text, handed to Node on standard input, as `process/child-program.ts` does. */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('child.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node26',
    define: { job: 'globalThis.job' },
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'silent',
  })
  const [output] = outputFiles
  if (!output) throw new Error('The renderer of templates could not be built.')
  return output.text
}

let program: Promise<string> | undefined

/** Built at the first template, once per process. */
export const rendererProgram = (): Promise<string> => {
  program ??= bundle()
  return program
}

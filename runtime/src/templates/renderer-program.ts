import { bundleProgram } from '../bundle-program.ts'

let program: Promise<string> | undefined

/** The renderer, built at the first template, once per process. */
export const rendererProgram = (): Promise<string> => {
  program ??= bundleProgram(new URL('child.ts', import.meta.url), {
    define: { job: 'globalThis.job' },
    minifyWhitespace: true,
    legalComments: 'none',
  })
  return program
}

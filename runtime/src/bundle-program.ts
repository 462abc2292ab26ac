/** The program of a child process as one text, handed to Node on standard input: the child then reads no source file. */
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'

/** `entry` is its first module; `options` are what this program needs besides. */
export const bundleProgram = async (
  entry: URL,
  options: Pick<BuildOptions, 'define' | 'legalComments' | 'minifyWhitespace' | 'plugins'>,
): Promise<string> => {
  const { outputFiles } = await build({
    ...options,
    entryPoints: [fileURLToPath(entry)],
    // In its comments esbuild names files after it.
    absWorkingDir: fileURLToPath(new URL('.', entry)),
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node26',
    logLevel: 'silent',
  })
  const [output] = outputFiles
  if (!output) throw new Error(`The program ${entry.pathname} could not be built.`)
  return output.text
}

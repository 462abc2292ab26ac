/**
 * How esbuild is asked to bundle packages: from its working folder, as Node would resolve them, and nothing else is an option
 * of the packages' own.
 */

/** The names of what lies beside the packages. None of them can be a package's. */
export const outputFile = 'bundled/packages.js'
export const metaFile = 'bundled/meta.json'

export const packageArguments = (external: readonly string[]): string[] => [
  '--bundle',
  '--sourcefile=offered.js',
  '--format=cjs',
  '--platform=node',
  // Only what Node itself goes by: without this, esbuild adds `module`.
  '--conditions=',
  // As for the author's file: `async` must survive.
  '--target=es2023',
  '--minify',
  // Errors take their name from their class, and authors tell them apart by it.
  '--keep-names',
  '--charset=utf8',
  '--legal-comments=none',
  '--tsconfig-raw={}',
  '--preserve-symlinks',
  // What is not there has to fail like `require`, when it is asked for.
  '--supported:dynamic-import=false',
  `--outfile=${outputFile}`,
  `--metafile=${metaFile}`,
  '--log-level=error',
  '--log-limit=200',
  '--color=false',
  ...external.map((specifier) => `--external:${specifier}`),
]

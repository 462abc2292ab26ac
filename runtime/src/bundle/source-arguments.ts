/** How esbuild is asked to compile an author's file: nothing of it is resolved or read from anywhere. */

export type Loader = 'js' | 'ts'

export const sourceArguments = (loader: Loader, fileName: string): string[] => [
  `--loader=${loader}`,
  `--sourcefile=${fileName}`,
  '--format=cjs',
  '--platform=neutral',
  // `async` must survive: a handler is recognised by it.
  '--target=es2023',
  '--sourcemap=inline',
  '--sources-content=false',
  '--charset=utf8',
  // No file of the host is asked for options.
  '--tsconfig-raw={}',
  // `import()` becomes `require`, so that it fails as every other module does that is not there.
  '--supported:dynamic-import=false',
  '--log-level=warning',
  '--log-limit=20',
  '--color=false',
]

/**
 * Parts of the web that are evaluated when somebody needs them: each makes a context dearer. `index.ts` says how; `made` is what
 * a part is if it has been needed already, for who only asks whether a value is one of its making.
 */
export interface Late<Part> {
  load(): Part
  readonly made: Part | undefined
}

export interface Parts {
  network: typeof import('./network.ts')
  abort: typeof import('./abort.ts')
  exceptions: typeof import('./dom-exception.ts')
  urls: typeof import('./url.ts')
  text: typeof import('./text-coding.ts')
  base64: typeof import('./base64-text.ts')
  files: typeof import('./files.ts')
  streams: typeof import('./streams.ts')
  clone: typeof import('./structured-clone.ts')
  performance: typeof import('./performance.ts')
}

type Loaders = { readonly [Name in keyof Parts]: () => Parts[Name] }

const parts: Partial<{ [Name in keyof Parts]: Late<Parts[Name]> }> = {}

export const late = <Name extends keyof Parts>(name: Name): Late<Parts[Name]> => parts[name] as Late<Parts[Name]>

const loadedOnce = <Part>(load: () => Part): Late<Part> => {
  let made: Part | undefined
  return {
    get made() {
      return made
    },
    load: () => {
      made ??= load()
      return made
    },
  }
}

/** Says how each is evaluated. */
export const introduce = (loaders: Loaders): void => {
  for (const name of Object.keys(loaders) as (keyof Parts)[]) parts[name] = loadedOnce<never>(loaders[name] as never)
}

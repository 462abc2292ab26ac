/**
 * What Node has and actions have not, with the reason. Data only, loadable on both sides. What cannot work, but is asked for by
 * packages, is there all the same and refuses by name; here is what does not exist at all.
 */
type Reasons = Readonly<Record<string, string>>

/** By module. */
export const missingModules: Reasons = {
  ffi: 'calls native code',
  'path/win32': 'an action has no file system, and nothing in it runs on Windows',
  sea: 'is about single executable applications',
  sqlite: 'opens files; an action keeps nothing between runs but its cache',
  test: 'the test runner is not part of a run: test actions on your own machine',
  'test/reporters': 'the test runner is not part of a run',
}

const ofUtil: Reasons = {
  transferableAbortController: 'there is no other thread to transfer it to',
  transferableAbortSignal: 'there is no other thread to transfer it to',
  setTraceSigInt: 'an action is sent no signals',
  debounce: 'newer than the version of Node that `process.version` names',
  throttle: 'newer than the version of Node that `process.version` names',
}

const ofPath: Reasons = {
  win32: 'an action has no file system, and nothing in it runs on Windows',
  matchesGlob: 'experimental in the version of Node that `process.version` names',
}

/** By module and name. `Readable.prototype.on` is a member of what `Readable` makes. */
export const missingNames: Readonly<Record<string, Reasons>> = {
  stream: {
    'Readable.prototype.[Stream.toAsyncStreamable]': 'experimental in Node, for `stream/iter`, which needs a flag',
  },
  path: ofPath,
  'path/posix': ofPath,
  sys: ofUtil,
  url: { URLPattern: 'newer than the version of Node that `process.version` names' },
  util: ofUtil,
  'util/types': { isProxy: 'nothing in the language tells a proxy from what it stands for' },
}

export const missingGlobals: { names: Reasons; members: Reasons } = {
  names: {
    URLPattern: 'newer than the version of Node that `process.version` names',
    Storage: 'experimental in Node; an action keeps nothing between runs but its cache',
    localStorage: 'experimental in Node; an action keeps nothing between runs but its cache',
    sessionStorage: 'experimental in Node; an action keeps nothing between runs but its cache',
  },
  members: {},
}

/** Stands in, inside the prelude only, for globals that a library names but a bare isolate does not have. */

/** node-inspect-extracted asks whether a value is one, so that it can leave out its symbols. */
export const URL = (): void => {}

/**
 * The function around an author's module. It takes no line of its own, so line numbers stay; only the first line's columns
 * shift, and the stack mapper takes that back.
 *
 * The text inside has been parsed by esbuild as a complete module and was printed by it, so no author can close the
 * function early.
 */
const head = '(function (module, exports, console, require) {'

/** Characters that stand before the first line of the code. */
export const wrapperColumns = head.length

/** An expression whose value is a `LoadModule`. The line break ends a comment on the code's last line. */
export const wrapModule = (code: string): string => `${head}${code}\n})`

/**
 * What a build says about a module that was loaded once without running a handler.
 *
 * - V8 refuses its syntax, or the handler is missing or no async function: an error, no run could ever complete
 * - loading it failed: a warning, because that may depend on the moment; the run will report it
 */
import type { HandlerName, Inspected } from '../bridge/guest-door.ts'
import type { GuestError } from '../bridge/outcome.ts'
import type { Artifact, BuildMessage } from '../bundle/artifact.ts'
import { originalPosition } from '../bundle/source-map.ts'

export interface Checked {
  errors: BuildMessage[]
  warnings: BuildMessage[]
}

export const checkModule = (found: Inspected, artifact: Artifact): Checked => {
  const file = artifact.fileName
  if (found.ok) {
    const { onExecutePostChallenge, onContinuePostChallenge } = found.handlers
    const errors: BuildMessage[] = []
    if (onExecutePostChallenge === 'missing') errors.push({ file, text: missing('onExecutePostChallenge') })
    if (onExecutePostChallenge === 'not-async') errors.push({ file, text: notAsync('onExecutePostChallenge') })
    if (onContinuePostChallenge === 'not-async') errors.push({ file, text: notAsync('onContinuePostChallenge') })
    return { errors, warnings: [] }
  }
  if (found.error.code === 'ERR_MODULE_SYNTAX') return { errors: [syntaxMessage(found.error, artifact)], warnings: [] }
  const text = `Loading the module failed: ${found.error.name}: ${found.error.message}`
  return { errors: [], warnings: [{ file, text }] }
}

const missing = (handler: HandlerName) =>
  `The Action does not export an "${handler}" handler. Use "exports.${handler} = async function(event, api) { }".`

/** The vendor's text, as a run would report it. */
const notAsync = (handler: HandlerName) =>
  `Invalid function signature for the "${handler}" handler. Use "exports.${handler} = async function(event, api) { }" as the signature.`

/** isolated-vm appends the place to the message: `Invalid regular expression: /(/ [action.js:3:9]`. */
const syntaxMessage = ({ message }: GuestError, artifact: Artifact): BuildMessage => {
  const [, text = message, line, column] = /^(.*) \[[^\]]*:(\d+):(\d+)\]$/s.exec(message) ?? []
  const position = originalPosition(artifact, { line: Number(line ?? 0), column: Number(column ?? 0) })
  return { file: artifact.fileName, text: `SyntaxError: ${text}`, ...position }
}

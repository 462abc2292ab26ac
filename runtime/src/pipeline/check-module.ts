/**
 * What a build says about a module that was loaded once without running a handler.
 *
 * - V8 refuses its syntax, or the handler is missing or no async function: an error, no run could ever complete
 * - loading it failed, or left a rejected promise behind: a warning, because that may depend on the moment; the run will
 *   report it
 */
import type { HandlerName } from '../bridge/guest-door.ts'
import type { GuestError } from '../bridge/outcome.ts'
import type { Artifact, BuildMessage } from '../bundle/artifact.ts'
import { excerptAt } from '../bundle/compiler-messages.ts'
import { createStackMapper, originalPosition, type SourcePosition } from '../bundle/source-map.ts'
import type { Inspection } from '../isolate/run.ts'
import { positionOf } from './locate-handler.ts'

export interface Checked {
  errors: BuildMessage[]
  warnings: BuildMessage[]
}

interface Subject {
  artifact: Artifact
  /** As the author wrote it. */
  source: string
}

export const checkModule = (found: Inspection, { artifact, source }: Subject): Checked => {
  const say = (text: string, position?: SourcePosition): BuildMessage => ({
    file: artifact.fileName,
    text,
    ...(position && { ...position, excerpt: excerptAt(source, position) }),
  })
  const warnings = found.rejection === undefined ? [] : [rejectionWarning(found.rejection, artifact, say)]
  if (found.ok) {
    const { onExecutePostChallenge, onContinuePostChallenge } = found.handlers
    const errors: BuildMessage[] = []
    const refuse = (handler: HandlerName) => errors.push(say(notAsync(handler), positionOf(artifact, handler)))
    if (onExecutePostChallenge === 'missing') errors.push(say(missing('onExecutePostChallenge')))
    if (onExecutePostChallenge === 'not-async') refuse('onExecutePostChallenge')
    if (onContinuePostChallenge === 'not-async') refuse('onContinuePostChallenge')
    return { errors, warnings }
  }
  const { name, message, stack = '', code } = found.error
  if (code === 'ERR_MODULE_SYNTAX') {
    const { text, position } = syntaxMessage(found.error, artifact)
    return { errors: [say(text, position)], warnings: [] }
  }
  const failure = say(`Loading the module failed: ${name}: ${message}`, placeIn(stack, artifact))
  return { errors: [], warnings: [failure, ...warnings] }
}

const rejectionWarning = (
  reason: string,
  artifact: Artifact,
  say: (text: string, position?: SourcePosition) => BuildMessage,
): BuildMessage => {
  const [headline = ''] = reason.split('\n', 1)
  // isolated-vm tells no more than that one: isolate/entry.ts.
  const text = `Loading the module left a rejected promise that nothing handles, the first if there are several: ${headline}`
  return say(text, placeIn(reason, artifact))
}

/** The author's topmost line in a stack of the guest. */
const placeIn = (stack: string, artifact: Artifact): SourcePosition | undefined => {
  const mapped = createStackMapper(artifact, artifact.fileName).map(stack)
  const [, line, column] = /^ +at .*?:(\d+):(\d+)\)?$/m.exec(mapped) ?? []
  return line === undefined ? undefined : { line: Number(line), column: Number(column) }
}

const missing = (handler: HandlerName) =>
  `The Action does not export an "${handler}" handler. Use "exports.${handler} = async function(event, api) { }".`

/** The vendor's text, as a run would report it. */
const notAsync = (handler: HandlerName) =>
  `Invalid function signature for the "${handler}" handler. Use "exports.${handler} = async function(event, api) { }" as the signature.`

/** isolated-vm appends the place to the message: `Invalid regular expression: /(/ [action.js:3:9]`. */
const syntaxMessage = ({ message }: GuestError, artifact: Artifact) => {
  const [, text = message, line, column] = /^(.*) \[[^\]]*:(\d+):(\d+)\]$/s.exec(message) ?? []
  const position = originalPosition(artifact, { line: Number(line ?? 0), column: Number(column ?? 0) })
  return { text: `SyntaxError: ${text}`, position }
}

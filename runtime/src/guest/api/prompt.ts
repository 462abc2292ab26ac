import type { PasswordResetPostChallengeAPI } from '@interlock/sdk-types'
import { readOptions, requireObject, requireText, wrongArgument } from '../argument.ts'
import type { Exit } from '../exit.ts'
import { isWithin, type Plain } from '../plain.ts'
import { bare, ErrorClass, stringifyJson } from '../primordials.ts'
import { quota } from '../quota.ts'
import type { Recorder } from '../recorder.ts'
import { byteLength } from '../utf8.ts'

const method = 'prompt.render'
const optionBytes = 24 * 1_024

const requirePart = (name: string, value: unknown): Plain => {
  const part = requireObject({ method, name }, value)
  if (!isWithin(part, quota.promptDepth))
    throw wrongArgument({ method, name }, `must not be nested deeper than ${quota.promptDepth} levels`)
  return part
}

/** Absent parts stay absent: they come back as they were in `event.prompt`. */
const readParts = (options: unknown): { fields?: Plain; vars?: Plain } => {
  const { fields, vars } = readOptions({ method, name: 'options' }, options)
  const parts: { fields?: Plain; vars?: Plain } = bare({})
  if (fields !== undefined && fields !== null) parts.fields = requirePart('fields', fields)
  if (vars !== undefined && vars !== null) parts.vars = requirePart('vars', vars)
  return parts
}

export const createPrompt = (recorder: Recorder, exit: Exit): PasswordResetPostChallengeAPI['prompt'] => ({
  render: (id, options) => {
    const promptId = { method, name: 'id' }
    const name = requireText(promptId, id)
    if (name.length > quota.promptIdLength)
      throw wrongArgument(promptId, `must be at most ${quota.promptIdLength} characters`)
    const parts = readParts(options)
    if (byteLength(stringifyJson(parts) as string) > optionBytes)
      throw new ErrorClass(`The total size of the prompt options exceeds the limit of ${optionBytes} bytes.`)
    exit.take('prompt')
    recorder.record({ type: method, id: name, ...parts } as Parameters<Recorder['record']>[0])
  },
})

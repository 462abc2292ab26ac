/** What a sandbox process is asked of a module besides its runs, and how its answer is read. */
import type { HostEnding } from '../errors.ts'
import type { Compiled, Frozen } from '../isolate/freeze.ts'
import type { Inspection } from '../isolate/run.ts'
import type { Landing } from './flights.ts'
import { compiled, frozen, inspected, mostPackedLength } from './message.ts'

interface Answers {
  inspect: Inspection
  compile: Compiled
  freeze: Frozen
}
export type QuestionName = keyof Answers

/** The process was lost when it is not `ok`. */
export type Answer<Name extends QuestionName> =
  | { ok: true; value: Answers[Name] }
  | { ok: false; ending: HostEnding; reached?: number | undefined }

interface Question<Value> {
  /** How much longer than the end of a run its answer may be, in UTF-16 code units. */
  answerLength: number
  parse(said: Landing): { success: true; data: Value } | { success: false }
}

const packedLength = mostPackedLength + 1_024

export const questions: { [Name in QuestionName]: Question<Answers[Name]> } = {
  inspect: { answerLength: 0, parse: (said) => inspected.safeParse(said.type === 'inspected' && said.inspected) },
  compile: {
    answerLength: packedLength,
    parse: (said) => compiled.safeParse(said.type === 'compiled' && said.compiled),
  },
  freeze: { answerLength: packedLength, parse: (said) => frozen.safeParse(said.type === 'frozen' && said.frozen) },
}

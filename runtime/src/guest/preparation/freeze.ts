/**
 * Evaluates a module while V8 makes a start-up snapshot, so that every context made from it begins with the module loaded.
 * Author code runs here before the door is opened: nothing of ours may be on the global object meanwhile.
 */
import type { Freezer, LoadModule } from '../../bridge/guest-door.ts'
import { permitPresent, removeGlobals } from '../globals.ts'
import { answerWith } from '../host-call.ts'
import { evaluateMentions } from '../mentions.ts'
import { bare, defineProperty, deleteProperty, ErrorClass, ownProperty, parseJson } from '../primordials.ts'

interface Deps {
  take(loadModule: LoadModule): void
  load(): void
  leaveDoor(): void
}

/** V8's own default: without a limit errors have no stack. V8 puts it back, over whatever a module has made of it. */
const stackTraceLimit = 10

export const createFreezer = ({ take, load, leaveDoor }: Deps): Freezer => {
  let isUnanswered = false
  const replay = (answersJson: string) => {
    const answers = bare(parseJson(answersJson) as Record<string, string>)
    answerWith((question) => {
      const answer = answers[question]
      if (answer !== undefined) return answer
      isUnanswered = true
      throw new ErrorClass('There is nobody to ask.')
    })
  }
  return bare<Freezer>({
    take,
    prepare: (mentionsJson) => evaluateMentions(bare(parseJson(mentionsJson) as [])),
    load: (answersJson) => {
      defineProperty(
        ErrorClass,
        'stackTraceLimit',
        bare({ value: stackTraceLimit, configurable: true, writable: true }),
      )
      replay(answersJson)
      removeGlobals()
      load()
    },
    seal: () => {
      if (isUnanswered) throw new ErrorClass('Loading it asks the host for something else each time.')
      if (ownProperty(ErrorClass, 'stackTraceLimit')?.value !== stackTraceLimit)
        throw new ErrorClass('Loading it changes Error.stackTraceLimit.')
      deleteProperty(ErrorClass, 'stackTraceLimit')
      permitPresent()
    },
    leave: leaveDoor,
  })
}

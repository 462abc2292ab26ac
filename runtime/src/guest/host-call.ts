import type { Answer, Answers, Ask, Call } from '../bridge/call.ts'
import { bare, ErrorClass, parseJson, stringifyJson, TypeErrorClass } from './primordials.ts'

type Value<C extends Call> = Answers[C['call']] extends Answer<infer V> ? V : never

/** Asks the host one question of `bridge/call.ts`. Throws the host's refusal as an error of this context. */
export type HostCall = <C extends Call>(call: C) => Value<C>

/** `answerWith` says whom to ask, before the first question. */
export const createHostCall = (): { callHost: HostCall; answerWith(ask: Ask): void } => {
  let askHost: Ask | undefined
  return {
    answerWith: (ask) => {
      askHost = ask
    },
    callHost: <C extends Call>(call: C) => {
      if (askHost === undefined) throw new ErrorClass('There is nobody to ask.')
      const answer = parseJson(askHost(stringifyJson(bare(call)) as string)) as Answer<Value<C>>
      if (answer.ok) return answer.value
      throw new (answer.error === 'TypeError' ? TypeErrorClass : ErrorClass)(answer.message)
    },
  }
}

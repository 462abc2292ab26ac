import type { Answer, Answers, Ask, Call } from '../bridge/call.ts'
import { bare, ErrorClass, parseJson, stringifyJson, TypeErrorClass } from './primordials.ts'

type Value<C extends Call> = Answers[C['call']] extends Answer<infer V> ? V : never

/** Asks the host one question of `bridge/call.ts`. Throws the host's refusal as an error of this context. */
export type HostCall = <C extends Call>(call: C) => Value<C>

export const createHostCall =
  (ask: Ask): HostCall =>
  <C extends Call>(call: C) => {
    const answer = parseJson(ask(stringifyJson(bare(call)) as string)) as Answer<Value<C>>
    if (answer.ok) return answer.value
    throw new (answer.error === 'TypeError' ? TypeErrorClass : ErrorClass)(answer.message)
  }

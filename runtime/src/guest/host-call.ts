import type { Answer, Answers, Ask, Call, Refusal } from '../bridge/call.ts'
import { bare, ErrorClass, parseJson, stringifyJson, TypeErrorClass } from './primordials.ts'

type Value<C extends Call> = Answers[C['call']] extends Answer<infer V> ? V : never

/** Asks the host one question of `bridge/call.ts`. Throws the host's refusal as an error of this context. */
export type HostCall = <C extends Call>(call: C) => Value<C>

let askHost: Ask | undefined

/** Says whom to ask; to be called before the first question. */
export const answerWith = (ask: Ask): void => {
  askHost = ask
}

/** The answer as it is, for who makes errors of its own of a refusal. */
export const askForAnswer = <C extends Call>(call: C): Refusal | { ok: true; value: Value<C> } => {
  if (askHost === undefined) throw new ErrorClass('There is nobody to ask.')
  return parseJson(askHost(stringifyJson(bare(call)) as string)) as Answer<Value<C>>
}

export const callHost: HostCall = (call) => {
  const answer = askForAnswer(call)
  if (answer.ok) return answer.value
  throw new (answer.error === 'TypeError' ? TypeErrorClass : ErrorClass)(answer.message)
}

import { codedError } from './coded-error.ts'
import { apply, TypeErrorClass } from './primordials.ts'

/** `queueMicrotask`. What the callback throws goes to `onError`, as Node makes it an uncaught exception. */
export const createQueueMicrotask = (onError: (error: unknown) => void) => {
  const runLater = async (callback: () => unknown) => {
    // biome-ignore lint/nursery/useAwaitThenable: one turn of V8's own queue, without a `then` authors may have replaced
    await undefined
    try {
      apply(callback, undefined, [])
    } catch (error) {
      onError(error)
    }
  }
  return (callback: unknown): void => {
    if (typeof callback !== 'function')
      throw codedError('The "callback" argument must be of type function.', 'ERR_INVALID_ARG_TYPE', TypeErrorClass)
    void runLater(callback as () => unknown)
  }
}

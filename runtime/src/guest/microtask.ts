import { requireCallback } from './callback.ts'
import { apply } from './primordials.ts'
import { surroundings } from './surroundings.ts'

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
  const functions = {
    queueMicrotask: (callback: unknown): void => {
      void runLater(surroundings.follow(requireCallback(callback)))
    },
  }
  return functions.queueMicrotask
}

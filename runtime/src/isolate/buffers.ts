/**
 * Memory of ArrayBuffers in an isolate. isolated-vm refuses an allocation that does not fit under the heap limit; what is
 * held from one stretch of code to the next is bounded here, and is known only after a collection.
 */
import type ivm from 'isolated-vm'

/** Collects when there seems to be more. An isolate that does not survive that held too much. */
export const holdsBuffersOver = (isolate: ivm.Isolate, bytes: number): boolean => {
  if (isolate.isDisposed || bufferBytes(isolate) <= bytes) return false
  collectGarbage(isolate)
  return isolate.isDisposed || bufferBytes(isolate) > bytes
}

/** Garbage included. */
export const bufferBytes = (isolate: ivm.Isolate): number => isolate.getHeapStatisticsSync().externally_allocated_size

/** isolated-vm has no call for it. But V8 collects all garbage before it gives up on an allocation, and this one is hopeless. */
const collectGarbage = (isolate: ivm.Isolate): void => {
  try {
    const context = isolate.createContextSync()
    context.evalSync(`try { new ArrayBuffer(2 ** 33) } catch {}; undefined`)
    context.release()
  } catch (thrown) {
    if (!isolate.isDisposed) throw thrown
  }
}

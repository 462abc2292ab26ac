/**
 * Memory of ArrayBuffers in an isolate. isolated-vm refuses an allocation that does not fit under the heap limit; what is
 * held from one stretch of code to the next is bounded here, and is known only after a collection.
 */
import type ivm from 'isolated-vm'

/** Of one isolate, in bytes. */
export interface Memory {
  /** Heap and buffers. */
  heapBytes: number
  bufferBytes: number
}

/** Garbage included; of a disposed isolate nothing is known. */
export const measureMemory = (isolate: ivm.Isolate): Memory => {
  if (isolate.isDisposed) return { heapBytes: 0, bufferBytes: 0 }
  const { used_heap_size, externally_allocated_size } = isolate.getHeapStatisticsSync()
  return { heapBytes: used_heap_size + externally_allocated_size, bufferBytes: externally_allocated_size }
}

/** What buffers take after a collection. An isolate that does not survive that held more than anybody can say. */
export const collectedBufferBytes = (isolate: ivm.Isolate): number => {
  collectGarbage(isolate)
  return isolate.isDisposed ? Number.POSITIVE_INFINITY : measureMemory(isolate).bufferBytes
}

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

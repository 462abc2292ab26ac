/** Node's `async_hooks`: storage and resources; hooks would need to be told of every `await`, and nobody is. */
import { AsyncLocalStorage } from './async-hooks/async-local-storage.ts'
import { AsyncResource } from './async-hooks/async-resource.ts'
import { shaped } from './shaped.ts'

export const exported = shaped('async_hooks', 'the engine does not tell what goes on asynchronously', {
  AsyncLocalStorage,
  AsyncResource,
  executionAsyncId: () => 1,
  triggerAsyncId: () => 0,
  executionAsyncResource: () => ({}),
  asyncWrapProviders: Object.freeze(Object.create(null)),
})

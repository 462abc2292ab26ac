/** An emitter whose listeners run in the context of an `AsyncResource`. */
import { sibling } from '../siblings.ts'
import { requireString } from '../validate.ts'
import { type Emitter, EventEmitter, type EventName } from './emitter.ts'

interface Resource {
  runInAsyncScope(callback: unknown, self: unknown, ...args: unknown[]): unknown
  emitDestroy(): unknown
  asyncId(): number
  triggerAsyncId(): number
}

type ResourceClass = new (type: string, options?: object) => Resource

interface ResourceOptions {
  name?: string
  captureRejections?: boolean
}

export const asyncResourceEmitter = (): unknown => {
  const { AsyncResource } = sibling('async_hooks') as { AsyncResource: ResourceClass }

  class EventEmitterReferencingAsyncResource extends AsyncResource {
    readonly eventEmitter: Emitter
    constructor(emitter: Emitter, type: string, options?: ResourceOptions) {
      super(type, options)
      this.eventEmitter = emitter
    }
  }

  return class EventEmitterAsyncResource extends EventEmitter {
    readonly #resource: Resource
    constructor(given: string | ResourceOptions | undefined = undefined) {
      const options = typeof given === 'string' ? undefined : given
      if (typeof given !== 'string' && new.target === EventEmitterAsyncResource)
        requireString(options?.name, 'options.name')
      super(options)
      const name = typeof given === 'string' ? given : options?.name || new.target.name
      this.#resource = new EventEmitterReferencingAsyncResource(this, name, options)
    }
    override emit(event: EventName, ...args: unknown[]): boolean {
      return this.#resource.runInAsyncScope(super.emit, this, event, ...args) as boolean
    }
    emitDestroy() {
      this.#resource.emitDestroy()
    }
    get asyncId() {
      return this.#resource.asyncId()
    }
    get triggerAsyncId() {
      return this.#resource.triggerAsyncId()
    }
    get asyncResource() {
      return this.#resource
    }
  }
}

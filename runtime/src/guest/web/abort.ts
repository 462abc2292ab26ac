/** Events, and the signals that are their best-known targets. */
import { AbortController } from './abort-controller.ts'
import { AbortSignal } from './abort-signal.ts'
import { CustomEvent, Event } from './event.ts'
import { EventTarget } from './event-target.ts'
import { named } from './named.ts'

export { createSignal, isSignal, onAbort } from './abort-signal.ts'

export const globals = named({ AbortController, AbortSignal, Event, EventTarget, CustomEvent })

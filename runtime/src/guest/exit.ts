/** A handler may leave the flow once: by a redirect, or by a prompt. */
import type { Recorder } from './recorder.ts'

export interface Exit {
  /** Called by every `sendUserTo`, before its arguments are read: the vendor refuses in this order. */
  beforeRedirect(): void
  redirected(): void
  beforePrompt(): void
  prompted(): void
}

export const createExit = (recorder: Recorder): Exit => {
  let taken: 'redirect' | 'prompt' | undefined
  const refuseBoth = () => recorder.abort('Redirect and render commands cannot be used in the same action.')
  return {
    beforeRedirect: () => {
      if (taken === 'prompt') refuseBoth()
    },
    redirected: () => {
      if (taken === 'redirect')
        recorder.warn('api.redirect.sendUserTo was called more than once: the last call counts.')
      taken = 'redirect'
    },
    beforePrompt: () => {
      if (taken === 'redirect') refuseBoth()
      if (taken === 'prompt') recorder.abort('Only 1 render command per action is allowed.')
    },
    prompted: () => {
      taken = 'prompt'
    },
  }
}

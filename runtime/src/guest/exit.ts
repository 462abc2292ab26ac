/** A handler may leave the flow one way: by a redirect, or by a single prompt. */
import type { Recorder } from './recorder.ts'

export interface Exit {
  /** Called right before the command is recorded: reading its arguments may have run author code. */
  take(way: 'redirect' | 'prompt'): void
}

export const createExit = (recorder: Recorder): Exit => {
  let taken: 'redirect' | 'prompt' | undefined
  return {
    take: (way) => {
      if (taken !== undefined && taken !== way)
        recorder.abort('Redirect and render commands cannot be used in the same action.')
      if (taken === 'prompt') recorder.abort('Only 1 render command per action is allowed.')
      if (taken === 'redirect')
        recorder.warn('api.redirect.sendUserTo was called more than once: the last call counts.')
      taken = way
    },
  }
}

import type { Entry } from './entry.ts'

/**
 * Enters until no rejection comes with the answer: a stretch that was cut off leaves its own to the next entry, and a reason's
 * getters, which run while it is copied, may leave more. To be used for entrances that may be entered again.
 */
export const enterPast = (enter: () => Entry, told: (reason: string) => void): Entry => {
  let entry = enter()
  for (let left = mostInARow; entry.type === 'left-a-rejection' && left > 0; left--) {
    told(entry.reason)
    entry = enter()
  }
  return entry
}

/** Beyond it, they come from code that makes them without end. */
const mostInARow = 16

/**
 * How much a sandbox process may say. To read a line costs the server time before anything in it can be judged, and the far
 * side is not trusted: so it gets what its runs can need, and a little for free that comes back with time.
 */
import { egressQuota } from '../bridge/egress.ts'
import { mostConsoleLines } from '../bridge/outcome.ts'
import type { RunLimits } from '../limits.ts'

export interface Speech {
  /** A run begins: what it may leave behind and ask for is added. `answerLength`: what it may say besides, also at once. */
  grant(limits: RunLimits, answerLength?: number): void
  /** It has ended: what it has not used is gone. */
  revoke(limits: RunLimits, answerLength?: number): void
  /** Whether a line of this length may be read now. Asked once for each line; those that are admitted count. */
  admits(length: number): boolean
}

/** `now` counts milliseconds and never goes back. Lengths are UTF-16 code units. */
export const createSpeech = (now: () => number = () => performance.now()): Speech => {
  let granted = 0
  let longest = free
  let left = free
  let at = now()

  return {
    grant: (limits, answerLength = 0) => {
      const needed = neededBy(limits) + answerLength
      granted += needed
      left += needed
      longest = Math.max(longest, endLength(limits), requestLength, answerLength)
    },
    revoke: (limits, answerLength = 0) => {
      granted -= neededBy(limits) + answerLength
      left = Math.min(left, free + granted)
      if (granted === 0) longest = free
    },
    admits: (length) => {
      const time = now()
      left = Math.min(left + (time - at) * freePerMs, Math.max(left, free + granted))
      at = time
      if (length > longest) return false
      left -= length + lineCost
      return left >= 0
    },
  }
}

/** Each character may take six as JSON. */
const escaped = 6
const endLength = ({ outputBytes }: RunLimits) =>
  (outputBytes + errorLength + warningsLength) * escaped + consoleFrame + commandsLength
const requestLength = (egressQuota.bodyBytes + egressQuota.headerLength + egressQuota.urlLength) * escaped

const neededBy = (limits: RunLimits): number => endLength(limits) + limits.egressRequests * requestLength

/** The console of a run once more, while it is under way: each line at its time, and maybe in a message of its own. */
export const liveLength = ({ outputBytes }: RunLimits): number => outputBytes * escaped + mostConsoleLines * 256

/** `{"level":"error","text":""},` */
const consoleFrame = mostConsoleLines * 32
const commandsLength = 131_072
const errorLength = 16_384
const warningsLength = 65_536

/**
 * Signs of life, requests beyond their number, which are answered by a refusal, and the guest's snapshots, which the first
 * process of all hands over: 1.1 MB, before there is anybody's code in it.
 */
const free = 2_097_152
/** 2 MB/s: short lines at this pace take a tenth of the server's thread (seen: 4 µs for each). */
const freePerMs = 2_048
/** What a line costs beyond its length. */
const lineCost = 64

import { setTimeout as pause } from 'node:timers/promises'

/** Longer than anything takes on a busy machine, and shorter than a test may. */
const mostMs = 40_000

/** Asks again and again until there is an answer. Rejects with what was waited for, so that nobody asks for ever. */
export const until = async <Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
): Promise<Answer> => {
  const end = performance.now() + mostMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`)
    await pause(10)
  }
}

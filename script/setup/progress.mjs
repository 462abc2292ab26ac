/** One plain line per step, and a sign of life while a step takes long. */

const signOfLifeMs = 15_000

/** What the person at the terminal can act upon: shown as it is, without a stack. */
export class CannotGoOn extends Error {}

export const say = (line) => console.log(line)

/** Runs `work` under a line of text; repeats the text with the time spent until it is done. */
export const step = async (text, work) => {
  const startedAt = performance.now()
  const seconds = () => Math.round((performance.now() - startedAt) / 1_000)
  say(`${text} …`)
  const timer = setInterval(() => say(`  still at it after ${seconds()} s`), signOfLifeMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** Runs a command's whole body. Ends the process with its exit code, or with 1 and the reason why it cannot go on. */
export const runCommand = async (body) => {
  try {
    process.exitCode = await body()
  } catch (error) {
    console.error(error instanceof CannotGoOn ? `\nCannot go on: ${error.message}` : error)
    process.exitCode = 1
  }
}

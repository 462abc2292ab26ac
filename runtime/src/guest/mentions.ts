/**
 * What of the guest's libraries a module's text names: evaluated with the module, ahead of its run, where else the run itself
 * would wait for it (1 to 2 ms for `Buffer` or `crypto`, seen). A guess from the text: what it misses is evaluated at its first
 * use, what it finds too much costs a little.
 */
import { loadNode } from './libraries.ts'
import { type List, slice, startsWith } from './primordials.ts'

const scheme = 'node:'

/** Before author code runs in the context. */
export const evaluateMentions = (mentions: List<string>): void => {
  for (let index = 0; index < mentions.length; index++) {
    const name = mentions[index] as string
    if (startsWith(name, scheme)) loadNode().loaders[slice(name, scheme.length)]?.()
    else void globalThis[name as keyof typeof globalThis]
  }
}

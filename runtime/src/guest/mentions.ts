/**
 * What of the guest's libraries a module's text names: evaluated with the module, ahead of its run, where else the run itself
 * would wait for it (1 to 2 ms for `Buffer` or `crypto`, seen). A guess from the text: what it misses is evaluated at its first
 * use, what it finds too much costs a little.
 */
import { isCommonGlobal } from './lazy-globals.ts'
import { loadNode } from './libraries.ts'
import {
  add,
  apply,
  bare,
  createList,
  indexOf,
  keys,
  type List,
  matchPattern,
  slice,
  startsWith,
} from './primordials.ts'

const scheme = 'node:'

/** A name by itself: no property of something, no text. Made anew, for it keeps where it was. */
const word = () => /(?<![.\w$"'`]|node:)[A-Za-z]{3,}(?![\w$])/g

const addGlobals = (mentions: List<string>, text: string) => {
  const pattern = word()
  const seen: Record<string, true> = bare({})
  for (let found = matchPattern(pattern, text); found !== null; found = matchPattern(pattern, text)) {
    const name = found[0]
    if (seen[name] === true || !isCommonGlobal(name)) continue
    seen[name] = true
    add(mentions, name)
  }
}

/** The compiler has printed the text: it has one kind of quotes. */
const addModules = (mentions: List<string>, text: string) => {
  if (indexOf(text, 'require("') === -1) return
  const names = keys(loadNode().loaders)
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    if (indexOf(text, `require("${name}")`) !== -1 || indexOf(text, `require("${scheme}${name}")`) !== -1)
      add(mentions, scheme + name)
  }
}

const { toString: textOf } = Function.prototype

/** For a context that nothing runs in afterwards. Names of globals, and of modules with `node:`. */
export const listMentions = (authorModule: object): List<string> => {
  const text = apply(textOf, authorModule, [])
  const mentions = createList<string>()
  addGlobals(mentions, text)
  addModules(mentions, text)
  return mentions
}

/** Before author code runs in the context. */
export const evaluateMentions = (mentions: List<string>): void => {
  for (let index = 0; index < mentions.length; index++) {
    const name = mentions[index] as string
    if (startsWith(name, scheme)) loadNode().loaders[slice(name, scheme.length)]?.()
    else void globalThis[name as keyof typeof globalThis]
  }
}

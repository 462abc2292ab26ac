/** What of the guest's libraries a module's text names. */
import { loadNode } from '../libraries.ts'
import { add, apply, bare, createList, indexOf, keys, type List, matchPattern } from '../primordials.ts'

/** Globals that actions really use: worth being evaluated ahead where a module's text names one. */
const common = [
  'fetch',
  'AbortController',
  'AbortSignal',
  'TextEncoder',
  'TextDecoder',
  'URL',
  'URLSearchParams',
  'Buffer',
  'process',
  'crypto',
]
const commonNames: Record<string, true | undefined> = bare({})
for (let index = 0; index < common.length; index++) commonNames[common[index] as string] = true

const scheme = 'node:'

/** A name by itself: no property of something, no text. Made anew, for it keeps where it was. */
const word = () => /(?<![.\w$"'`]|node:)[A-Za-z]{3,}(?![\w$])/g

const addGlobals = (mentions: List<string>, text: string) => {
  const pattern = word()
  const seen: Record<string, true> = bare({})
  for (let found = matchPattern(pattern, text); found !== null; found = matchPattern(pattern, text)) {
    const name = found[0]
    if (seen[name] === true || commonNames[name] !== true) continue
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

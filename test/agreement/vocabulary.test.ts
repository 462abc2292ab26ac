/** One word, one meaning; and names that say nothing are not taken. */
import { describe, expect, test } from 'vitest'
import { files } from './source-tree.ts'

/** Name of a file or folder, and what to do instead. */
const meaningless: Readonly<Record<string, string>> = {
  util: 'name the file after what it does',
  utils: 'name the file after what it does',
  helper: 'name the file after what it does',
  helpers: 'name the file after what it does',
  common: 'put it where it is needed, or below everything that needs it',
  misc: 'name the file after what it does',
  manager: 'say what it does: registry, supervisor, store',
  data: 'say which data',
  worker: 'code inside the isolate is the guest; the process that holds it is a sandbox process',
}

const folders = ['runtime/src/', 'server/src/', 'sdk-types/src/', 'test/', 'bench/', 'script/']

/** There files are named after Node's modules, `util` and `worker_threads` among them. */
const isNamedByNode = (file: string): boolean => file.includes('/guest/node/')

const wordsOf = (file: string): string[] => file.replace(/\.[^/]*$/, '').split(/[/-]/)

describe('vocabulary', () => {
  test('no file or folder has a name that says nothing', () => {
    const found = files
      .filter((file) => folders.some((folder) => file.startsWith(folder)) && !isNamedByNode(file))
      .flatMap((file) => wordsOf(file).map((word) => ({ file, word })))
      .filter(({ word }) => Object.hasOwn(meaningless, word))
    expect(found.map(({ file, word }) => `${file}: ${meaningless[word]}`)).toEqual([])
  })

  test('file and folder names are kebab-case', () => {
    const code = files.filter((file) => /\.(ts|mts|mjs|js|liquid|css|lua|mermaid)$/.test(file))
    expect(code.filter((file) => !/^[a-z0-9./-]+$/.test(file))).toEqual([])
  })
})

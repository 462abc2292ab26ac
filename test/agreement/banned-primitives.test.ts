/**
 * Dangerous primitives and the safe one to use instead. What the linter can express stands in `biome.json`; this table is
 * for what it cannot.
 */
import { describe, expect, test } from 'vitest'
import { at, files, linesOf } from './source-tree.ts'

interface Ban {
  name: string
  pattern: RegExp
  /** Where the ban counts, as the beginning of a path. */
  within: readonly string[]
  /** Where it does not, as the beginning of a path. */
  except: readonly string[]
  instead: string
}

const bans: readonly Ban[] = [
  {
    name: 'the time of the machine',
    pattern: /\bnew Date\(\)/,
    within: ['server/src/'],
    except: ['server/src/main.ts', 'server/src/app'],
    instead: 'ask the Clock port: a test must be able to set the time',
  },
  {
    name: 'code made from text',
    pattern: /\beval\(|\bnew Function\(|\bnode:vm\b/,
    within: ['server/src/', 'runtime/src/', 'sample-actions/'],
    except: [],
    instead: 'author code is compiled inside an isolate, and nowhere else',
  },
  {
    name: 'isolates outside of their folder',
    pattern: /\bfrom 'isolated-vm'|import\('isolated-vm'\)/,
    within: ['server/', 'runtime/', 'test/', 'script/'],
    except: ['runtime/src/isolate/', 'test/runtime/isolate/'],
    instead: "call the runtime's execute()",
  },
  {
    name: 'child processes outside of the supervisor and the build',
    pattern: /\bnode:child_process\b|\bnode:worker_threads\b/,
    within: ['server/src/', 'runtime/src/'],
    except: ['runtime/src/process/', 'runtime/src/disposable-process.ts', 'runtime/src/cli/dev/'],
    instead: 'let the supervisor start it: it owns limits, environment and end of every child',
  },
  {
    name: 'secrets compared character by character',
    pattern: /\b\w*(secret|token|ticket|password)\s*[!=]==?\s*[\w.]*(secret|token|ticket|password)\b/i,
    within: ['server/src/'],
    except: [],
    instead: 'use crypto.timingSafeEqual, or look the hash up in the store',
  },
  {
    name: 'certificates that are not checked',
    pattern: /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/,
    within: ['server/src/', 'runtime/src/', 'script/'],
    except: [],
    instead: 'trust the authority with NODE_EXTRA_CA_CERTS',
  },
  {
    name: 'a sleep in a test',
    pattern: /from 'node:timers\/promises'/,
    within: ['test/'],
    except: ['test/support/'],
    instead: 'await the event itself, or use until() of test/support',
  },
]

const startsWithOneOf = (file: string, beginnings: readonly string[]): boolean =>
  beginnings.some((beginning) => file.startsWith(beginning))

const own = 'test/agreement/banned-primitives.test.ts'
const isSource = (file: string): boolean => /\.(ts|mts|mjs|js)$/.test(file) && file !== own

describe('banned primitives', () => {
  test.each(bans)('$name', ({ pattern, within, except, instead }) => {
    const found = files
      .filter((file) => isSource(file) && startsWithOneOf(file, within) && !startsWithOneOf(file, except))
      .flatMap(linesOf)
      .filter((line) => pattern.test(line.text))
    expect(found.map(at), instead).toEqual([])
  })
})

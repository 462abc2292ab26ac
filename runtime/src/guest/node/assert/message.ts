/** What an AssertionError says: Node's words, and its difference of lines. */
import { inspectValue } from '../../formatter.ts'
import { differenceBackwards, type Step } from '../util/line-difference.ts'

export interface Comparison {
  actual: unknown
  expected: unknown
  operator: string
  /** In place of Node's first sentence. */
  message?: string | undefined
  diff: 'simple' | 'full'
}

const sentences: Readonly<Record<string, string>> = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
}

const shortest = 12
const lineWidth = 80
const mostLines = 50
const mostText = 512

const show = (value: unknown) =>
  inspectValue(value, {
    compact: false,
    customInspect: false,
    depth: 1_000,
    maxArrayLength: Number.POSITIVE_INFINITY,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
  })

const isObject = (value: unknown) => typeof value === 'object' && value !== null

/** Two values of one line each, with a mark below the first place where texts differ. */
const oneLineDifference = ({ actual, expected }: Comparison, [left, right]: [string, string]): string => {
  const quotes = [actual, expected].filter((value) => typeof value === 'string').length * 2
  const areTexts = quotes === 4
  if (left.length + right.length - quotes <= shortest && (actual !== 0 || expected !== 0))
    return `\n${left} !== ${right}\n`
  const at = [...left].findIndex((character, index) => character !== right[index])
  const isMarked = areTexts && left.length + right.length <= lineWidth && at >= 3
  return `+ actual - expected\n\n+ ${left}\n- ${right}${isMarked ? `\n${' '.repeat(at + 2)}^` : ''}\n`
}

/** As many equal lines in a row are shown; of more, the first ones and the last. */
const shownInRow = 5

const collapse = (lines: readonly string[], isFollowed: boolean): { shown: string[]; isSkipped: boolean } => {
  if (lines.length <= shownInRow || !isFollowed) return { shown: lines.slice(0, shownInRow), isSkipped: false }
  const rest = lines.length - shownInRow
  if (rest <= 2) return { shown: [...lines], isSkipped: false }
  return { shown: [...lines.slice(0, shownInRow), '...', lines.at(-1) as string], isSkipped: true }
}

const marks = { '-1': '-', '0': ' ', '1': '+' } as const

const writeSteps = (steps: readonly Step<string>[]): { text: string; isSkipped: boolean } => {
  const written: string[] = []
  let equal: string[] = []
  let isSkipped = false
  const flush = (isFollowed: boolean) => {
    const { shown, isSkipped: skipped } = collapse(equal, isFollowed)
    isSkipped ||= skipped
    written.push(...shown.map((line) => (skipped && line === '...' ? line : `  ${line}`)))
    equal = []
  }
  for (const [operation, line] of steps) {
    if (operation === 0) equal.push(line)
    else {
      flush(true)
      written.push(`${marks[operation]} ${line}`)
    }
  }
  flush(false)
  return { text: written.join('\n').trimEnd(), isSkipped }
}

/** A comma at the end of a line says only that another one follows. */
const isSameLine = (left: string, right: string) => left === right || `${left},` === right || left === `${right},`

const lineDifference = ({ actual }: Comparison, lists: [string[], string[]]): { text: string; isSkipped: boolean } => {
  const ignoresCommas = isObject(actual)
  const isEqual = ignoresCommas ? isSameLine : (left: string, right: string) => left === right
  const tell = (left: string, right: string) => (ignoresCommas && !left.endsWith(',') ? right : left)
  const steps = differenceBackwards({ actual: lists[0], expected: lists[1], isEqual, tell })
  return writeSteps(steps.reverse())
}

const difference = (comparison: Comparison): string => {
  const { actual, expected, operator, message, diff } = comparison
  const areSameKind =
    (isObject(actual) && isObject(expected)) || (typeof actual === 'function' && typeof expected === 'function')
  const named = operator === 'strictEqual' && areSameKind ? 'strictEqualObject' : operator
  const [left, right] = [show(actual), show(expected)]
  const lists = [left.split('\n'), right.split('\n')] as [string[], string[]]
  const head = (name: string) => `${message || sentences[name]}\n`
  if (lists[0].length === 1 && lists[1].length === 1 && !(isObject(actual) && isObject(expected)))
    return head(named) + oneLineDifference(comparison, [left, right])
  if (left === right) {
    const isLong = lists[0].length > mostLines && diff !== 'full'
    const text = isLong ? `${lists[0].slice(0, mostLines).join('\n')}\n...}` : left
    return `${head('notIdentical')}${isLong ? '\n... Skipped lines' : ''}\n${text}\n`
  }
  const { text, isSkipped } = lineDifference(comparison, lists)
  return `${head(named)}+ actual - expected${isSkipped ? '\n... Skipped lines' : ''}\n\n${text}\n`
}

const unequal = ({ actual, operator, diff }: Comparison): string => {
  const isReference = operator === 'notStrictEqual' && (isObject(actual) || typeof actual === 'function')
  const sentence = sentences[isReference ? 'notStrictEqualObject' : operator]
  const lines = show(actual).split('\n')
  const shown = lines.length > mostLines && diff !== 'full' ? [...lines.slice(0, 46), '...'] : lines
  const [line = ''] = shown
  if (shown.length === 1) return `${sentence}${line.length > 5 ? '\n\n' : ' '}${line}`
  return `${sentence}\n\n${shown.join('\n')}\n`
}

const cut = (text: string, most: number, diff: Comparison['diff']) =>
  text.length > most && diff !== 'full' ? `${text.slice(0, most - 3)}...` : text

const plain = ({ actual, expected, operator, diff }: Comparison): string => {
  const [whole, other] = [show(actual), show(expected)]
  if (operator === 'notDeepEqual' && whole === other) return cut(`${sentences.notDeepEqual}\n\n${whole}`, 1_024, diff)
  const [left, right] = [cut(whole, mostText, diff), cut(other, mostText, diff)]
  if (operator === 'deepEqual') return `${sentences.deepEqual}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`
  if (operator === 'notDeepEqual')
    return `${sentences.notDeepEqualUnequal}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`
  return `${left} ${operator} ${right}`
}

const withDifference = ['deepStrictEqual', 'strictEqual', 'partialDeepStrictEqual']
const withOneValue = ['notDeepStrictEqual', 'notStrictEqual']

export const describeComparison = (comparison: Comparison): string => {
  if (withDifference.includes(comparison.operator)) return difference(comparison)
  if (comparison.message !== undefined) return comparison.message
  return withOneValue.includes(comparison.operator) ? unequal(comparison) : plain(comparison)
}

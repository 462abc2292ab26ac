import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { transitionNames } from '../../../server/src/flow/transition.ts'

const drawing = readFileSync(new URL('../../../server/src/flow/flow.mermaid', import.meta.url), 'utf8')

const drawnArrows = [...drawing.matchAll(/^ {2}(\w+) --> \w+: ([\w-]+)$/gm)].map(
  ([, state = '', input]) => `${state.replaceAll('_', '-')} ${input}`,
)

test('the drawing shows every cell of the table, and nothing else', () => {
  expect([...new Set(drawnArrows)].sort()).toEqual(transitionNames().sort())
})

/** The page on performance is generated: nobody writes a better figure into it. */
import { describe, expect, test } from 'vitest'
import { renderPerformance } from '../../bench/pages/performance-page.ts'
import { read } from './source-tree.ts'

describe('the page on performance', () => {
  test.each(Object.entries(renderPerformance()))('docs/%s says what was measured last', (name, content) => {
    expect(read(`docs/${name}`)).toBe(content)
  })
})

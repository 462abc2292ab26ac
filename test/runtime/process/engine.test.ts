import { describe, expect, test } from 'vitest'
import { buildChildProgram } from '../../../runtime/src/process/child-program.ts'
import { hashEngine } from '../../../runtime/src/process/engine.ts'

describe('the engine', async () => {
  const program = await buildChildProgram()
  const engine = await hashEngine(program, 'prelude')

  test('is the same for the same parts', async () => {
    expect(await hashEngine({ ...program }, 'prelude')).toBe(engine)
  })

  test.each([
    ['guest', () => hashEngine(program, 'another prelude')],
    ['program', () => hashEngine({ ...program, code: `${program.code};` }, 'prelude')],
    ['isolated-vm', () => hashEngine({ ...program, binary: import.meta.filename }, 'prelude')],
  ])('is another with another %s', async (_, hash) => {
    expect(await hash()).not.toBe(engine)
  })

  test('is another with another V8', async () => {
    const { versions } = process
    try {
      Object.defineProperty(process, 'versions', { value: { ...versions, v8: '1.2.3' }, configurable: true })
      expect(await hashEngine(program, 'prelude')).not.toBe(engine)
    } finally {
      Object.defineProperty(process, 'versions', { value: versions, configurable: true })
    }
  })
})

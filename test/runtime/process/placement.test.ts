/** Which of its processes a tenant's run goes to. */
import { expect, test } from 'vitest'
import { burdenOf } from '../../../runtime/src/process/placement.ts'

const idle = { size: 0, isBusy: false, isSettling: false }

test('one that rests comes before one that makes a world, that before one with runs, and a taken thread is last', () => {
  const inOrder = [
    idle,
    { ...idle, isSettling: true },
    { ...idle, size: 1 },
    { ...idle, size: 1, isSettling: true },
    { ...idle, size: 63, isSettling: true },
    { ...idle, size: 1, isBusy: true },
  ]
  const burdens = inOrder.map(burdenOf)
  expect(burdens).toEqual(burdens.toSorted((one, other) => one - other))
  expect(new Set(burdens).size).toBe(inOrder.length)
})

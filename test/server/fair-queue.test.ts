import { expect, test } from 'vitest'
import { createFairQueue } from '../../server/src/fair-queue.ts'

/** Work that ends when it is told to, and notes when it began. */
const openWorks = () => {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () => {
    begun.push(name)
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const end = async (name: string) => {
    ends.get(name)?.()
    await settle()
  }
  return { begun, work, end, settle }
}

test('a tenant with much to do delays others by one piece at most', async () => {
  const { begun, work, end, settle } = openWorks()
  const inTurn = createFairQueue(1)
  const busy = ['a1', 'a2', 'a3'].map((name) => inTurn('a', work(name)))
  const other = inTurn('b', work('b1'))
  await settle()
  expect(begun).toEqual(['a1'])
  await end('a1')
  expect(begun).toEqual(['a1', 'b1'])
  await end('b1')
  await end('a2')
  await end('a3')
  expect(begun).toEqual(['a1', 'b1', 'a2', 'a3'])
  expect(await Promise.all([...busy, other])).toEqual(['a1', 'a2', 'a3', 'b1'])
})

test('no more run at once than there are slots, and one tenant takes one', async () => {
  const { begun, work, end, settle } = openWorks()
  const inTurn = createFairQueue(2)
  const all = ['a', 'a', 'b', 'c'].map((tenant, index) => inTurn(tenant, work(`${tenant}${index}`)))
  await settle()
  expect(begun).toEqual(['a0', 'b2'])
  await end('b2')
  expect(begun).toEqual(['a0', 'b2', 'c3'])
  for (const name of ['a0', 'c3', 'a1']) await end(name)
  expect(await Promise.all(all)).toEqual(['a0', 'a1', 'b2', 'c3'])
})

test('work that fails makes room for the next', async () => {
  const inTurn = createFairQueue(1)
  const failing = inTurn('a', () => Promise.reject(new Error('broken')))
  const next = inTurn('a', async () => 'done')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('done')
})

import { beforeEach, expect, test } from 'vitest'
import { WaitingList } from '../../../runtime/src/process/waiting-list.ts'

interface Work {
  tenant: string
  n: number
}

let list: WaitingList<Work>
beforeEach(() => {
  list = new WaitingList()
})

const add = (tenant: string, count: number) => {
  const works = Array.from({ length: count }, (_, n) => ({ tenant, n }))
  for (const work of works) list.add(work)
  return works
}

/** What is started, in order, when there are `places` for whoever comes. */
const serve = (places: number, forTenant = (_: string) => true) => {
  const started: string[] = []
  list.serve(
    ({ tenant }) => (started.length < places && forTenant(tenant) ? 'a place' : undefined),
    ({ tenant, n }) => started.push(`${tenant}${n}`),
  )
  return started
}

test('tenants take turns, whoever came first with however much', () => {
  add('flood', 100)
  add('b', 2)
  add('c', 1)
  expect(serve(6)).toEqual(['flood0', 'b0', 'c0', 'flood1', 'b1', 'flood2'])
})

test('whose turn it was comes last next time', () => {
  add('flood', 100)
  add('b', 2)
  expect(serve(1)).toEqual(['flood0'])
  expect(serve(1)).toEqual(['b0'])
  expect(serve(1)).toEqual(['flood1'])
})

test('a tenant without a place keeps nobody else waiting', () => {
  add('full', 10)
  add('b', 3)
  expect(serve(9, (tenant) => tenant !== 'full')).toEqual(['b0', 'b1', 'b2'])
})

test('what was started, deleted or taken away does not come again', () => {
  const [first] = add('a', 3)
  add('b', 2)
  if (first) list.delete(first)
  expect(list.takeAll('b')).toHaveLength(2)
  expect(serve(9)).toEqual(['a1', 'a2'])
  expect(list.takeAll()).toEqual([])
  expect(serve(9)).toEqual([])
})

import { expect, test } from 'vitest'
import { inTime } from '../../../../server/src/http/management/search-query.ts'
import { SearchTooLong } from '../../../../server/src/search/too-long.ts'

test('a search that was given up says so, in the vendor’s words', async () => {
  const refusal = { statusCode: 503, message: expect.stringContaining('The query exceeded the timeout.') }
  await expect(inTime(Promise.reject(new SearchTooLong()))).rejects.toMatchObject(refusal)
})

test('what else goes wrong in a search stays what it is', async () => {
  const fault = new TypeError('no such column')
  await expect(inTime(Promise.reject(fault))).rejects.toBe(fault)
  expect(await inTime(Promise.resolve('found'))).toBe('found')
})

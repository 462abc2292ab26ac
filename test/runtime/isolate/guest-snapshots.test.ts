/** What one sandbox process makes of the guest serves the others. */
import { expect, test } from 'vitest'
import { buildGuest } from '../../../runtime/src/bundle/build-guest.ts'
import {
  createGuestSnapshots,
  type GuestSnapshots,
  packGuest,
  unpackGuest,
} from '../../../runtime/src/isolate/guest-snapshots.ts'

const prelude = await buildGuest()
const made = createGuestSnapshots(prelude)
const packed = packGuest(made)
const bytesOf = ({ speaking, silent }: GuestSnapshots) => [speaking, silent].map((one) => Buffer.from(one.copy()))

test('is the same after it was packed', () => {
  const unpacked = unpackGuest(prelude, packed) as GuestSnapshots
  expect(bytesOf(unpacked)).toEqual(bytesOf(made))
})

test('is not used when another V8 has made it', () => {
  expect(unpackGuest(prelude, { ...packed, v8: '1.2.3' })).toBeUndefined()
})

import { describe, test } from 'node:test'
import { type ActionRun, buildEvent, expectRun, openAction } from '@interlock/runtime/testing'

const office = '203.0.113.0/24, 198.51.100.7\n2001:db8:42::/48'

const resetFrom = async (ip: string, list: string): Promise<ActionRun> => {
  const action = await openAction(new URL('action.js', import.meta.url), { secrets: { ALLOWED_CIDRS: list } })
  return action.execute({ event: buildEvent({ request: { ip } }) })
}

describe('goes on', () => {
  const allowed = [
    ['an IPv4 address within a range', '203.0.113.255', office],
    ['a single address, which is a range of one', '198.51.100.7', office],
    ['an IPv6 address within a range', '2001:db8:42:ffff::1', office],
    ['an IPv4 address in its IPv6 form', '::ffff:203.0.113.9', office],
    ['any address of a family whose range has the length 0', '8.8.8.8', '0.0.0.0/0'],
  ] as const
  for (const [name, ip, list] of allowed) {
    test(name, async () => expectRun(await resetFrom(ip, list)).toProceed())
  }
})

describe('is refused', () => {
  const refused = [
    ['an IPv4 address next to a range', '203.0.114.0', office],
    ['the address after a single one', '198.51.100.8', office],
    ['an IPv6 address next to a range', '2001:db8:43::', office],
    ['an address of the other family', '2001:db8::1', '0.0.0.0/0'],
    ['an address that cannot be read', 'unknown', '0.0.0.0/0 ::/0'],
    ['an octal-looking address', '203.0.113.010', office],
  ] as const
  for (const [name, ip, list] of refused) {
    test(name, async () =>
      expectRun(await resetFrom(ip, list)).toDeny('Passwords can be reset from our own network only.'),
    )
  }
})

describe('stops the reset', () => {
  const unreadable = (entry: number) => `Entry ${entry} of the secret ALLOWED_CIDRS is not an address or a CIDR range.`
  const mistyped = [
    ['a list with a wrong length', '203.0.113.0/33', unreadable(1)],
    ['a list with a mistyped entry', `${office}, 10.0.0/8`, unreadable(4)],
    ['an empty list', ' ', 'The secret ALLOWED_CIDRS is empty.'],
  ] as const
  for (const [name, list, message] of mistyped) {
    test(name, async () => expectRun(await resetFrom('203.0.113.9', list)).toFailWith(message))
  }
})

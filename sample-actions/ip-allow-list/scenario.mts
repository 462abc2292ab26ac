import type { Expected, Scenario } from '../scenario.mts'

const proceed: Expected = { type: 'proceed' }
const deny: Expected = { type: 'deny', reason: 'Passwords can be reset from our own network only.' }

const from = (ip: string, list: string, expect: Expected): Omit<Scenario, 'name'> => ({
  event: { request: { ip } },
  secrets: { ALLOWED_CIDRS: list },
  steps: [{ handler: 'onExecutePostChallenge', expect }],
})

const office = '203.0.113.0/24, 198.51.100.7\n2001:db8:42::/48'
const unreadable = (entry: number): Expected => ({
  type: 'fail',
  ending: 'threw',
  message: `Entry ${entry} of the secret ALLOWED_CIDRS is not an address or a CIDR range.`,
})

export const scenarios: readonly Scenario[] = [
  { name: 'an IPv4 address within a range goes on', ...from('203.0.113.255', office, proceed) },
  { name: 'an IPv4 address next to a range is refused', ...from('203.0.114.0', office, deny) },
  { name: 'a single address is a range of one', ...from('198.51.100.7', office, proceed) },
  { name: 'the address after a single one is refused', ...from('198.51.100.8', office, deny) },
  { name: 'an IPv6 address within a range goes on', ...from('2001:db8:42:ffff::1', office, proceed) },
  { name: 'an IPv6 address next to a range is refused', ...from('2001:db8:43::', office, deny) },
  { name: 'an IPv4 address in its IPv6 form is the same address', ...from('::ffff:203.0.113.9', office, proceed) },
  { name: 'a range of length 0 holds every address of its family', ...from('8.8.8.8', '0.0.0.0/0', proceed) },
  { name: 'a range of length 0 holds no address of the other family', ...from('2001:db8::1', '0.0.0.0/0', deny) },
  { name: 'an address that cannot be read is refused', ...from('unknown', '0.0.0.0/0 ::/0', deny) },
  { name: 'an octal-looking address is refused', ...from('203.0.113.010', office, deny) },
  { name: 'a list with a wrong length stops the reset', ...from('203.0.113.9', '203.0.113.0/33', unreadable(1)) },
  {
    name: 'a list with a mistyped entry stops the reset',
    ...from('203.0.113.9', `${office}, 10.0.0/8`, unreadable(4)),
  },
  {
    name: 'an empty list stops the reset',
    ...from('203.0.113.9', ' ', { type: 'fail', ending: 'threw', message: 'The secret ALLOWED_CIDRS is empty.' }),
  },
]

import { expect, test } from 'vitest'
import { clientNetwork } from '../../../server/src/rate-limits/client-network.ts'

test.each([
  ['an IPv4 address is itself', '203.0.113.7', '203.0.113.7'],
  ['so is one in IPv6’s words', '::ffff:203.0.113.7', '203.0.113.7'],
  ['all of one IPv6 network are one', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2:0:0:0:0/64'],
  ['however it is written', '2001:0db8:0001:0002::1', '2001:db8:1:2:0:0:0:0/64'],
  ['the next network is another', '2001:db8:1:3::1', '2001:db8:1:3:0:0:0:0/64'],
  ['what is no address is counted as it is', 'unknown', 'unknown'],
])('%s', (_, ip, network) => expect(clientNetwork(ip)).toBe(network))

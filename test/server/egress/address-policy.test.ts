import { describe, expect, test } from 'vitest'
import { mayReach, parseCidr } from '../../../server/src/egress/address-policy.ts'

test.each(['93.184.216.34', '8.8.8.8', '2606:4700:4700::1111', '2a00:1450:4001::1'])('%s may be reached', (address) => {
  expect(mayReach(address, [])).toBe(true)
})

test.each([
  ['0.0.0.0', 'unspecified'],
  ['10.0.0.1', 'private'],
  ['100.64.0.1', 'carrier-grade NAT'],
  ['127.0.0.1', 'loopback'],
  ['127.9.9.9', 'loopback'],
  ['169.254.169.254', 'link-local: cloud metadata'],
  ['172.16.0.1', 'private'],
  ['192.0.0.192', 'reserved: metadata of another cloud'],
  ['192.0.2.1', 'documentation'],
  ['192.168.1.1', 'private'],
  ['198.18.0.1', 'benchmarks'],
  ['224.0.0.1', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'broadcast'],
  ['168.63.129.16', 'Azure'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::7f00:1', 'IPv4-compatible loopback'],
  ['::ffff:127.0.0.1', 'mapped loopback'],
  ['::ffff:8.8.8.8', 'mapped, though what it maps is public'],
  ['64:ff9b::7f00:1', 'NAT64'],
  ['64:ff9b:1::1', 'local NAT64'],
  ['2002:7f00:1::', '6to4'],
  ['2001:0:53aa:64c:0:0:80ff:fffe', 'Teredo'],
  ['2001:db8::1', 'documentation'],
  ['fc00::1', 'unique local'],
  ['fd00:ec2::254', 'unique local: cloud metadata'],
  ['fe80::1', 'link-local'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
  ['', 'nothing'],
  ['localhost', 'a name'],
])('%s may not be reached: %s', (address) => {
  expect(mayReach(address, [])).toBe(false)
})

describe('a range the operator has opened', () => {
  const opened = [parseCidr('10.1.0.0/16'), parseCidr('fd00::/8')]

  test.each(['10.1.0.1', '10.1.255.255', 'fd12::1'])('holds %s', (address) => {
    expect(mayReach(address, opened)).toBe(true)
  })

  test.each(['10.2.0.1', '127.0.0.1', '::ffff:10.1.0.1', 'fc00::1'])('does not hold %s', (address) => {
    expect(mayReach(address, opened)).toBe(false)
  })

  test.each(['10.1.0.0', '10.1.0.0/33', 'private', '10.1/16x'])('is not %s', (text) => {
    expect(() => parseCidr(text)).toThrow(`${text} is no address range such as 10.1.0.0/16`)
  })
})

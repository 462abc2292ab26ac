/** Addresses that actions must not reach, in the spellings that have led there elsewhere. */

export interface Reach {
  title: string
  /** Where `port` is listened on by what lies inside. */
  url(port: number): string
  /** The code of the reason. */
  word: 'ERR_EGRESS_ADDRESS' | 'ERR_EGRESS_SCHEME'
}

const host = (name: string, title: string): Reach => ({
  title,
  url: (port) => `http://${name}:${port}/`,
  word: 'ERR_EGRESS_ADDRESS',
})
const address = (url: string, title: string): Reach => ({ title, url: () => url, word: 'ERR_EGRESS_ADDRESS' })
const scheme = (url: string, title: string): Reach => ({ title, url: () => url, word: 'ERR_EGRESS_SCHEME' })

export const reaches: Reach[] = [
  host('127.0.0.2', 'loopback'),
  host('127.2', 'loopback in two parts'),
  host('2130706434', 'loopback as one number'),
  host('0x7f000002', 'loopback in hexadecimal'),
  host('0177.0.0.2', 'loopback in octal'),
  host('0', 'the unspecified address'),
  host('[::]', 'the unspecified address of IPv6'),
  host('[::1]', 'loopback of IPv6'),
  host('[::ffff:127.0.0.1]', 'loopback mapped into IPv6'),
  host('[::7f00:1]', 'loopback as IPv6 once carried it'),
  host('[64:ff9b::7f00:1]', 'loopback behind NAT64'),
  host('[2002:7f00:1::]', 'loopback behind 6to4'),
  host('localhost', 'its name'),
  host('localhost.', 'its name with a dot'),
  host('127.0.0.1', "the server's own port at an opened address"),
  host('evil.test', "the server's own port by a name of the attacker's"),
  host('a@127.0.0.2', 'loopback behind a user name'),
  host('127。0。0。2', 'loopback with dots of another script'),
  address('http://169.254.169.254/latest/meta-data/', 'cloud metadata'),
  address('http://[fd00:ec2::254]/', 'cloud metadata over IPv6'),
  address('http://168.63.129.16/', 'cloud metadata at an address that looks public'),
  address('http://10.0.0.1/', 'a private network'),
  address('http://[fe80::1]/', 'the neighbours on the wire'),
  scheme('file:///etc/passwd', 'a file'),
  scheme('data:text/plain,x', 'data'),
  scheme('ftp://127.0.0.1/', 'another protocol'),
  scheme('blob:x', 'a blob'),
  scheme('unix:/run/docker.sock', 'a socket of the system'),
]

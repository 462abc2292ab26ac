/**
 * Lets a password reset go on only from the networks in the secret `ALLOWED_CIDRS`: IPv4 and IPv6 addresses or CIDR
 * ranges, separated by commas or white space.
 *
 * An address that cannot be read is refused. A list that cannot be read stops the reset with an error in the log: one
 * mistyped entry must not quietly open or close the door.
 */

/** @typedef {{ bits: 32 | 128, value: bigint }} Address */

/** @param {string} text @returns {Address | undefined} */
const parseIpv4 = (text) => {
  const parts = text.split('.')
  // Leading zeros are refused: some systems read them as octal.
  const isDecimal = parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  if (parts.length !== 4 || !isDecimal) return undefined
  return { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) }
}

/** Writes the last 32 bits of an IPv6 address as two groups where they are given as IPv4. @param {string} text */
const withoutIpv4Tail = (text) => {
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const embedded = parseIpv4(tail)
  if (!embedded) return text
  const groups = `${(embedded.value >> 16n).toString(16)}:${(embedded.value & 0xffffn).toString(16)}`
  return text.slice(0, -tail.length) + groups
}

/** @param {string} text @returns {Address | undefined} */
const parseIpv6 = (text) => {
  const halves = withoutIpv4Tail(text)
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':')))
  const [head = [], tail = []] = halves
  const omitted = 8 - head.length - tail.length
  if (halves.length > 2 || (halves.length === 2 ? omitted < 1 : omitted !== 0)) return undefined

  const groups = [...head, ...Array(omitted).fill('0'), ...tail]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  const value = groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n)
  // An IPv4 client of a dual-stack socket appears as ::ffff:a.b.c.d.
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value }
}

/** @param {string} text */
const parseAddress = (text) => (text.includes(':') ? parseIpv6(text) : parseIpv4(text))

/** @param {string} text */
const parseRange = (text) => {
  const [addressText = '', lengthText, ...rest] = text.split('/')
  const address = parseAddress(addressText)
  if (!address || rest.length > 0) return undefined
  if (lengthText === undefined) return { address, length: address.bits }
  const isLength = /^\d{1,3}$/.test(lengthText) && Number(lengthText) <= address.bits
  return isLength ? { address, length: Number(lengthText) } : undefined
}

/** @param {string | undefined} text */
const parseRanges = (text) => {
  const entries = (text ?? '').split(/[\s,]+/).filter((entry) => entry !== '')
  if (entries.length === 0) throw new Error('The secret ALLOWED_CIDRS is empty.')
  return entries.map((entry, index) => {
    const range = parseRange(entry)
    // The position, not the text: a secret does not belong in a log.
    if (!range) throw new Error(`Entry ${index + 1} of the secret ALLOWED_CIDRS is not an address or a CIDR range.`)
    return range
  })
}

/** @param {Address} address @param {{ address: Address, length: number }} range */
const isWithin = (address, range) => {
  const shift = BigInt(range.address.bits - range.length)
  return address.bits === range.address.bits && address.value >> shift === range.address.value >> shift
}

/** @type {PasswordResetPostChallengeAction} */
exports.onExecutePostChallenge = async (event, api) => {
  const ranges = parseRanges(event.secrets.ALLOWED_CIDRS)
  const address = parseAddress(event.request.ip)
  if (address && ranges.some((range) => isWithin(address, range))) return
  api.access.deny('Passwords can be reset from our own network only.')
}

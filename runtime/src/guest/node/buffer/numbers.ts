/** Numbers in bytes: the methods `readInt16LE`, `writeDoubleBE` and their kin, made from what they differ in. */
import { invalidArgumentType, nodeError, outOfRange, requireNumber } from '../../node-error.ts'

type Bytes = Uint8Array
type Methods = Record<string, (this: Bytes, ...args: never[]) => unknown>

interface Shape {
  bytes: number
  littleEndian: boolean
  signed: boolean
}

export const outOfBounds = (name?: string): Error => {
  const message =
    name === undefined ? 'Attempt to access memory outside buffer bounds' : `"${name}" is outside of buffer bounds`
  return nodeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', message)
}

/** Why there is no number of `length` bytes at `offset`. */
const offsetError = (offset: number, most: number): Error => {
  if (Math.floor(offset) !== offset) return outOfRange('offset', 'an integer', offset)
  return most < 0 ? outOfBounds() : outOfRange('offset', `>= 0 and <= ${most}`, offset)
}

const requireRoom = (buffer: Bytes, offset: number, bytes: number): void => {
  requireNumber(offset, 'offset')
  if (buffer[offset] === undefined || buffer[offset + bytes - 1] === undefined)
    throw offsetError(offset, buffer.length - bytes)
}

const requireByteLength = (bytes: unknown): void => {
  if (bytes === undefined) throw invalidArgumentType('byteLength', 'number', bytes)
  if (Math.floor(bytes as number) !== bytes) {
    requireNumber(bytes, 'byteLength')
    throw outOfRange('byteLength', 'an integer', bytes)
  }
  if (bytes < 1 || bytes > 6) throw outOfRange('byteLength', '>= 1 and <= 6', bytes)
}

const readInteger = (buffer: Bytes, offset: number, { bytes, littleEndian, signed }: Shape): number => {
  requireRoom(buffer, offset, bytes)
  let value = 0
  for (let index = 0; index < bytes; index++) {
    const at = littleEndian ? offset + bytes - 1 - index : offset + index
    value = value * 256 + (buffer[at] as number)
  }
  const limit = 2 ** (bytes * 8)
  return signed && value >= limit / 2 ? value - limit : value
}

/** Node's words for the values that fit. */
const rangeOf = (bytes: number, least: number | bigint, most: number | bigint): string => {
  const n = typeof least === 'bigint' ? 'n' : ''
  if (bytes <= 4) return `>= ${least} and <= ${most}`
  if (Number(least) === 0) return `>= 0${n} and < 2${n} ** ${bytes * 8}${n}`
  return `>= -(2${n} ** ${bytes * 8 - 1}${n}) and < 2${n} ** ${bytes * 8 - 1}${n}`
}

interface Place {
  buffer: Bytes
  offset: number
}

const writeInteger = ({ buffer, offset }: Place, given: unknown, { bytes, littleEndian, signed }: Shape): number => {
  const value = +(given as number)
  const limit = 2 ** (bytes * 8)
  const least = signed ? -limit / 2 : 0
  const most = signed ? limit / 2 - 1 : limit - 1
  if (bytes === 1) requireNumber(offset, 'offset')
  if (value > most || value < least) throw outOfRange('value', rangeOf(bytes, least, most), value)
  requireRoom(buffer, offset, bytes)
  let rest = Math.trunc(value)
  if (rest < 0) rest += limit
  for (let index = 0; index < bytes; index++) {
    buffer[littleEndian ? offset + index : offset + bytes - 1 - index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return offset + bytes
}

const named = <F extends object>(name: string, method: F): F => Object.defineProperty(method, 'name', { value: name })

const orders = [
  { suffix: 'LE', littleEndian: true },
  { suffix: 'BE', littleEndian: false },
]
const signs = [
  { prefix: 'Int', signed: true },
  { prefix: 'UInt', signed: false },
]

const integers = (): Methods => {
  const methods: Methods = {}
  for (const { prefix, signed } of signs) {
    for (const { suffix, littleEndian } of orders) {
      for (const bytes of [1, 2, 4]) {
        const shape = { bytes, littleEndian, signed }
        const name = `${prefix}${bytes * 8}${bytes === 1 ? '' : suffix}`
        // Without a name, as Node's.
        methods[`read${name}`] = (() =>
          function (this: Bytes, offset: number | undefined) {
            return readInteger(this, offset === undefined ? 0 : offset, shape)
          })()
        methods[`write${name}`] = named(`write${name}`, function (this: Bytes, value: unknown, offset = 0) {
          return writeInteger({ buffer: this, offset }, value, shape)
        })
      }
      const name = `${prefix}${suffix}`
      methods[`read${name}`] = named(`read${name}`, function (this: Bytes, offset: number, bytes: number) {
        if (offset === undefined) throw invalidArgumentType('offset', 'number', offset)
        requireByteLength(bytes)
        return readInteger(this, offset, { bytes, littleEndian, signed })
      })
      methods[`write${name}`] = named(
        `write${name}`,
        // biome-ignore lint/complexity/useMaxParams: three, as Node's
        function (this: Bytes, value: unknown, offset: number, bytes: number) {
          requireByteLength(bytes)
          return writeInteger({ buffer: this, offset }, value, { bytes, littleEndian, signed })
        },
      )
    }
  }
  return methods
}

const viewOf = (buffer: Bytes, offset: number, bytes: number): DataView => {
  requireRoom(buffer, offset, bytes)
  return new DataView(buffer.buffer, buffer.byteOffset + offset, bytes)
}

const bigIntegers = (): Methods => {
  const methods: Methods = {}
  for (const { prefix, signed } of signs) {
    const least = signed ? -(2n ** 63n) : 0n
    const most = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n
    for (const { suffix, littleEndian } of orders) {
      const name = `Big${prefix}64${suffix}`
      methods[`read${name}`] = named(`read${name}`, function (this: Bytes, offset = 0) {
        const view = viewOf(this, offset, 8)
        return signed ? view.getBigInt64(0, littleEndian) : view.getBigUint64(0, littleEndian)
      })
      methods[`write${name}`] = named(`write${name}`, function (this: Bytes, value: bigint, offset = 0) {
        if (value > most || value < least) throw outOfRange('value', rangeOf(8, least, most), value)
        viewOf(this, offset, 8).setBigUint64(0, value, littleEndian)
        return offset + 8
      })
    }
  }
  return methods
}

const floats = (): Methods => {
  const methods: Methods = {}
  for (const { suffix, littleEndian } of orders) {
    for (const [kind, bytes] of [
      ['Float', 4],
      ['Double', 8],
    ] as const) {
      // Node names them by the byte order of its machine.
      const name = `${kind}${littleEndian ? 'Forwards' : 'Backwards'}`
      methods[`read${kind}${suffix}`] = named(`read${name}`, function (this: Bytes, offset = 0) {
        const view = viewOf(this, offset, bytes)
        return bytes === 4 ? view.getFloat32(0, littleEndian) : view.getFloat64(0, littleEndian)
      })
      methods[`write${kind}${suffix}`] = named(`write${name}`, function (this: Bytes, value: number, offset = 0) {
        const number = +value
        const view = viewOf(this, offset, bytes)
        if (bytes === 4) view.setFloat32(0, number, littleEndian)
        else view.setFloat64(0, number, littleEndian)
        return offset + bytes
      })
    }
  }
  return methods
}

/** Those with `UInt` in the name go by `Uint` too. */
export const createNumberMethods = (): Methods => {
  const methods = { ...bigIntegers(), ...integers(), ...floats() }
  for (const [name, method] of Object.entries(methods)) {
    if (name.includes('UInt')) methods[name.replace('UInt', 'Uint')] = method
  }
  return methods
}

/** Reads the factors authors pass in: only what the contract knows of them is kept. */
import type { FactorSelector, FactorType } from '../bridge/command.ts'
import { type Argument, readOptions, wrongArgument } from './argument.ts'
import { add, bare, createList, isArray } from './primordials.ts'
import { quota } from './quota.ts'

/** The contract's names of factors, and the aliases in use among authors. */
const types: Record<string, FactorType> = bare({
  otp: 'otp',
  email: 'email',
  phone: 'phone',
  'push-notification': 'push-notification',
  'webauthn-roaming': 'webauthn-roaming',
  'webauthn-platform': 'webauthn-platform',
  'recovery-code': 'recovery-code',
  push: 'push-notification',
  sms: 'phone',
})

const readPreferredMethod = (argument: Argument, value: unknown) => {
  if (value === undefined || value === 'sms' || value === 'voice' || value === 'both') return value
  throw wrongArgument(argument, 'has an unknown options.preferredMethod: use "sms", "voice" or "both"')
}

const readOtpFallback = (argument: Argument, value: unknown) => {
  if (value === undefined || typeof value === 'boolean') return value
  throw wrongArgument(argument, 'has an options.otpFallback that is not a boolean')
}

const select = (type: FactorType, options?: FactorSelector['options']): FactorSelector =>
  bare(options === undefined ? { type } : { type, options: bare(options) })

export const readFactor = (argument: Argument, value: unknown): FactorSelector => {
  if (value === null || typeof value !== 'object')
    throw wrongArgument(argument, 'must be a factor such as { type: "otp" }')
  const { type: given, options } = value as { type?: unknown; options?: unknown }
  const type = typeof given === 'string' ? types[given] : undefined
  if (type === undefined)
    throw wrongArgument(argument, `has ${typeof given === 'string' ? `the unknown type "${given}"` : 'no type'}`)
  if (given === 'sms') return select(type, { preferredMethod: 'sms' })
  const bag = readOptions({ method: argument.method, name: `${argument.name}.options` }, options)
  if (type === 'phone') {
    const preferredMethod = readPreferredMethod(argument, bag.preferredMethod)
    return select(type, preferredMethod && { preferredMethod })
  }
  if (type === 'push-notification') {
    const otpFallback = readOtpFallback(argument, bag.otpFallback)
    return select(type, otpFallback === undefined ? undefined : { otpFallback })
  }
  return select(type)
}

export const readFactors = (argument: Argument, value: unknown): FactorSelector[] => {
  if (!isArray(value)) throw wrongArgument(argument, 'must be an array of factors')
  const { length } = value
  if (length > quota.factors) throw wrongArgument(argument, `must have at most ${quota.factors} factors`)
  const factors = createList<FactorSelector>()
  for (let index = 0; index < length; index++)
    add(factors, readFactor({ method: argument.method, name: `${argument.name}[${index}]` }, value[index]))
  return factors as FactorSelector[]
}

/**
 * Answers with what one of Node's own functions comes to. Each is a row of a table and bounds what a call of it may cost;
 * what Node throws goes back as it is, with its code.
 */
import type { Refusal } from '../bridge/call.ts'
import type { NativeValue } from '../bridge/native-value.ts'
import { certificates } from './native/certificates.ts'
import { ciphers } from './native/ciphers.ts'
import { compression } from './native/compression.ts'
import { derivations } from './native/derivations.ts'
import { drawnExchanges, exchanges } from './native/exchanges.ts'
import { hashes } from './native/hashes.ts'
import { drawnKeyPairs, primes } from './native/key-pairs.ts'
import { drawnKeys, keys } from './native/keys.ts'
import type { Operations } from './native/operation.ts'
import { random } from './native/random.ts'
import { drawnSignatures, signatures } from './native/signatures.ts'
import { readValue, writeValue } from './native/values.ts'

/** Their answer depends on nothing but their arguments. */
const computed: Operations = {
  ...certificates,
  ...ciphers,
  ...compression,
  ...derivations,
  ...exchanges,
  ...hashes,
  ...keys,
  ...primes,
  ...signatures,
}

/** Their answer has random numbers in it. */
const drawn: Operations = { ...drawnExchanges, ...drawnKeyPairs, ...drawnKeys, ...drawnSignatures, ...random }

export const operations = { 'native.compute': computed, 'native.draw': drawn } as const

export type NativeAnswer = { ok: true; value: NativeValue } | Refusal

export const answerNative = (call: keyof typeof operations, name: unknown, args: unknown): NativeAnswer => {
  try {
    const table = operations[call]
    const operation = Object.hasOwn(table, String(name)) ? table[String(name)] : undefined
    if (!operation || !Array.isArray(args)) throw new TypeError('There is no such operation.')
    return { ok: true, value: writeValue(operation(args.map((arg) => readValue(arg)))) }
  } catch (thrown) {
    return toRefusal(thrown)
  }
}

const classes = ['TypeError', 'RangeError', 'SyntaxError'] as const

/** What Node and OpenSSL say beside the message; never a stack. */
const detailNames = ['library', 'reason', 'function', 'opensslErrorStack', 'errno'] as const

const toRefusal = (thrown: unknown): Refusal => {
  if (!(thrown instanceof Error)) return { ok: false, error: 'Error', message: 'The call could not be answered.' }
  const { name, message } = thrown
  const given = thrown as Error & Record<string, unknown>
  const details = Object.fromEntries(detailNames.flatMap((key) => (key in given ? [[key, given[key]]] : [])))
  return {
    ok: false,
    error: classes.find((one) => one === name || thrown.name === one) ?? 'Error',
    message,
    ...(thrown instanceof DOMException && { exception: name }),
    ...(typeof given.code === 'string' && { code: given.code }),
    ...(Object.keys(details).length > 0 && { details: details as Refusal['details'] & object }),
  }
}

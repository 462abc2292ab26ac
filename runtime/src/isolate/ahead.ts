/** What was made of a module ahead of its runs, as text that is kept and sent: base64 of zstd. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import ivm from 'isolated-vm'
import type { Module } from './run.ts'

export const pack = (bytes: ArrayBuffer): string => zstdCompressSync(new Uint8Array(bytes)).toString('base64')

export const unpackBytes = (packed: string): ivm.ExternalCopy<ArrayBuffer> => {
  const bytes = zstdDecompressSync(Buffer.from(packed, 'base64'), { maxOutputLength: largestBytes })
  return new ivm.ExternalCopy(new Uint8Array(bytes).buffer)
}

const unpacked = new WeakMap<Module, ivm.ExternalCopy<ArrayBuffer>>()

/** In the form isolated-vm takes; unpacked once per module and process. `undefined` where there is none of this kind. */
export const unpack = (module: Module, kind: 'snapshot' | 'code-cache'): ivm.ExternalCopy<ArrayBuffer> | undefined => {
  if (module.ahead?.kind !== kind) return undefined
  const known = unpacked.get(module)
  if (known) return known
  const copy = unpackBytes(module.ahead.packed)
  unpacked.set(module, copy)
  return copy
}

/** Several times what 8 MB of code, the most a version may have, come to. */
const largestBytes = 67_108_864

/**
 * What server and sandbox process say to each other. The process obeys the server; the server checks every word of the
 * process and takes nothing from it but the answer to a question it has asked. Ids are random and known to one run only.
 */
import { z } from 'zod'
import { boundedList } from '../bridge/bounded-list.ts'
import { commands } from '../bridge/command.ts'
import { type EgressAnswer, egressRequest } from '../bridge/egress.ts'
import { consoleLines, endings, guestError, liveLines } from '../bridge/outcome.ts'
import type { Compiled, Frozen } from '../isolate/freeze.ts'
import type { PackedGuest } from '../isolate/guest-snapshots.ts'
import type { Inspection, Module, Run, RunEnd } from '../isolate/run.ts'
import type { RunLimits } from '../limits.ts'

export type ToChild =
  /** First of all: the guest's own code, and what an earlier process has made of it. Answered by `ready`. */
  | { type: 'open'; prelude: string; packed?: PackedGuest }
  /** Before the first use of a module in this process. */
  | { type: 'load'; module: Module }
  /** Answered by `ended`. */
  | { type: 'run'; id: string; hash: string; run: Run }
  /** Ends a run with `canceled`. */
  | { type: 'cancel'; id: string }
  /** The answer to an `egress` of a run that still waits for it. */
  | { type: 'egress-answer'; id: string; requestId: number; answer: EgressAnswer }
  /** Answered by `inspected`. */
  | { type: 'inspect'; id: string; hash: string; limits: RunLimits }
  /** Answered by `compiled`. Only in a process that is ended afterwards, as `freeze`. */
  | { type: 'compile'; id: string; hash: string; limits: RunLimits }
  /** Answered by `frozen`, if V8 does not abort. */
  | { type: 'freeze'; id: string; hash: string; limits: RunLimits }
  /** Answered by `pong`, unless the thread is busy. */
  | { type: 'ping' }

/** The guest's two snapshots come to 0.6 MB each. */
const packedGuest: z.ZodType<PackedGuest> = z.strictObject({
  v8: z.string().max(64),
  speaking: z.string().max(1_048_576),
  silent: z.string().max(1_048_576),
})

export const fromChild = z.discriminatedUnion('type', [
  /** Once, before there is anybody's code in the process: what it has made may be handed to other tenants' processes. */
  z.strictObject({ type: z.literal('ready'), packed: packedGuest.exactOptional() }),
  z.strictObject({ type: z.literal('pong') }),
  /** Sent where several runs are open: from here on this one has the thread. */
  z.strictObject({ type: z.literal('entering'), id: z.string().max(64) }),
  /** Answered by `egress-answer`. */
  z.strictObject({ type: z.literal('egress'), id: z.string().max(64), request: egressRequest }),
  /** The run no longer waits for the answer. */
  z.strictObject({ type: z.literal('egress-abandoned'), id: z.string().max(64), requestId: z.int() }),
  /** Of a `live` run: lines of its console, from the `first` on. */
  z.strictObject({
    type: z.literal('printed'),
    id: z.string().max(64),
    first: z.int().nonnegative(),
    lines: liveLines,
  }),
  z.strictObject({ type: z.literal('ended'), id: z.string().max(64), end: z.unknown() }),
  z.strictObject({ type: z.literal('inspected'), id: z.string().max(64), inspected: z.unknown() }),
  z.strictObject({ type: z.literal('compiled'), id: z.string().max(64), compiled: z.unknown() }),
  z.strictObject({ type: z.literal('frozen'), id: z.string().max(64), frozen: z.unknown() }),
])
export type FromChild = z.infer<typeof fromChild>

export const runEnd: z.ZodType<RunEnd> = z.strictObject({
  ending: z.enum(endings),
  commands,
  handlerMissing: z.boolean(),
  warnings: boundedList(z.string().max(2_048), 128),
  error: guestError.exactOptional(),
  console: consoleLines,
  consoleTruncated: z.boolean(),
  wallMs: z.number().nonnegative(),
  cpuMs: z.number().nonnegative(),
  heapBytes: z.number().nonnegative(),
})

const handlerState = z.enum(['missing', 'async', 'not-async'])

const loadMs = z.number().nonnegative()
const rejection = z.string().max(2_048).exactOptional()

export const inspected: z.ZodType<Inspection> = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    handlers: z.strictObject({ onExecutePostChallenge: handlerState, onContinuePostChallenge: handlerState }),
    loadMs,
    rejection,
  }),
  z.strictObject({ ok: z.literal(false), error: guestError, loadMs, rejection }),
])

/** Base64 of at most 4.5 MB: a version of 1.5 MB comes to 1.1 MB. */
export const mostPackedLength = 6_291_456
const packed = z.string().max(mostPackedLength)
const reason = z.string().max(2_048)

export const compiled: z.ZodType<Compiled> = z.strictObject({ codeCache: packed, impure: reason.exactOptional() })

export const frozen: z.ZodType<Frozen> = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), snapshot: packed }),
  z.strictObject({ ok: z.literal(false), refused: reason }),
])

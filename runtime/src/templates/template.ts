/** What goes to the process that renders tenants' templates, and what comes back. Plain data on both sides. */
import { z } from 'zod'

export interface TemplatePart {
  /** Liquid. */
  source: string
  /** `html`: what the template does not mark with `raw` is shown as text. */
  escape: 'html' | 'none'
}

export interface RenderRequest {
  /** Rendered in this order, each by itself: what one assigns the next does not see. */
  parts: Readonly<Record<string, TemplatePart>>
  /** JSON; its top-level names are the template's variables. One that is missing is empty. */
  values: Readonly<Record<string, unknown>>
  /** The part of HTML that is wanted as plain text too. */
  plainTextOf?: string
}

/** From a process in which hostile templates have run: believed after this. */
export const renderResult = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), parts: z.record(z.string(), z.string()), plainText: z.string().optional() }),
  /** `message` is for the template's author; `part` says where. */
  z.strictObject({ ok: z.literal(false), part: z.string().optional(), message: z.string() }),
])
export type RenderResult = z.infer<typeof renderResult>

/** Bounds of one rendering. The first three are Liquid's own and say which one it was; the rest are of the process. */
export const templateLimits = {
  /** Characters of one part. */
  sourceLength: 131_072,
  /** Cells that filters and loops make. */
  cells: 2_000_000,
  renderMs: 1_500,
  /** Of everything rendered. */
  outputBytes: 524_288,
  heapMb: 64,
  /** With the start of the process. */
  cpuSeconds: 4,
  wallMs: 10_000,
} as const

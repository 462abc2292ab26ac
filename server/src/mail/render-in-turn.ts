/**
 * Renders of tenants' templates, each in a process of its own. They wait for one another: a tenant has one at a time, and
 * all together leave half of the cores to others. Where too many of a tenant wait, the next one is refused at once.
 */
import { availableParallelism } from 'node:os'
import type { RenderRequest, RenderResult } from '@interlock/runtime'
import { createFairQueue } from '../fair-queue.ts'

export type RenderInTurn = (tenant: string, request: RenderRequest) => Promise<RenderResult>

/** Calls `render` when it is the tenant's turn. */
export type RenderTurns = (tenant: string, render: () => Promise<RenderResult>) => Promise<RenderResult>

const mostWaiting = 100

export const createRenderTurns = (): RenderTurns => {
  const inTurn = createFairQueue(Math.max(1, Math.floor(availableParallelism() / 2)))
  const waiting = new Map<string, number>()
  const count = (tenant: string, change: 1 | -1): void => {
    const now = (waiting.get(tenant) ?? 0) + change
    if (now > 0) waiting.set(tenant, now)
    else waiting.delete(tenant)
  }
  return async (tenant, render) => {
    if ((waiting.get(tenant) ?? 0) >= mostWaiting) {
      return { ok: false, message: `${mostWaiting} others of this tenant wait to be rendered.` }
    }
    count(tenant, 1)
    try {
      return await inTurn(tenant, render)
    } finally {
      count(tenant, -1)
    }
  }
}

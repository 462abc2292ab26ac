/** Runs that wait until the test lets them go on: their one request over the network is held back. */
import type { Egress } from '@interlock/runtime'
import { runLimits } from '@interlock/runtime'
import { executing } from './runtime.ts'

/** It asks, waits for the answer, and is done. */
export const waitsAtGate = executing(`await fetch('https://gate.example/')`)

/** Nothing but the gate ends a run of `waitsAtGate`. */
export const patient = { wallMs: runLimits.wallMs.largest, egressMs: runLimits.egressMs.largest }

export interface Gate {
  egress: Egress
  /** The tenants whose runs stand before it, in the order of their coming. */
  waiting: string[]
  /** Lets the first one pass, or all of them. */
  openFor(whom: 'the-first' | 'all'): void
}

export const createGate = (): Gate => {
  const waiting: string[] = []
  const held: (() => void)[] = []
  const response = { status: 200, statusText: 'OK', redirected: false, headers: [], body: new Uint8Array() }
  return {
    waiting,
    egress: {
      send: ({ tenant, url }) => {
        waiting.push(tenant)
        return new Promise((resolve) => held.push(() => resolve({ ...response, url })))
      },
    },
    openFor: (whom) => {
      const count = whom === 'all' ? held.length : 1
      waiting.splice(0, count)
      for (const letGo of held.splice(0, count)) letGo()
    },
  }
}

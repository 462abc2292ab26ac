/** Work a transition asks for. Performing one gives the next input. */
import type { FactorSelector, Position } from '@interlock/runtime'

export type Effect = { type: 'run-leg'; position: Position } | { type: 'begin-challenge'; factor: FactorSelector }

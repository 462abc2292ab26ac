/** Author code that means harm: what it is, and the words its run may end with. */
import type { Ending } from '@interlock/runtime'
import { executing } from '../../support/runtime.ts'

export interface Attack {
  title: string
  source: string
  endings: Ending[]
}

/** `body` is the handler's. Several endings: which limit is met first depends on the machine. */
export const attack = (title: string, body: string, ...endings: Ending[]): Attack => ({
  title,
  source: executing(body),
  endings,
})

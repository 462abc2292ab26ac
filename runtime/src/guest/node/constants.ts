/** Node's old collection of numbers. Those of `crypto` are there where it is. */
import { sibling } from './siblings.ts'
import {
  dlopenConstants,
  errnoConstants,
  fileConstants,
  priorityConstants,
  signalConstants,
} from './system-constants.ts'

const crypto = sibling('crypto') as { constants?: object } | undefined

export const exported = {
  ...dlopenConstants,
  ...errnoConstants,
  ...priorityConstants,
  ...signalConstants,
  ...fileConstants,
  ...crypto?.constants,
}

import { surroundings } from '../surroundings.ts'
import { sibling } from './siblings.ts'

const { setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval } = surroundings.timers

export const exported = {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval,
  get promises() {
    return sibling('timers/promises')
  },
}

import { surroundings } from '../surroundings.ts'

export const exported = { ...surroundings.timers }

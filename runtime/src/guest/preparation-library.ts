import { evaluate } from 'library:preparation'
import type * as preparation from './preparation/index.ts'

export const loadPreparation = (): typeof preparation => evaluate()

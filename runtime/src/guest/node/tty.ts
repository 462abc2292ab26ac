import { shaped } from './shaped.ts'

export const exported = shaped('tty', 'there is no terminal', { isatty: () => false })

import { loadWeb } from '../web-library.ts'

export const exported = { ...loadWeb().load('streams').globals }

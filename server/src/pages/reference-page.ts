/** The reference of the JSON APIs as a page. It needs no script. */
import { renderTemplate } from './engine.ts'
import { languageOf } from './text/text.ts'

/** One field, or a word between the fields of alternatives. */
export interface ReferenceField {
  /** The whole way to it, such as `identities[].provider`. */
  name: string
  /** In words. */
  type: string
  /** Where what it holds is described. */
  link: string
  need: 'required' | 'always' | ''
  description: string
}

export interface ReferenceAnswer {
  status: string
  description: string
  type: string
  link: string
  fields: readonly ReferenceField[]
}

export interface ReferenceOperation {
  id: string
  method: string
  path: string
  summary: string
  description: string
  /** What opens it, in words. */
  access: string
  parameters: readonly ReferenceField[]
  body: readonly ReferenceField[]
  /** JSON, or nothing. */
  example: string
  answers: readonly ReferenceAnswer[]
}

export interface Reference {
  title: string
  description: string
  groups: readonly { name: string; operations: readonly ReferenceOperation[] }[]
  /** What several answers have in common. */
  records: readonly { id: string; name: string; fields: readonly ReferenceField[] }[]
}

export const renderReference = (reference: Reference): string =>
  renderTemplate('reference', { language: languageOf('en'), ...reference })

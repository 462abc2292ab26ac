/**
 * The form an action asked for: `fields` of `api.prompt.render` is an object with one entry per field, in the order shown.
 *
 * - `name: 'Label'` is a text field
 * - `name: { label?, type?, required?, value? }`, `type` one of `text` (default), `email`, `number`, `checkbox`
 * - anything else is a text field that shows its name: an author's slip must not lock the user out
 */
import { z } from 'zod'

export interface PromptField {
  name: string
  label: string
  type: 'text' | 'email' | 'number' | 'checkbox'
  required: 'yes' | 'no'
  value: string
}

const plain = { label: undefined, type: 'text', required: false, value: '' } as const

const described = z
  .object({
    label: z.string().optional().catch(plain.label),
    type: z.enum(['text', 'email', 'number', 'checkbox']).catch(plain.type),
    required: z.boolean().catch(plain.required),
    value: z.union([z.string(), z.number(), z.boolean()]).transform(String).catch(plain.value),
  })
  .catch(plain)

/** Our own form field has this name: an author's one would stand in its place. */
const reserved = '_csrf'

const toField = ([name, description]: [string, unknown]): PromptField => {
  const {
    label = name,
    type,
    required,
    value,
  } = described.parse(typeof description === 'string' ? { label: description } : (description ?? {}))
  return { name, label, type, required: required ? 'yes' : 'no', value }
}

export const promptFieldsOf = (fields: Record<string, unknown>): PromptField[] =>
  Object.entries(fields)
    .filter(([name]) => name !== reserved)
    .map(toField)

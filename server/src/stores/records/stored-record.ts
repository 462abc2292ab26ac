/**
 * Short-lived records as text, the same in both kinds of store. Each carries the version of its form and is checked when
 * it is read: what an older or newer server wrote, or somebody else, is refused and nothing is done with it.
 */
import { z } from 'zod'

export interface StoredRecord<Value> {
  encode(value: Value): string
  /** Throws when the text is no record of this name and version. */
  decode(text: string): Value
}

const envelope = z.strictObject({ version: z.number(), record: z.unknown() })

export const storedRecord = <Value>(
  name: string,
  { version, schema }: { version: number; schema: z.ZodType<Value> },
): StoredRecord<Value> => ({
  encode: (record) => JSON.stringify({ version, record }),
  decode(text) {
    const stored = envelope.safeParse(parseJson(text))
    if (!stored.success) throw new Error(`A stored ${name} is not a record.`)
    if (stored.data.version !== version) {
      throw new Error(`A stored ${name} has version ${stored.data.version}, where ${version} is understood.`)
    }
    const parsed = schema.safeParse(stored.data.record)
    if (!parsed.success) throw new Error(`A stored ${name} is not valid at ${faultyPaths(parsed.error)}.`)
    return parsed.data
  },
})

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Paths only: values may be secret. */
const faultyPaths = ({ issues }: z.ZodError): string => issues.map(({ path }) => `"${path.join('.')}"`).join(', ')

/** Taken as it is: what Zod copies loses a key called `__proto__`. */
export const jsonObject = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)

/** Unix milliseconds. */
export const time = z.int().nonnegative()

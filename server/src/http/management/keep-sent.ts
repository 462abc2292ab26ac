import { requireStorable } from './metadata.ts'

/** What is kept after this body of the fields with these names: one that it does not send stays, `null` takes one away. */
export const keepSent = <Name extends string>(
  stored: Readonly<Record<string, unknown>>,
  body: { readonly [Each in Name]?: unknown },
  names: readonly Name[],
): Record<string, unknown> => {
  const sent = names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]])
  const merged = Object.entries({ ...stored, ...Object.fromEntries(sent) })
  return requireStorable(Object.fromEntries(merged.filter(([, value]) => value !== null)))
}

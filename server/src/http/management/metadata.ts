/** The vendor's rule for metadata: the first level is merged, `null` deletes a key, and an empty object deletes them all. */
export const mergeMetadata = <Value>(
  stored: Readonly<Record<string, Value>>,
  patch: Readonly<Record<string, Value | null>>,
): Record<string, Value> => {
  if (Object.keys(patch).length === 0) return {}
  const merged = Object.entries({ ...stored, ...patch }).filter(([, value]) => value !== null)
  return Object.fromEntries(merged) as Record<string, Value>
}

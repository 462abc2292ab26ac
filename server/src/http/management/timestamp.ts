/** Times as the management API writes them. `at` is Unix time in milliseconds. */
export const toTimestamp = (at: number): string => new Date(at).toISOString()

/** The actions family writes nanoseconds. */
export const toNanoTimestamp = (at: number): string => toTimestamp(at).replace('Z', '000000Z')

/** What the flow may know of the HTTP request that moved it. */
export interface RequestFacts {
  ip: string
  method: string
  hostname: string
  language?: string
  /** All the browser would take, the dearest first. */
  languages?: string[]
  userAgent?: string
  query: Record<string, unknown>
  body: Record<string, unknown>
}

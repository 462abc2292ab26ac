/** Where the request seems to come from. Every field may be missing. */
export interface GeoIP {
  cityName?: string
  continentCode?: string
  countryCode?: string
  countryCode3?: string
  countryName?: string
  latitude?: number
  longitude?: number
  subdivisionCode?: string
  subdivisionName?: string
  timeZone?: string
  // biome-ignore lint/suspicious/noExplicitAny: what the lookup adds passes through; the vendor's own type says any
  [extra: string]: any
}

/**
 * The HTTP request that made the handler run: in `onExecutePostChallenge` the user's opening of the link, in
 * `onContinuePostChallenge` the return to `/continue`, with the query and body the outside page sent.
 */
export interface Request {
  ip: string
  method: string
  /** The tenant's host name. */
  hostname?: string
  /** The browser's preferred language. */
  language?: string
  user_agent?: string
  // biome-ignore lint/suspicious/noExplicitAny: parsed from the wire; the vendor's own type says any
  query: Record<string, any>
  // biome-ignore lint/suspicious/noExplicitAny: parsed from the wire; the vendor's own type says any
  body: Record<string, any>
  geoip: GeoIP
}

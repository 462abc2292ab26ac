/** What the runtime asks of its host. */

/** One request of a run, as plain data. Nothing in it was made by the host but `tenant`, `hosts` and the limits. */
export interface EgressCall {
  tenant: string
  method: string
  /** Absolute; whether its scheme, host and address may be reached is the port's to decide. */
  url: string
  headers: readonly (readonly [name: string, value: string])[]
  body?: Uint8Array
  /** As in fetch; `manual` answers with the redirect itself. */
  redirect: 'follow' | 'error' | 'manual'
  /** The hosts this tenant may reach; without it, every public one. */
  hosts?: readonly string[]
  /** Bytes of the answer's body after decompression, at most. */
  maximumBytes: number
  /** Aborted when the time is over or the run has ended: the request must end then, in whatever state it is. */
  signal: AbortSignal
}

export interface EgressResponse {
  status: number
  statusText: string
  /** After redirects. */
  url: string
  redirected: boolean
  headers: [name: string, value: string][]
  /** Whole and decompressed. */
  body: Uint8Array
}

/** Why a request failed: `code` and `message` are what the author reads as the error's `cause`. */
export class EgressError extends Error {
  override name = 'EgressError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export interface Egress {
  /** Rejects with an `EgressError` for everything that can go wrong on the way. */
  send(call: EgressCall): Promise<EgressResponse>
}

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

/**
 * Keeps what V8 has prepared of versions, so that no node prepares the same one twice. What one tenant's code has led to is
 * never found by another tenant, even if their code is the same.
 */
export interface PreparationStore {
  find(tenant: string, key: PreparationKey): Promise<Preparation | undefined>
  /** Takes the place of an earlier one with the same key. */
  keep(tenant: string, key: PreparationKey, preparation: Preparation): Promise<void>
}

export interface PreparationKey {
  /** By `preparationName`. */
  artifact: string
  /** What it was made by, and what alone may use it: a hash of V8, its flags, isolated-vm and the guest's code. */
  engine: string
}

export interface Preparation {
  kind: 'snapshot' | 'code-cache' | 'none'
  /** Why it is no snapshot. */
  refused?: string
  /** Compressed. Empty where the kind is `none`. */
  bytes: Uint8Array
  /** SHA-256 of `bytes`, hex: V8 believes what it is given. */
  sha256: string
}

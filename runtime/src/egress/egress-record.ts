/** One request of a run, as the tenant may read it. */
export interface EgressRecord {
  /** With the port where it is not the scheme's own. */
  host: string
  method: string
  /** Absent when no answer came. */
  status?: number
  ms: number
  /** Bytes of the answer's body after decompression. */
  bytesIn: number
  bytesOut: number
  /** Code and text of what went wrong; for a limit, its name and value. */
  error?: string
}

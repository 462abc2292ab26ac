/** What an operation of Node's modules ends with when its signal is aborted. */
export class AbortError extends Error {
  code = 'ABORT_ERR'

  constructor(message = 'The operation was aborted', options?: ErrorOptions) {
    super(message, options)
    this.name = 'AbortError'
  }
}

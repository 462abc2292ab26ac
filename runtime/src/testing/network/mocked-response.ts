/** What a test answers in the place of the far side. */
import { STATUS_CODES } from 'node:http'
import { type EgressCall, EgressError, type EgressResponse } from '../../ports.ts'

export type MockedResponse =
  /** `status` is 200 where it is not given; `json` sets the content type. */
  | { status?: number; headers?: Record<string, string>; json?: unknown; body?: string | Uint8Array }
  /** No answer: a code such as `ECONNREFUSED`, which the action reads as `error.cause.code`. */
  | { error: string }
  /** As the platform makes them: `Response.json({ score: 1 })`. */
  | Response

export const toEgressResponse = async (given: MockedResponse, call: EgressCall): Promise<EgressResponse> => {
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`A mocked response must be an object, and not ${String(given)}.`)
  if ('error' in given) throw new EgressError(given.error, `${given.error} (mocked)`)
  const response = given instanceof Response ? given : toResponse(given)
  const body = new Uint8Array(await response.arrayBuffer())
  if (body.byteLength > call.maximumBytes) throw tooLarge(call.maximumBytes, body.byteLength)
  const { status, statusText } = response
  return { status, statusText, url: call.url, redirected: false, headers: [...response.headers], body }
}

const toResponse = ({
  status = 200,
  headers = {},
  json,
  body,
}: Exclude<MockedResponse, Response | { error: string }>) => {
  const all = new Headers(headers)
  if (json !== undefined && !all.has('content-type')) all.set('content-type', 'application/json')
  const content = json === undefined ? (body ?? '') : JSON.stringify(json)
  // A status without a body refuses even an empty one.
  return new Response(content.length === 0 ? null : (content as string | Uint8Array<ArrayBuffer>), {
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers: all,
  })
}

const tooLarge = (maximumBytes: number, bytes: number): EgressError =>
  new EgressError(
    'ERR_EGRESS_BYTES',
    `The response has more than ${maximumBytes} bytes (limit "egressBytes", reached: ${bytes} bytes).`,
  )

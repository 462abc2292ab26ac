/**
 * What may differ between plain Node and the sandbox, and why. It is taken out of both sides in the same way before they
 * are compared; whatever is not here must agree to the letter.
 */
import { createHmac } from 'node:crypto'
import type { SeenRequest } from './story.ts'

export const signingSecret = 'a secret that both sides sign tokens with'

const decode = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString())

/** A token with its life instead of its times: `token({"alg":…} {…} lives 900 s, signed)`. */
const showToken = (token: string): string => {
  const [header = '', body = '', signature = ''] = token.split('.')
  const expected = createHmac('sha256', signingSecret).update(`${header}.${body}`).digest('base64url')
  const { iat, exp, ...claims } = decode(body)
  const verdict = signature === expected ? 'signed' : 'not ours'
  return `token(${JSON.stringify(decode(header))} ${JSON.stringify(claims)} lives ${Number(exp) - Number(iat)} s, ${verdict})`
}

interface Allowance {
  what: string
  because: string
  hide: (text: string) => string
}

/** In console texts, error messages, commands and bodies. */
export const textAllowances: readonly Allowance[] = [
  {
    what: 'frames of a stack',
    because: 'they name files and lines of whoever has called the handler',
    hide: (text) => text.replace(/(\n *(at .*|\.\.\. \d+ lines matching cause stack trace .*))+/g, '\n    at …'),
  },
  {
    what: 'the times in a signed token',
    because: 'the two runs are not in the same second; the life and the signature are compared',
    hide: (text) => text.replace(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g, showToken),
  },
  {
    what: 'versions of Node and of the system, in what clients say of themselves',
    because: 'an action is told which Node its environment follows, and nothing of the machine',
    hide: (text) =>
      text
        .replace(/(?<=auth0-client: )\S+/g, (client) => Buffer.from(client, 'base64url').toString())
        .replace(/\b(nodejs|node|linux)((\/|#|":")v?[\w.-]*)?/g, '$1 …'),
  },
  {
    what: 'the moment, the number and the signature of a request to AWS',
    because: 'no two requests have the same; the server of the tests checks the signature and refuses a wrong one',
    hide: (text) => text.replace(/(?<=(x-amz-date|amz-sdk-invocation-id): ).+|Credential=.+/g, '…'),
  },
  {
    what: 'durations of console.time',
    because: 'no two runs take the same time',
    hide: (text) => text.replace(/^(\w+): \d+(\.\d+)?(ms|s)\b/, '$1: some time'),
  },
]

/** Requests that are not compared: a run gives them up, and whether they have left by then is a matter of milliseconds. */
export const isGivenUp = ({ url }: SeenRequest): boolean => url.startsWith('/slow')

/** Headers that the HTTP client of the host adds by itself; where the author sets them, the values are compared. */
export const ownHeaders: Readonly<Record<string, { because: string; values: RegExp }>> = {
  connection: { because: 'each request of a sandbox has a connection of its own', values: /./ },
  'keep-alive': { because: 'the same', values: /./ },
  'transfer-encoding': { because: 'a body leaves the sandbox whole, so its length is known', values: /./ },
  'content-length': { because: 'the same; bodies are compared themselves', values: /./ },
  'accept-encoding': { because: 'the server unpacks answers, by what it can', values: /^[\w, ]+$/ },
  accept: {
    because: 'requests of `http` leave by the same fetch of the host as those of `fetch`, which adds it',
    values: /^\*\/\*$/,
  },
  'accept-language': { because: 'the same', values: /^\*$/ },
  'sec-fetch-mode': { because: 'the same', values: /^cors$/ },
  'user-agent': { because: 'the name of the client in the host', values: /^(node|undici)$/ },
}

/** Actions that come to something else in the sandbox; a row that is no longer true fails. */
export const knownDifferences: Readonly<Record<string, string>> = {
  'console-hidden-state.js':
    'what a promise has settled with, what an iterator has left, what a proxy stands before and which functions are generators is shown by Node from inside V8, which guest code cannot ask',
  'no-handler.js': 'a module without the handler is refused when it is built, in words that say what is missing',
}

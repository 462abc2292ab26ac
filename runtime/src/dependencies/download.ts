/**
 * The one place that asks the registry.
 *
 * - bytes are counted as they come out of decompression, and the caller's signal ends a request in whatever state it is
 * - redirects are followed here: https only, or where the registry is itself
 * - what may be passing (no answer, 429, 5xx) is tried twice more
 */
import { setTimeout as pause } from 'node:timers/promises'
import { DependencyError } from './dependency.ts'

export interface Download {
  url: URL
  accept: string
  maximumBytes: number
  signal: AbortSignal
}

const attempts = 3
const firstPauseMs = 200
const maximumRedirects = 5

/** `undefined`: there is nothing at this address (404). Rejects with a `DependencyError`. */
export type Downloader = (download: Download) => Promise<Uint8Array | undefined>

const unreachable = (cause?: unknown) =>
  new DependencyError('ERR_DEPENDENCY_REGISTRY', 'The package registry did not answer as it should; try again later.', {
    cause,
  })

const readBounded = async (response: Response, maximumBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maximumBytes)
      throw new DependencyError('ERR_DEPENDENCY_LIMIT', `The registry's answer has more than ${maximumBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export const createDownloader = (registry: URL): Downloader => {
  const mayAsk = (url: URL) => url.protocol === 'https:' || url.origin === registry.origin

  const ask = async ({ url, accept, signal }: Download): Promise<Response> => {
    let target = url
    for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
      if (!mayAsk(target)) throw unreachable(`${target.origin} is neither https nor the registry itself.`)
      const response = await fetch(target, { headers: { accept }, redirect: 'manual', credentials: 'omit', signal })
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || location === null) return response
      await response.body?.cancel()
      target = new URL(location, target)
    }
    throw unreachable('Too many redirects.')
  }

  const attempt = async (download: Download): Promise<Uint8Array | undefined> => {
    const response = await ask(download)
    if (response.ok) return readBounded(response, download.maximumBytes)
    await response.body?.cancel()
    if (response.status === 404) return undefined
    throw unreachable(`Status ${response.status}.`)
  }

  return async (download) => {
    for (let left = attempts - 1, wait = firstPauseMs; ; left--, wait *= 2) {
      try {
        return await attempt(download)
      } catch (error) {
        const isFinal = error instanceof DependencyError && error.code !== 'ERR_DEPENDENCY_REGISTRY'
        if (isFinal) throw error
        if (download.signal.aborted || left === 0) throw error instanceof DependencyError ? error : unreachable(error)
        await pause(wait, undefined, { signal: download.signal }).catch(() => {})
      }
    }
  }
}

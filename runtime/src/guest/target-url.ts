/** URLs an action sends the user to. The host parses them, as for `URL`. */
import { readOptions, wrongArgument } from './argument.ts'
import { callHost } from './host-call.ts'
import { invalidUrl } from './invalid-url.ts'
import { bare, keys, startsWith } from './primordials.ts'
import { quota } from './quota.ts'

/** `searchParams.set` makes text of every value, so `null` is "null". */
const readQuery = (method: string, options: unknown): Record<string, string> => {
  const { query } = readOptions({ method, name: 'options' }, options)
  const given = readOptions({ method, name: 'query' }, query)
  const names = keys(given)
  const texts: Record<string, string> = bare({})
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    texts[name] = `${given[name]}`
  }
  return texts
}

const resolve = (url: string, query: Record<string, string>): string => {
  try {
    return callHost({ call: 'url.resolve', url, query })
  } catch (error) {
    throw (error as Error).message === 'Invalid URL' ? invalidUrl(url) : error
  }
}

/** The normalised URL with its query. Throws `Invalid URL` as `new URL` does, and a TypeError for other schemes. */
export const readTargetUrl = (method: string) => (url: unknown, options: unknown) => {
  const argument = { method, name: 'url' }
  const text = `${url}`
  if (text.length > quota.urlLength) throw wrongArgument(argument, `must be at most ${quota.urlLength} characters`)
  const resolved = resolve(text, readQuery(method, options))
  if (!startsWith(resolved, 'https://') && !startsWith(resolved, 'http://'))
    throw wrongArgument(argument, 'must be an absolute http(s) URL')
  if (resolved.length > quota.urlLength)
    throw wrongArgument(argument, `must be at most ${quota.urlLength} characters with its query`)
  return resolved
}

/** The command line of `interlock run` as what the testing kit takes. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type Limit, type RunLimits, runLimits } from '../../limits.ts'
import {
  type ActionOptions,
  buildEvent,
  type EventPatch,
  type ExecuteOptions,
  type Return,
  type Routes,
} from '../../testing/index.ts'
import { onlyArgument, parseOptions } from '../command.ts'
import { readJsonObject, readTexts } from '../read-json.ts'
import { UsageError } from '../usage-error.ts'

export interface RunOrder {
  file: string
  opening: ActionOptions
  execution: ExecuteOptions
  output: 'text' | 'json'
}

export const parseRunOrder = (args: readonly string[]): RunOrder | 'help' => {
  const { values, positionals } = parseOptions(args, {
    event: { type: 'string' },
    secrets: { type: 'string' },
    fetch: { type: 'string' },
    network: { type: 'string', default: 'mocked' },
    handler: { type: 'string', default: 'onExecutePostChallenge' },
    query: { type: 'string', multiple: true, default: [] },
    body: { type: 'string', multiple: true, default: [] },
    token: { type: 'string' },
    'token-secret': { type: 'string' },
    limit: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  })
  if (values.help) return 'help'
  const file = onlyArgument(positionals, 'file')
  if (file === undefined) throw new UsageError('Which file? interlock run <file>')
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new UsageError(`There is no file ${file}.`)
  if (found.isDirectory())
    throw new UsageError(`${file} is a folder: name the file in it, such as ${join(file, 'action.ts')}.`)
  const secrets = values.secrets === undefined ? {} : readTexts(values.secrets, '--secrets')
  const event = values.event === undefined ? {} : (readJsonObject(values.event, '--event') as EventPatch)
  const request = { query: parsePairs(values.query, '--query'), body: parsePairs(values.body, '--body') }
  const token = parseToken(values.token, secretNamed(values['token-secret'], secrets))
  const network = { network: oneOf(values.network, ['mocked', 'real'], '--network') }
  const handler = oneOf(values.handler, ['onExecutePostChallenge', 'onContinuePostChallenge'], '--handler')
  if (token && handler === 'onExecutePostChallenge')
    throw new UsageError('--token: nobody comes back before onContinuePostChallenge. Name it with --handler.')
  const back: Return = { ...withoutEmpty(request), ...(token && { token }) }
  return {
    file,
    opening: { secrets, limits: parseLimits(values.limit) },
    execution: {
      ...network,
      handler,
      ...(values.fetch !== undefined && { fetch: readJsonObject(values.fetch, '--fetch') as unknown as Routes }),
      ...(handler === 'onContinuePostChallenge'
        ? { event: buildEvent(event), back }
        : { event: buildEvent(event, { request }) }),
    },
    output: values.json ? 'json' : 'text',
  }
}

/** A form without fields is none. */
const withoutEmpty = ({ query, body }: Record<'query' | 'body', Record<string, string>>): Return => ({
  query,
  ...(Object.keys(body).length > 0 && { body }),
})

const oneOf = <const Word extends string>(given: string, words: readonly Word[], option: string): Word => {
  const word = words.find((candidate) => candidate === given)
  if (word === undefined) throw new UsageError(`${option} is one of ${words.join(', ')}, and not '${given}'.`)
  return word
}

const parsePairs = (given: readonly string[], option: string): Record<string, string> =>
  Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new UsageError(`${option} is a pair such as name=value, and not '${pair}'.`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )

const secretNamed = (name: string | undefined, secrets: Record<string, string>): string | undefined => {
  if (name === undefined) return undefined
  const secret = secrets[name]
  if (secret === undefined) throw new UsageError(`--token-secret: --secrets has no "${name}".`)
  return secret
}

const parseToken = (claims: string | undefined, secret: string | undefined): Return['token'] => {
  if (claims === undefined && secret === undefined) return undefined
  if (secret === undefined) throw new UsageError('--token needs --token-secret, the name of the secret that signs it.')
  try {
    return { secret, claims: JSON.parse(claims ?? '{}') }
  } catch (error) {
    throw new UsageError(`--token is no JSON: ${(error as Error).message}`)
  }
}

const parseLimits = (given: readonly string[]): Partial<RunLimits> =>
  Object.fromEntries(
    Object.entries(parsePairs(given, '--limit')).map(([name, text]) => {
      const limit: Limit | undefined = (runLimits as Record<string, Limit>)[name]
      if (!limit)
        throw new UsageError(`--limit: there is no limit "${name}". There are: ${Object.keys(runLimits).join(', ')}.`)
      const value = Number(text)
      if (!Number.isInteger(value) || value < limit.smallest || value > limit.largest)
        throw new UsageError(
          `--limit: ${name} is a whole number from ${limit.smallest} to ${limit.largest} ${limit.unit}.`,
        )
      return [name, value]
    }),
  )

/** What an action did, in words: what a failed assertion shows, and what the command line prints. */
import { inspect } from 'node:util'
import type { Command } from '../bridge/command.ts'
import type { ConsoleLine } from '../bridge/outcome.ts'
import type { Demand } from '../pipeline/execution-result.ts'
import type { SentRequest } from './network/sent-request.ts'
import type { ActionRun } from './pipeline.ts'

export const describeRun = (run: ActionRun): string => {
  const { commands, console, warnings, error, requests } = run
  return [
    decisionText(run),
    ...section('commands', commands.map(describeCommand)),
    ...section('console', console.map(describeLine)),
    ...section('warnings', warnings),
    ...section('requests', requests.map(describeRequest)),
    ...section('error', error === undefined ? [] : [error.stack ?? `${error.name}: ${error.message}`]),
  ].join('\n')
}

const decisionText = ({ decision }: ActionRun): string => {
  switch (decision.type) {
    case 'proceed':
      return 'the reset goes on'
    case 'deny':
      return `the reset is denied with ${quote(decision.reason)}`
    case 'pause':
      return `the user is asked for: ${decision.demands.map(describeDemand).join(', then ')}`
    case 'fail':
      return `the reset fails: ${decision.ending}`
    default:
      decision satisfies never
      return ''
  }
}

const describeDemand = (demand: Demand): string => {
  switch (demand.type) {
    case 'challenge':
      return demand.factors.map(({ type }) => type).join(' or ')
    case 'redirect':
      return `redirect to ${demand.url}`
    case 'prompt':
      return `prompt ${quote(demand.id)}`
    default:
      demand satisfies never
      return ''
  }
}

export const describeCommand = ({ type, ...args }: Command): string => `api.${type}(${show(args)})`

export const describeLine = ({ level, text }: ConsoleLine): string => `${level.padEnd(5)} ${text}`

export const describeRequest = ({ method, url, status, error }: SentRequest): string =>
  `${method} ${url} → ${error ?? status ?? 'no answer'}`

export const quote = (text: string): string => JSON.stringify(text)

export const show = (value: unknown): string =>
  inspect(value, { depth: 8, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 500 })

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line.replaceAll('\n', '\n    ')}`)]

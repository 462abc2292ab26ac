/**
 * What the commands of one completed run come to.
 *
 * - the first denial counts, and nothing else but the side effects stands beside it
 * - challenges come in the order in which they were issued, then the redirect or the prompt
 * - of several redirects the last one counts, of several result URLs too
 * - a redirect beside a prompt, or two prompts, contradict each other: the guest has refused them already
 */
import type { Command } from '../bridge/command.ts'
import type { CacheChange, Demand } from './execution-result.ts'

export interface Merged {
  denial?: string
  challenges: Demand[]
  /** Both send the user away and come back to `onContinue…` of the same action. */
  detours: { redirect?: Demand; prompts: Demand[] }
  cacheChanges: CacheChange[]
  resultUrl?: string
}

type Appliers = { [Type in Command['type']]: (merged: Merged, command: Extract<Command, { type: Type }>) => void }

export const mergeCommands = (commands: readonly Command[]): Merged => {
  const merged: Merged = { challenges: [], detours: { prompts: [] }, cacheChanges: [] }
  for (const command of commands)
    (appliers[command.type] as (merged: Merged, command: Command) => void)(merged, command)
  return merged
}

/** Challenges first, then the one detour; `undefined` when the detours contradict each other. */
export const demandsOf = ({ challenges, detours }: Merged): Demand[] | undefined => {
  const away = [...(detours.redirect ? [detours.redirect] : []), ...detours.prompts]
  return away.length > 1 ? undefined : [...challenges, ...away]
}

const appliers: Appliers = {
  'access.deny': (merged, { reason }) => {
    merged.denial ??= reason
  },
  'authentication.challengeWith': ({ challenges }, { factor, additionalFactors }) => {
    challenges.push({ type: 'challenge', open: 'first', factors: [factor, ...additionalFactors] })
  },
  'authentication.challengeWithAny': ({ challenges }, { factors }) => {
    challenges.push({ type: 'challenge', open: 'any', factors })
  },
  'redirect.sendUserTo': ({ detours }, { url }) => {
    detours.redirect = { type: 'redirect', url }
  },
  'prompt.render': ({ detours }, { id, fields, vars }) => {
    detours.prompts.push({ type: 'prompt', id, ...(fields && { fields }), ...(vars && { vars }) })
  },
  'transaction.setResultUrl': (merged, { url }) => {
    merged.resultUrl = url
  },
  'cache.set': ({ cacheChanges }, { key, record }) => {
    cacheChanges.push({ type: 'set', key, record })
  },
  'cache.delete': ({ cacheChanges }, { key }) => {
    cacheChanges.push({ type: 'delete', key })
  },
}

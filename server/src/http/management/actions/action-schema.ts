import { z } from 'zod'
import { triggerId, triggerVersion } from '../../../actions/trigger.ts'
import { actionPaging, flag } from '../paging.ts'

const runes = (text: string): number => [...text].length
const isOneLine = (text: string): boolean => !/\p{Cc}/u.test(text)

const name = z
  .string()
  .min(1)
  .max(255)
  .refine(isOneLine, 'The name must not hold control characters')
  .describe('The name of an action')
  .meta({ examples: ['verify-before-reset'] })

const supportedTrigger = z.strictObject({
  id: z
    .string()
    .refine((id) => id === triggerId, {
      error: ({ input }) => `There is no trigger '${String(input).slice(0, 100)}': this server has ${triggerId}`,
    })
    .meta({ examples: [triggerId] }),
  version: z
    .string()
    .refine((version) => version === triggerVersion, `The only version of this trigger is ${triggerVersion}`)
    .optional(),
})

const supportedTriggers = z
  .array(supportedTrigger)
  .min(1)
  .max(1)
  .describe('An action can only target a single trigger at a time')

const secretName = z
  .string()
  .refine(
    (text) => runes(text) >= 1 && runes(text) <= 128,
    'invalid NameValueOptional.Name: value length must be between 1 and 128 runes, inclusive',
  )

const secretValue = z
  .string()
  .refine(
    (text) => runes(text) <= 4_096,
    'invalid NameValueOptional.Value: value length must be at most 4096 runes, inclusive',
  )

const secretsOf = <Shape extends z.ZodType<{ name: string }>>(secret: Shape) =>
  z
    .array(secret)
    .refine((secrets) => new Set(secrets.map((item) => item.name)).size === secrets.length, 'Two secrets have one name')

/** What the vendor calls its runtimes. Kept and shown; every action runs on this server's one runtime. */
const runtime = z.enum(['node12', 'node16', 'node18', 'node18-actions', 'node22'])

const nothing = (why: string) => z.array(z.unknown()).refine((items) => items.length === 0, why)

/** What a client may name as the registry, and means the one this server asks. */
const isOwnRegistry = (url: string | null | undefined): boolean =>
  !url || /^https:\/\/registry\.npmjs\.org\/?$/.test(url)

/** Name and version are looked at when they are resolved: what is wrong with them is told with the registry's answer. */
const dependency = z
  .strictObject({
    name: z.string(),
    version: z.string().default('latest'),
    registry_url: z.string().nullish().refine(isOwnRegistry, 'Packages come from the registry of this server'),
  })
  .transform(({ name, version }) => ({ name, version: version === '' ? 'latest' : version }))

const dependencies = z
  .array(dependency)
  .refine((items) => new Set(items.map((item) => item.name)).size === items.length, 'Two dependencies have one name')

const content = {
  name,
  supported_triggers: supportedTriggers,
  code: z.string().meta({ examples: ['exports.onExecutePostChallenge = async (event, api) => {}'] }),
  dependencies,
  modules: nothing('this server has no action modules'),
  runtime,
}

export const createAction = z
  .strictObject({
    ...content,
    secrets: secretsOf(z.strictObject({ name: secretName, value: secretValue })),
    deploy: z.boolean(),
  })
  .partial()
  .required({ name: true, supported_triggers: true })

/** A secret with a name and no value keeps the value it has. */
export const editAction = z
  .strictObject({
    ...content,
    secrets: secretsOf(z.strictObject({ name: secretName, value: secretValue.optional() })),
  })
  .partial()

export const listActions = z.strictObject({
  triggerId: z.string().optional(),
  actionName: z.string().optional(),
  deployed: flag.optional(),
  /** Actions of the vendor's marketplace, of which there are none. */
  installed: flag.optional(),
  ...actionPaging,
})

export const removeAction = z.strictObject({ force: flag.default(false).describe('Detaches the bindings first') })

export const byAction = z.object({ id: z.string() })

export const pageOfActions = z.strictObject(actionPaging)

export const deployVersion = z
  .strictObject({ update_draft: z.boolean().optional() })
  .nullish()
  .transform((body) => ({ update_draft: body?.update_draft ?? false }))

const bindingOf = <Type extends string>(type: Type) =>
  z.strictObject({
    ref: z.strictObject({ type: z.literal(type), value: z.string().min(1).max(255) }),
    display_name: z.string().min(1).max(255).refine(isOneLine, 'The name must not hold control characters').optional(),
    secrets: z.array(z.unknown()).optional().describe('Only the empty list: secrets are given to the action'),
  })

/** Nobody could see them: what is bound is answered without, and every import of the vendor's deploy tool would drop them. */
const wantedBinding = z
  .union([bindingOf('action_id'), bindingOf('action_name'), bindingOf('binding_id')])
  .refine(({ secrets = [] }) => secrets.length === 0, {
    path: ['secrets'],
    error: 'Secrets are given to the action, not to its binding',
  })

export const replaceBindings = z.strictObject({ bindings: z.array(wantedBinding) })

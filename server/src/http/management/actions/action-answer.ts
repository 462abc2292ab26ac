/** What the actions family answers, as schemas. */
import { z } from 'zod'

const timestamp = z.string().describe('RFC 3339, with nanoseconds')

const supportedTriggers = z.array(z.object({ id: z.string(), version: z.string() }))

const identity = {
  id: z.string(),
  name: z.string(),
  supported_triggers: supportedTriggers,
  all_changes_deployed: z.boolean().describe('False as soon as the draft was edited after the last deploy'),
  created_at: timestamp,
  updated_at: timestamp,
}

const buildError = z.object({ id: z.string(), msg: z.string().describe('With line and column'), url: z.string() })

const content = {
  code: z.string(),
  dependencies: z.array(z.object({ name: z.string(), version: z.string() })),
  runtime: z.string(),
  secrets: z.array(z.object({ name: z.string(), updated_at: timestamp })).describe('Values never come back'),
  modules: z.array(z.unknown()).describe('Always empty'),
  bill_of_materials: z
    .array(
      z.object({
        name: z.string(),
        version: z.string(),
        integrity: z.string(),
        license: z.string().optional(),
      }),
    )
    .describe('Every package of which something is in the build'),
  build_warnings: z.array(z.string()),
}

export const actionVersion = z
  .object({
    id: z.string(),
    action_id: z.string(),
    ...content,
    deployed: z.boolean(),
    status: z.string(),
    number: z.int(),
    errors: z.array(buildError),
    action: z.object(identity),
    supported_triggers: supportedTriggers,
    built_at: timestamp,
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'ActionVersion' })

export const action = z
  .object({
    ...identity,
    ...content,
    status: z.enum(['pending', 'building', 'built', 'failed']),
    errors: z.array(buildError).optional().describe('What to mend, while the status is failed'),
    deployed_version: actionVersion.optional(),
  })
  .meta({ id: 'Action' })

export const binding = z
  .object({
    id: z.string(),
    trigger_id: z.string(),
    display_name: z.string(),
    action,
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'ActionBinding' })

export const triggers = z.object({
  triggers: z.array(
    z.object({
      id: z.string(),
      version: z.string(),
      status: z.string(),
      runtimes: z.array(z.string()),
      default_runtime: z.string(),
      binding_policy: z.string(),
      compatible_triggers: z.array(z.object({ id: z.string(), version: z.string() })),
    }),
  ),
})

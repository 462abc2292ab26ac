/** What a new action begins with, by file name. Tests run them as they are. */

const actionTs = `import type { PasswordResetPostChallengeAction } from '@interlock/sdk-types'

/** Runs after the user has opened the mail link, before the new password. */
export const onExecutePostChallenge: PasswordResetPostChallengeAction = async (event, api) => {
  console.log('reset of', event.user.user_id)
  if (!event.user.email_verified) api.access.deny('Please verify your email address first.')
}
`

const actionJs = `/**
 * Runs after the user has opened the mail link, before the new password.
 *
 * @type {PasswordResetPostChallengeAction}
 */
exports.onExecutePostChallenge = async (event, api) => {
  console.log('reset of', event.user.user_id)
  if (!event.user.email_verified) api.access.deny('Please verify your email address first.')
}
`

const testOf = (action: string) => `import test from 'node:test'
import { buildEvent, expectRun, openAction } from '@interlock/runtime/testing'

const action = await openAction(new URL('${action}', import.meta.url))

test('a user with a verified address goes on', async () => {
  expectRun(await action.execute()).toProceed()
})

test('a user without one is refused', async () => {
  const run = await action.execute({ event: buildEvent({ user: { email_verified: false } }) })
  expectRun(run).toDeny('Please verify your email address first.')
})
`

const event = `{
  "user": { "email": "ada@example.com", "email_verified": false },
  "request": { "ip": "203.0.113.9" }
}
`

const tsconfig = `{
  "compilerOptions": {
    "target": "es2024",
    "lib": ["es2024"],
    "module": "nodenext",
    "strict": true,
    "noEmit": true,
    "allowJs": true,
    "checkJs": true,
    "allowImportingTsExtensions": true,
    "skipLibCheck": true,
    "types": ["@interlock/sdk-types/globals", "node"]
  }
}
`

const manifest = (type: 'module' | 'commonjs') => `{
  "private": true,
  "type": "${type}"
}
`

/** Secrets stay out of a repository. */
const gitignore = `node_modules
secrets.json
`

export type Language = 'typescript' | 'javascript'

export const templates: Record<Language, Readonly<Record<string, string>>> = {
  typescript: {
    'action.ts': actionTs,
    'action.test.ts': testOf('action.ts'),
    'event.json': event,
    'package.json': manifest('module'),
    'tsconfig.json': tsconfig,
    '.gitignore': gitignore,
  },
  javascript: {
    'action.js': actionJs,
    'action.test.mjs': testOf('action.js'),
    'event.json': event,
    'package.json': manifest('commonjs'),
    'tsconfig.json': tsconfig,
    '.gitignore': gitignore,
  },
}

/** Sources of actions the stories use. The seed's two are the published ones, to the letter. */
import { readFileSync } from 'node:fs'

const sample = (name: string): string =>
  readFileSync(new URL(`../../sample-actions/${name}/action.js`, import.meta.url), 'utf8')

export const seedChallenge = sample('seed-webauthn-challenge')
export const seedRedirect = sample('seed-redirect-then-challenge')

/** An action whose only handler has this body. */
export const onExecute = (body: string): { code: string } => ({
  code: `exports.onExecutePostChallenge = async (event, api) => { ${body} }`,
})

export const onBoth = (execute: string, resume: string): { code: string } => ({
  code: `exports.onExecutePostChallenge = async (event, api) => { ${execute} }
exports.onContinuePostChallenge = async (event, api) => { ${resume} }`,
})

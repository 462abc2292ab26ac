/** The seed action with at least 1.5 MB of real packages in front of it, bundled into one file as an author would. */
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const entry = `
import * as xml from '@xmldom/xmldom'
import dayjs from 'dayjs'
import lodash from 'lodash'
import fp from 'lodash/fp.js'
import xpath from 'xpath'
import * as zod from 'zod'
import * as zodV3 from 'zod/v3'
import * as zodV4 from 'zod/v4/core'

const user = zod.object({ enrolledFactors: zod.array(zod.object({ type: zod.string() })) })

export const onExecutePostChallenge = async (event, api) => {
  const { enrolledFactors } = user.parse(event.user)
  const additionalFactors = lodash.map(enrolledFactors, (factor) => lodash.pick(factor, ['type']))
  api.authentication.challengeWith({ type: 'webauthn-roaming' }, { additionalFactors })
}
export const kept = () => [xml, dayjs, fp, xpath, zodV3, zodV4]
`

let bundled: Promise<string> | undefined

const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    mainFields: ['main', 'module'],
    target: 'es2023',
  })
  return outputFiles[0]?.text ?? ''
}

export const largeSource = (): Promise<string> => {
  bundled ??= bundle()
  return bundled
}

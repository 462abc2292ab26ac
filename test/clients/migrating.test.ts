/** The page on the vendor's clients does what it says: its programs and commands are run as they are written. */
import { execFile } from 'node:child_process'
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ManagementClient } from 'auth0'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contentsOf, importTimeout, withoutSecretValues } from '../support/a0deploy.ts'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { allOf, managementClient } from '../support/management-client.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

let page: string
let site: ClientSite
let management: ManagementClient
/** What the page's reader has before it: the demo's data in Interlock's folder; beside that one with the clients and a tenant as files. */
let root: string
let cwd: string

/** The page and the tenant's files name the server as it is started by hand. */
const forThisSite = (text: string): string => text.replaceAll('localhost:3000', site.domain)

beforeAll(async () => {
  page = await readFile(here('../../docs/migrating.md'), 'utf8')
  site = await openClientSite()
  management = managementClient(site)
  root = await mkdtemp(join(tmpdir(), 'interlock-migrating-'))
  cwd = join(root, 'clients')
  await mkdir(cwd)
  const { clientId: client_id, clientSecret: client_secret } = site.managementClient
  const data = join(root, 'interlock/data')
  await mkdir(join(data, 'tls'), { recursive: true })
  await writeFile(join(data, 'demo.json'), JSON.stringify({ managementClient: { client_id, client_secret } }))
  await copyFile(site.certificateFile, join(data, 'tls/certificate.pem'))
  await symlink(here('../node_modules'), join(cwd, 'node_modules'))
  await cp(here('tenant'), join(cwd, 'tenant'), { recursive: true })
  const grant = join(cwd, 'tenant/grants/Shop-Auth0 Management API.json')
  await writeFile(grant, forThisSite(await readFile(grant, 'utf8')))
  for (const [, name = '', code = ''] of page.matchAll(/```js\n\/\/ ([\w.-]+)\n([\s\S]*?)```/g)) {
    await writeFile(join(cwd, name), code)
  }
})
afterAll(async () => {
  await site.stop()
  await rm(root, { recursive: true })
})

/** The page's blocks of commands: what to set first, the way to the reader's own folder, and those of the deploy tool. */
const blocks = (): string[] => [...page.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block = '']) => block)

/** The clients are there already: no test asks the public registry. */
const install = 'npm install auth0 @auth0/auth0-auth-js auth0-deploy-cli\n'

/** Runs commands after the page's own settings, for the server of this test. Rejects unless they end well. */
const run = async (commands: string): Promise<string> => {
  const [settings, folder = ''] = blocks()
  const script = forThisSite(`set -e\n${settings}\n${folder.replace(install, '')}\n${commands}`)
  const env = { PATH: process.env.PATH, HOME: root }
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: join(root, 'interlock'), env })
  return stdout
}

test('the whole tenant is imported and exported, and what was exported can be imported again', {
  timeout: 2 * importTimeout,
}, async () => {
  const deploy = blocks()[2] ?? ''
  await run(deploy)
  const wanted = withoutSecretValues(await contentsOf(join(cwd, 'tenant')))
  const exported = await contentsOf(join(cwd, 'exported'))
  // The client that the tool came with is no part of its folder.
  expect(exported).toEqual({ ...wanted, 'clients/Management.json': expect.anything() })

  await run(deploy.replace('--input_file tenant', '--input_file exported').replace('folder exported', 'folder again'))
  expect(await contentsOf(join(cwd, 'again'))).toEqual(exported)
  expect((await allOf(management.roles.list())).map(({ name }) => name)).toEqual(['Editor'])
  const enabled = (await management.guardian.factors.list()).filter((factor) => factor.enabled)
  expect(enabled.map(({ name }) => name)).toEqual(['otp', 'email', 'webauthn-roaming'])
})

test('the page installs the clients before it names a certificate that npm would have to do with', () => {
  const [, folder = ''] = blocks()
  expect(folder).toContain(install)
  expect(folder.indexOf(install)).toBeLessThan(folder.indexOf('NODE_EXTRA_CA_CERTS'))
})

test('the management client lists the actions', async () => {
  const { name } = await management.actions.create({
    name: 'made-here',
    supported_triggers: [{ id: 'password-reset-post-challenge', version: 'v1' }],
    code: 'exports.onExecutePostChallenge = async () => {}',
    deploy: true,
  })
  expect((await run('node list-actions.mjs')).split('\n')).toContain(`${name} built`)
})

test('both authentication clients ask for the mail', async () => {
  const said = "We've just sent you an email to reset your password.\n"
  expect(await run('node ask-for-reset.mjs')).toBe(said + said)
})

test('the page says which certificate the clients trust: without it nothing is sent', async () => {
  await expect(run('unset NODE_EXTRA_CA_CERTS; node ask-for-reset.mjs')).rejects.toThrow(/fetch failed|certificate/)
})

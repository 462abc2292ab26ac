/**
 * Brings a machine that has git, bash, npm and any Node from 20 on to the point where this project runs. Runs on Node 20
 * without a single dependency. When nothing is missing it takes no noticeable time.
 *
 * Nothing outside of this folder is changed: tools go to `.tools`, dependencies to `node_modules`.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { CannotGoOn, step } from './setup/progress.mjs'
import { runQuietly } from './setup/subprocess.mjs'
import { root, toolchain, toolsFolder } from './setup/toolchain.mjs'

const stampFile = join(toolsFolder, 'installed')
const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']

/** Under `npm run` the exact npm that was called; otherwise the one on the path. */
const npmCommand = () => {
  const script = process.env.npm_execpath
  return script && basename(script) === 'npm-cli.js' ? [process.execPath, script] : ['npm']
}

const installTools = async (tools) => {
  const [command, ...prefix] = npmCommand()
  // All in one call: with `--no-save` npm removes whatever an earlier call has put into the folder.
  const specs = tools.map((tool) => tool.spec)
  const options = [
    '--prefix',
    toolsFolder,
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ]
  const { ok, tail } = await runQuietly(command, [...prefix, 'install', ...options, '--loglevel=error', ...specs])
  if (ok) return
  throw new CannotGoOn(
    `npm could not install ${specs.join(' and ')}. That takes npm, which comes with Node, and a way to its registry.\n${tail}`,
  )
}

const installDependencies = async ({ node, pnpm }) => {
  // `CI` keeps pnpm from asking questions nobody would see.
  const env = { ...process.env, CI: 'true', PATH: `${dirname(node.path)}${delimiter}${process.env.PATH}` }
  const { ok, tail } = await runQuietly(pnpm.path, ['install', '--frozen-lockfile'], env)
  if (!ok) throw new CannotGoOn(`the dependencies could not be installed; pnpm said:\n${tail}`)
}

const fingerprint = ({ node, pnpm }) => {
  const hash = createHash('sha256').update(`${node.path} ${pnpm.spec}`)
  for (const file of inputs) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

const dependenciesAreCurrent = (stamp) =>
  existsSync(join(root, 'node_modules', '.modules.yaml')) &&
  existsSync(stampFile) &&
  readFileSync(stampFile, 'utf8') === stamp

/** Installs what is missing. Resolves with the path of the Node everything else must be run with. */
export const setUp = async () => {
  const tools = toolchain()
  const wanted = [tools.node, tools.pnpm]
  const missing = wanted.filter((tool) => !tool.isInstalled())
  if (missing.length > 0) {
    const fetched = wanted.filter((tool) => tool.spec)
    const labels = fetched.map((tool) => tool.label).join(' and ')
    await step(`Installing ${labels} into .tools`, () => installTools(fetched))
  }
  const stamp = fingerprint(tools)
  if (!dependenciesAreCurrent(stamp)) {
    await step('Installing the dependencies', () => installDependencies(tools))
    mkdirSync(toolsFolder, { recursive: true })
    writeFileSync(stampFile, stamp)
  }
  return tools.node.path
}

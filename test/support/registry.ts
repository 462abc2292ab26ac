/**
 * An npm registry on loopback: real HTTP, packuments and tarballs, no internet.
 *
 *     const registry = await openRegistry()
 *     registry.publish({ name: 'greet', files: { 'index.js': 'module.exports = () => "hi"' } })   // made by hand
 *     registry.publishInstalled('lodash')                         // as it lies in test/node_modules, with what it depends on
 *     registry.publishInstalled('axios-0')                        // installed under an alias: published under its own name
 *     createDependencies({ registryUrl: registry.url, … })        // or NPM_REGISTRY_URL for a whole server
 *     registry.asked                                              // paths of the requests so far
 *     await registry.close()
 *
 * A package made by hand may be as hostile as it likes: `entries` are written into its tarball as they are, `registryFields`
 * into what the registry says of it, `integrity` in place of the true one; `answerWith` takes over any path.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Header } from 'tar'

type Fields = Record<string, unknown>

/** `path` as it stands in the tarball, with its first part. */
export interface TarballEntry {
  path: string
  content?: string | Buffer
  type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'CharacterDevice' | 'FIFO'
  linkpath?: string
}

export interface PublishedPackage {
  name: string
  /** Default `1.0.0`. */
  version?: string
  /** By their paths in the package. Without a `package.json` one is made of name, version and `manifest`. */
  files?: Record<string, string | Buffer>
  /** More of its package.json; what it depends on is said by the registry as well. */
  manifest?: Fields
  /** Behind the files, as they are. */
  entries?: readonly TarballEntry[]
  /** In place of all of it. */
  tarball?: Buffer
  integrity?: string
  registryFields?: Fields
}

export interface TestRegistry {
  url: string
  asked: string[]
  publish(published: PublishedPackage): void
  /** With everything it depends on that is installed; what it does not need and is not there is left out. */
  publishInstalled(name: string): { name: string; version: string }
  tag(name: string, tag: string, version: string): void
  answerWith(path: string, listener: RequestListener): void
  close(): Promise<void>
}

const toEntry = ({ path, content = '', type = 'File', linkpath }: TarballEntry): Buffer => {
  const body = Buffer.from(content)
  const head = Buffer.alloc(512)
  const header = new Header({
    ...{ path, type, mode: 0o644, size: type === 'File' ? body.length : 0, mtime: new Date(0) },
    ...(linkpath !== undefined && { linkpath }),
  })
  if (header.encode(head, 0)) throw new Error(`${path} is too long for a plain tarball.`)
  const padding = Buffer.alloc((512 - (body.length % 512)) % 512)
  return Buffer.concat(type === 'File' ? [head, body, padding] : [head])
}

export const packTarball = (entries: readonly TarballEntry[]): Buffer =>
  gzipSync(Buffer.concat([...entries.map(toEntry), Buffer.alloc(1_024)]))

export const integrityOf = (tarball: Uint8Array): string =>
  `sha512-${createHash('sha512').update(tarball).digest('base64')}`

const tarballOf = ({
  name,
  version = '1.0.0',
  files = {},
  manifest,
  entries = [],
  tarball,
}: PublishedPackage): Buffer => {
  if (tarball) return tarball
  const all = { 'package.json': JSON.stringify({ name, version, ...manifest }), ...files }
  const own = Object.entries(all).map(([path, content]) => ({ path: `package/${path}`, content }))
  return packTarball([...own, ...entries])
}

const tests = fileURLToPath(new URL('..', import.meta.url))

/** As Node looks for it, from a folder upwards. */
const findInstalled = (from: string, name: string): string | undefined => {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name)
    if (existsSync(join(path, 'package.json'))) return realpathSync(path)
    if (dirname(folder) === folder) return undefined
  }
}

const listFiles = (folder: string, prefix = ''): string[] =>
  readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = `${prefix}${entry.name}`
    if (entry.name === 'node_modules') return []
    if (entry.isDirectory()) return listFiles(folder, `${path}/`)
    return /\.(c?js|mjs|json)$/.test(entry.name) ? [path] : []
  })

export const openRegistry = async (): Promise<TestRegistry> => {
  const packuments = new Map<string, { 'dist-tags': Record<string, string>; versions: Record<string, Fields> }>()
  const tarballs = new Map<string, () => Buffer>()
  const answers = new Map<string, RequestListener>()
  const asked: string[] = []

  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    asked.push(path)
    const listener = answers.get(path)
    if (listener) return void listener(request, response)
    const tarball = tarballs.get(path)
    if (tarball) return void response.end(tarball())
    const packument = packuments.get(path.slice(1))
    if (packument) return void response.setHeader('content-type', 'application/json').end(JSON.stringify(packument))
    response.writeHead(404).end('{"error":"Not found"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  const enter = (
    name: string,
    version: string,
    said: { fields: Fields; tarball: () => Buffer; integrity?: string },
  ) => {
    const path = `/${name}/-/${name.replace(/^@[^/]+\//, '')}-${version}.tgz`
    const packument = packuments.get(name) ?? { 'dist-tags': {}, versions: {} }
    packument['dist-tags'].latest = version
    const integrity = said.integrity ?? integrityOf(said.tarball())
    packument.versions[version] = { name, version, dist: { tarball: url + path.slice(1), integrity }, ...said.fields }
    packuments.set(name, packument)
    tarballs.set(path, said.tarball)
  }

  const publish = (published: PublishedPackage): void => {
    const { name, version = '1.0.0', manifest = {}, registryFields = {}, integrity } = published
    const bytes = tarballOf(published)
    const said = { fields: { ...manifest, ...registryFields }, tarball: () => bytes }
    enter(name, version, integrity === undefined ? said : { ...said, integrity })
  }

  const publishFolder = (folder: string): { name: string; version: string } => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Fields
    const [name, version] = [String(manifest.name), String(manifest.version)]
    if (packuments.get(name)?.versions[version]) return { name, version }
    const entries = listFiles(folder).map((path) => ({
      path: `package/${path}`,
      content: readFileSync(join(folder, path)),
    }))
    const bytes = packTarball(entries)
    enter(name, version, { fields: manifest, tarball: () => bytes })
    const { dependencies, optionalDependencies, peerDependencies } = manifest
    for (const needed of Object.keys({
      ...Object(peerDependencies),
      ...Object(optionalDependencies),
      ...Object(dependencies),
    })) {
      const found = findInstalled(folder, needed)
      if (found !== undefined) publishFolder(found)
    }
    return { name, version }
  }

  return {
    url,
    asked,
    publish,
    publishInstalled(name) {
      const folder = findInstalled(tests, name)
      if (folder === undefined) throw new Error(`${name} is not installed for the tests.`)
      return publishFolder(folder)
    },
    tag(name, tag, version) {
      const packument = packuments.get(name)
      if (packument) packument['dist-tags'][tag] = version
    },
    answerWith: (path, listener) => void answers.set(path, listener),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

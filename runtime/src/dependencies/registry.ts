/** An npm registry: what it knows of packages, and their tarballs. */
import { DependencyError } from './dependency.ts'
import { createDownloader } from './download.ts'
import { isIntact } from './integrity.ts'
import { type Packument, parsePackument } from './manifest.ts'
import { publicRegistry } from './public-registry.ts'
import { createRecentPackuments } from './recent-packuments.ts'
import { createSlots } from './slots.ts'

/** The largest answers of the public registry about one package have some 20 MB. */
const packumentBytes = 33_554_432
const requestsAtOnce = 12

/** A registry that is a mirror may hand out the addresses of the original. */
const originals = [publicRegistry, publicRegistry.replace('https:', 'http:')]

/** Without the parts that cost memory and are not read. */
const accept = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8'

export interface Tarball {
  /** `name@version`, for messages. */
  title: string
  url: string
  integrity: string
  maximumBytes: number
}

export interface Registry {
  packument(name: string, signal: AbortSignal): Promise<Packument>
  /** The bytes, whose integrity was checked. */
  tarball(tarball: Tarball, signal: AbortSignal): Promise<Uint8Array>
}

export const createRegistry = (registryUrl: string): Registry => {
  const base = new URL(registryUrl.endsWith('/') ? registryUrl : `${registryUrl}/`)
  const download = createDownloader(base)
  const inSlot = createSlots(requestsAtOnce)
  const recent = createRecentPackuments()

  const fetchPackument = async (name: string, signal: AbortSignal): Promise<Packument> => {
    const url = new URL(name.replace('/', '%2f'), base)
    const bytes = await inSlot(() => download({ url, accept, maximumBytes: packumentBytes, signal }))
    if (bytes === undefined)
      throw new DependencyError('ERR_DEPENDENCY_UNKNOWN', `The registry has no package '${name}'.`)
    try {
      const packument = parsePackument(Buffer.from(bytes).toString('utf8'))
      recent.keep(name, packument, bytes.byteLength)
      return packument
    } catch {
      throw new DependencyError('ERR_DEPENDENCY_BROKEN', `What the registry says of '${name}' cannot be read.`)
    }
  }

  /** Whoever published the package has written its address: only the registry itself is asked. */
  const tarballUrl = ({ title, url }: Tarball): URL => {
    const target = URL.parse(url, base)
    if (target !== null && originals.includes(target.origin)) return new URL(target.pathname.slice(1), base)
    if (target === null || target.origin !== base.origin)
      throw new DependencyError('ERR_DEPENDENCY_BROKEN', `The tarball of ${title} is not at the registry.`)
    return target
  }

  return {
    packument: async (name, signal) => recent.find(name) ?? fetchPackument(name, signal),

    async tarball(tarball, signal) {
      const { title, integrity, maximumBytes } = tarball
      const url = tarballUrl(tarball)
      const bytes = await inSlot(() => download({ url, accept: '*/*', maximumBytes, signal }))
      if (bytes === undefined)
        throw new DependencyError('ERR_DEPENDENCY_BROKEN', `The registry does not have the tarball of ${title}.`)
      if (!isIntact(bytes, integrity))
        throw new DependencyError(
          'ERR_DEPENDENCY_BROKEN',
          `The tarball of ${title} does not have the integrity ${integrity}.`,
        )
      return bytes
    },
  }
}

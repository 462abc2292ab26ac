/**
 * A package's tarball to the files that can be bundled. Whoever published it is not trusted:
 *
 * - plain files only; a link, a device, or a path that leads out of the package refuses the whole package
 * - bytes are counted as they come out of decompression, those of files that are not kept too
 * - nothing of it is ever executed, and what needs a compiler or holds a binary is refused as native
 */
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Parser, type ReadEntry } from 'tar'
import { naming } from '../limits.ts'
import { DependencyError } from './dependency.ts'
import { pathInPackage } from './tarball-path.ts'

/** Counts down over all packages of a version. */
export interface UnpackBudget {
  readonly bytes: number
  readonly files: number
  bytesLeft: number
  filesLeft: number
}

export const newUnpackBudget = (bytes: number, files: number): UnpackBudget => ({
  ...{ bytes, files },
  ...{ bytesLeft: bytes, filesLeft: files },
})

export type SaveFile = (path: string, content: Buffer) => Promise<void>

/** What Node loads in `node_modules`, and what says how. */
const loadable = /\.(?:c?js|mjs|json)$/
const native = /(?:^|\/)binding\.gyp$|\.node$/
const plainFiles: readonly string[] = ['File', 'OldFile', 'ContiguousFile']
const withoutContent: readonly string[] = ['Directory', 'GNUDumpDir']

/** A file system block: many empty files take more than their bytes. */
const bytesPerEntry = 512

const broken = (title: string, why: string) =>
  new DependencyError('ERR_DEPENDENCY_BROKEN', `The tarball of ${title} ${why}.`)

const nativeError = (title: string) =>
  new DependencyError('ERR_DEPENDENCY_NATIVE', `${title} is a native module: only JavaScript runs here.`)

const spend = (title: string, budget: UnpackBudget, bytes: number): void => {
  budget.bytesLeft -= bytes
  if (budget.bytesLeft < 0) {
    const text = `With ${title} the dependencies unpack to more than ${budget.bytes} bytes ${naming('packageBytes')}.`
    throw new DependencyError('ERR_DEPENDENCY_LIMIT', text)
  }
}

const spendFile = (title: string, budget: UnpackBudget): void => {
  budget.filesLeft -= 1
  if (budget.filesLeft < 0) {
    const text = `With ${title} the dependencies have more than ${budget.files} files.`
    throw new DependencyError('ERR_DEPENDENCY_LIMIT', text)
  }
}

/** Packages that a tarball brings along are not taken from it: the registry has them, with an integrity of their own. */
const isKept = (path: string): boolean => loadable.test(path) && !path.split('/').includes('node_modules')

/** Where the entry goes, if it is kept. Throws for what no package may hold. */
const placeOf = (title: string, { type, path }: Pick<ReadEntry, 'type' | 'path'>): string | undefined => {
  if (withoutContent.includes(type)) return undefined
  if (!plainFiles.includes(type)) throw broken(title, `holds a ${type} entry, and may hold plain files only`)
  const place = pathInPackage(path)
  if (place === undefined) throw broken(title, 'holds a path that leads out of the package')
  if (native.test(place)) throw nativeError(title)
  return isKept(place) ? place : undefined
}

/** The first bytes of gzip: what is compressed twice would be decompressed where nobody counts. */
const isCompressed = (chunk: Buffer): boolean => chunk[0] === 0x1f && chunk[1] === 0x8b

interface UnpackedFile {
  path: string
  content: Buffer
}

export interface PackageTarball {
  /** `name@version`, for messages. */
  title: string
  tarball: Uint8Array
  budget: UnpackBudget
}

/** Gives each file that is kept to `take` as soon as it is complete. */
const openParser = ({ title, budget }: PackageTarball, take: (file: UnpackedFile) => void): Parser =>
  new Parser({
    ...{ strict: true, brotli: false, zstd: false },
    onReadEntry: (entry) => {
      spend(title, budget, bytesPerEntry)
      const path = placeOf(title, entry)
      if (path === undefined) return void entry.resume()
      spendFile(title, budget)
      const chunks: Buffer[] = []
      entry.on('data', (chunk) => chunks.push(chunk))
      entry.on('end', () => take({ path, content: Buffer.concat(chunks) }))
    },
  })

/** Rejects with a `DependencyError`; what was saved by then is of no use. */
export const unpack = async (source: PackageTarball, save: SaveFile): Promise<void> => {
  const { title, tarball, budget } = source
  /** Of two entries with one path the later one counts, as for npm. */
  let complete = new Map<string, Buffer>()
  const parser = openParser(source, ({ path, content }) => complete.set(path, content))
  let failure: unknown
  parser.on('error', (error) => {
    failure ??= error
  })

  const saveComplete = async (): Promise<void> => {
    if (failure !== undefined) throw failure
    const files = complete
    complete = new Map()
    await Promise.all([...files].map(([path, content]) => save(path, content)))
  }

  const parse = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    let isFirst = true
    for await (const chunk of chunks) {
      if (isFirst && isCompressed(chunk)) throw broken(title, 'is compressed twice')
      isFirst = false
      spend(title, budget, chunk.length)
      parser.write(chunk)
      await saveComplete()
    }
    parser.end()
    await saveComplete()
  }

  try {
    await pipeline([Buffer.from(tarball)], createGunzip({ chunkSize: 65_536 }), parse)
  } catch (error) {
    if (error instanceof DependencyError) throw error
    throw broken(title, 'cannot be unpacked')
  }
}

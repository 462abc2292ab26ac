/**
 * Tarballs by their integrity, in a folder that several processes may share.
 *
 * - a file appears whole or not at all, and its name is the digest of what is in it: whoever writes it second writes the same
 * - what is read is checked again: nobody has to trust the folder
 * - the least recently used go when the folder has grown beyond its bound
 */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isIntact, toHex } from './integrity.ts'

export interface PackageCache {
  find(integrity: string): Promise<Uint8Array | undefined>
  keep(integrity: string, tarball: Uint8Array): Promise<void>
  /** Called when a version's packages have been kept: until then the folder may be larger by them. */
  trim(): Promise<void>
}

const suffix = '.tgz'
let writes = 0

/** Bytes on a clock of last use; a file that another process has just removed is not there. */
const listFiles = async (folder: string) => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(suffix))
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const found = await stat(path).catch(() => undefined)
      return found === undefined ? [] : [{ path, bytes: found.size, usedAt: found.mtimeMs }]
    }),
  )
  return files.flat().toSorted((one, other) => other.usedAt - one.usedAt)
}

export const createPackageCache = (folder: string, maximumBytes: number): PackageCache => {
  const pathOf = (integrity: string) => join(folder, `${toHex(integrity)}${suffix}`)

  return {
    async find(integrity) {
      const path = pathOf(integrity)
      const tarball = await readFile(path).catch(() => undefined)
      if (tarball === undefined) return undefined
      if (!isIntact(tarball, integrity)) {
        await rm(path, { force: true })
        return undefined
      }
      const now = Date.now() / 1_000
      await utimes(path, now, now).catch(() => {})
      return tarball
    },

    async keep(integrity, tarball) {
      await mkdir(folder, { recursive: true })
      writes += 1
      const path = pathOf(integrity)
      const unfinished = `${path}.${process.pid}.${writes}`
      try {
        await writeFile(unfinished, tarball, { flag: 'wx' })
        await rename(unfinished, path)
      } finally {
        await rm(unfinished, { force: true })
      }
    },

    async trim() {
      let total = 0
      for (const { path, bytes } of await listFiles(folder).catch(() => [])) {
        total += bytes
        if (total > maximumBytes) await rm(path, { force: true })
      }
    },
  }
}

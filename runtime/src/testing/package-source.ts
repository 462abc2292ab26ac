import { homedir } from 'node:os'
import { join } from 'node:path'
import { createDependencies, type Dependencies } from '../dependencies/create-dependencies.ts'

/**
 * Where the packages of actions come from on this machine: npm's registry, or the one that `NPM_REGISTRY_URL` names, as it
 * does for a server. What was fetched is kept for the next time.
 */
export const openPackageSource = (): Dependencies =>
  createDependencies({
    ...(process.env.NPM_REGISTRY_URL && { registryUrl: process.env.NPM_REGISTRY_URL }),
    folder: join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'interlock', 'packages'),
    cacheBytes: 512 * 1_048_576,
  })

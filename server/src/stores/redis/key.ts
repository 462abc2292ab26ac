/**
 * Every key in Redis. The tenant stands first and in a hash tag: all keys of a tenant lie in one slot of a cluster, so that
 * a script may change several of them. Parts are escaped: none can run over into the next, and the tag cannot be closed.
 */
export const key = (tenant: string, ...parts: readonly string[]): string => {
  if (tenant === '') throw new Error('A key needs a tenant.')
  return `il:{${escapePart(tenant)}}:${parts.map(escapePart).join(':')}`
}

const escapePart = (part: string): string => encodeURIComponent(part.toWellFormed())

/** Limits of what an author may upload, checked before anything is stored. */

import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import { overLimit } from './refusals.ts'

export const checkContentLimits = (
  tenant: Tenant,
  { code, secrets }: { code?: string | undefined; secrets?: readonly unknown[] | undefined },
): void => {
  const { sourceBytes, secrets: mostSecrets } = effectiveLimits(tenant)
  const bytes = Buffer.byteLength(code ?? '')
  if (bytes > sourceBytes) throw overLimit('sourceBytes', { found: bytes, most: sourceBytes, unit: 'bytes of code' })
  const count = secrets?.length ?? 0
  if (count > mostSecrets) throw overLimit('secrets', { found: count, most: mostSecrets, unit: 'secrets' })
}

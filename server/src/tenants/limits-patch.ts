/** A change of a tenant's limits: a number within the catalogue's range, or `null` for the default. */
import { effectiveLimits, limitCatalogue, type TenantLimits } from './limits.ts'

export type LimitName = keyof TenantLimits
export type LimitsPatch = { [Name in LimitName]?: number | null }

const isLimitName = (name: string): name is LimitName => Object.hasOwn(limitCatalogue, name)

/** Answers what is wrong with one entry: it names the limit, the value and the range. */
const checkEntry = (name: string, value: unknown): string | undefined => {
  if (!isLimitName(name)) return `There is no limit named ${name.slice(0, 64)}.`
  if (value === null) return undefined
  const { smallest, largest, unit } = limitCatalogue[name]
  const range = `a whole number from ${smallest} to ${largest} (${unit}), or null for the default`
  if (typeof value !== 'number') return `The limit ${name} must be ${range}.`
  if (Number.isInteger(value) && value >= smallest && value <= largest) return undefined
  return `The limit ${name} cannot be ${value}: it must be ${range}.`
}

/** The first thing that is wrong with a patch, or `undefined`. */
export const checkLimitsPatch = (patch: Record<string, unknown>): string | undefined =>
  Object.entries(patch)
    .map(([name, value]) => checkEntry(name, value))
    .find((refusal) => refusal !== undefined)

/** The tenant's own values after the patch. The default of a limit is not kept: it follows the catalogue. */
export const patchLimits = (own: Partial<TenantLimits>, patch: LimitsPatch): Partial<TenantLimits> =>
  Object.fromEntries(Object.entries({ ...own, ...patch }).filter(([, value]) => value !== null && value !== undefined))

/** Value and default of every limit, as the operator reads them. */
export const listLimits = (tenant: {
  limits: Partial<TenantLimits>
}): { [Name in LimitName]: { value: number; default: number } } => {
  const values = effectiveLimits(tenant)
  const names = Object.keys(limitCatalogue) as LimitName[]
  return Object.fromEntries(
    names.map((name) => [name, { value: values[name], default: limitCatalogue[name].default }]),
  ) as ReturnType<typeof listLimits>
}

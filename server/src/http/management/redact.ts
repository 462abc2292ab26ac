/** What a tenant's log keeps of a management request: everything but what this table takes out. */

interface Rule {
  /** Of a field's name, wherever it stands. */
  name: RegExp
  keeps: 'nothing' | 'names'
  because: string
}

const rules: readonly Rule[] = [
  { name: /^secrets$/i, keeps: 'names', because: 'secrets of actions: their names may be known' },
  {
    name: /secret|password|passwd/i,
    keeps: 'nothing',
    because: 'secrets of clients, seeds of authenticators, passwords',
  },
  {
    name: /token|ticket|assertion|credential/i,
    keeps: 'nothing',
    because: 'whoever has one may do what it stands for',
  },
  { name: /recovery_?code|^otp$|^pin$/i, keeps: 'nothing', because: 'codes that prove who somebody is' },
  { name: /key/i, keeps: 'nothing', because: 'keys of services and of authenticators' },
  { name: /^pem$/i, keeps: 'nothing', because: 'a public key, unless somebody took the wrong file' },
  { name: /^code$/i, keeps: 'nothing', because: 'the source of an action is long, and authors write secrets into it' },
  { name: /^payload$/i, keeps: 'nothing', because: 'the event of a test run may be a real one' },
  { name: /metadata|^configuration$|^options$/i, keeps: 'names', because: 'what tenants keep there is theirs alone' },
]

export const redacted = '[left out]'

const namesIn = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => nameOf(item))
  if (typeof value !== 'object' || value === null) return redacted
  return Object.fromEntries(Object.keys(value).map((name) => [name, redacted]))
}

const nameOf = (item: unknown): unknown =>
  typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string'
    ? { name: item.name }
    : redacted

/** Queries, fragments and user info may carry tokens. */
const withoutParameters = (text: string): string =>
  text.replace(/^(https?:\/\/)(?:[^/?#]*@)?([^?#]*)[?#].*$/is, '$1$2?…').replace(/^(https?:\/\/)[^/?#]*@/i, '$1')

export const redact = (value: unknown): unknown => {
  if (typeof value === 'string') return withoutParameters(value)
  if (Array.isArray(value)) return value.map(redact)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const rule = rules.find((candidate) => candidate.name.test(name))
      if (!rule) return [name, redact(inner)]
      return [name, rule.keeps === 'names' ? namesIn(inner) : redacted]
    }),
  )
}

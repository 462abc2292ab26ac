/** Every limit an operator may set for a tenant: the runtime's own, and those the server enforces. */
import { type BuildLimits, buildLimits, defaultsOf, type Limit, type RunLimits, runLimits } from '@interlock/runtime'

export const serverLimits = {
  boundActions: {
    unit: 'count',
    default: 4,
    smallest: 0,
    largest: 20,
    reason: 'Actions bound to the trigger; each one adds to what the user waits for. The vendor allows 4.',
  },
  actions: {
    unit: 'count',
    default: 100,
    smallest: 1,
    largest: 1_000,
    reason: 'Actions of a tenant, as the vendor allows.',
  },
  versionsKept: {
    unit: 'count',
    default: 50,
    smallest: 2,
    largest: 500,
    reason: 'Versions kept per action; the oldest goes when a new one is made, once no user in a reset needs it.',
  },
  secrets: {
    unit: 'count',
    default: 30,
    smallest: 0,
    largest: 200,
    reason: 'Secrets per action, as the vendor allows.',
  },
  linkMinutes: {
    unit: 'min',
    default: 60,
    smallest: 5,
    largest: 1_440,
    reason: 'Life of a mailed link: long enough for slow mail, short enough for a mailbox read later by somebody else.',
  },
  pauseMinutes: {
    unit: 'min',
    default: 60,
    smallest: 1,
    largest: 1_440,
    reason: 'How long a user may be away at a redirect, or stay on one page, before the reset expires.',
  },
  wrongCodes: {
    unit: 'count',
    default: 10,
    smallest: 3,
    largest: 20,
    reason: 'Wrong codes per user, factor and hour: a six-digit code must not be guessed.',
  },
  resetRequests: {
    unit: 'count',
    default: 10,
    smallest: 1,
    largest: 100,
    reason: 'Reset requests in a burst per address and client IP; one more each minute after that.',
  },
  resetsPerIp: {
    unit: 'count',
    default: 200,
    smallest: 1,
    largest: 100_000,
    reason:
      'Reset requests in ten minutes per client IP (of IPv6: per /64), for any address: nobody asks for everybody’s links. An office may have one IP.',
  },
  resetsPerAddress: {
    unit: 'count',
    default: 50,
    smallest: 1,
    largest: 10_000,
    reason:
      'Reset requests in ten minutes per address, from any IP: nobody keeps the server busy with one user. Its mails are limited by resetRequests.',
  },
  managementBurst: {
    unit: 'count',
    default: 1_000,
    smallest: 1,
    largest: 1_000_000,
    reason: 'Calls of a tenant’s management API in a burst, at one server. The vendor allows 50 to those who pay most.',
  },
  managementRate: {
    unit: 'count',
    default: 100,
    smallest: 1,
    largest: 100_000,
    reason:
      'Calls per second after that, so that a script of one tenant leaves room for the others; one that keeps the database for long counts as several. The vendor allows 16.',
  },
  tokenBurst: {
    unit: 'count',
    default: 30,
    smallest: 1,
    largest: 1_000_000,
    reason:
      'Token requests of a tenant’s clients in a burst, at one server, as the vendor allows. As many of those that show no client are looked at.',
  },
  tokenRate: {
    unit: 'count',
    default: 30,
    smallest: 1,
    largest: 100_000,
    reason: 'Token requests per second after that: a token is good for a day, and one is all a program needs.',
  },
  clients: {
    unit: 'count',
    default: 1_000,
    smallest: 1,
    largest: 5_000,
    reason: 'Applications of a tenant: lists of them, and of what connections are enabled for, are read whole.',
  },
  connections: {
    unit: 'count',
    default: 1_000,
    smallest: 1,
    largest: 5_000,
    reason: 'Connections of a tenant: the management API answers each with the applications it is enabled for.',
  },
  roles: {
    unit: 'count',
    default: 1_000,
    smallest: 1,
    largest: 10_000,
    reason: 'Roles of a tenant, as the vendor allows.',
  },
  rolesPerUser: {
    unit: 'count',
    default: 50,
    smallest: 1,
    largest: 1_000,
    reason: 'Roles of one user, as the vendor allows: every run is told all their names.',
  },
  factorsPerUser: {
    unit: 'count',
    default: 100,
    smallest: 1,
    largest: 1_000,
    reason:
      'Factors of one user, whoever adds them: every reset reads them all, and offers those that may be asked for.',
  },
  organizations: {
    unit: 'count',
    default: 100_000,
    smallest: 1,
    largest: 1_000_000,
    reason: 'Organizations of a tenant, as the vendor allows.',
  },
  logStreams: {
    unit: 'count',
    default: 10,
    smallest: 0,
    largest: 100,
    reason: 'Live logs of a tenant open at one server: each holds a connection, and reads every entry anew.',
  },
  logDays: {
    unit: 'days',
    default: 10,
    smallest: 1,
    largest: 365,
    reason: 'How long log entries and executions are kept. With what it printed, a run may take 256 KiB.',
  },
} as const satisfies Record<string, Limit>

export type ServerLimits = { [Name in keyof typeof serverLimits]: number }
export type TenantLimits = RunLimits & BuildLimits & ServerLimits

/** The whole catalogue, as the operator API lists it. */
export const limitCatalogue: { [Name in keyof TenantLimits]: Limit } = { ...runLimits, ...buildLimits, ...serverLimits }

const defaults = defaultsOf(limitCatalogue)

/** What counts for a tenant now: the catalogue's defaults under its own values. */
export const effectiveLimits = (tenant: { limits: Partial<TenantLimits> }): TenantLimits => ({
  ...defaults,
  ...tenant.limits,
})

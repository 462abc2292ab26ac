/**
 * Every limit of one handler run, with the reason for its figures. The caller hands the values in with each call;
 * nothing here is ambient, and nothing is listed that is not enforced.
 */

/** One row of a limits catalogue. Values are whole numbers in `unit`. */
export interface Limit {
  unit: 'ms' | 'min' | 'days' | 'MB' | 'bytes' | 'count'
  default: number
  smallest: number
  largest: number
  reason: string
}

export const runLimits = {
  cpuMs: {
    unit: 'ms',
    default: 2_000,
    smallest: 50,
    largest: 20_000,
    reason: 'Processor time of one handler run, module load included. Waiting costs nothing; a loop ends here.',
  },
  wallMs: {
    unit: 'ms',
    default: 20_000,
    smallest: 500,
    largest: 60_000,
    reason: 'Clock time of all actions of one leg, before and after a pause counted apart: the user is waiting.',
  },
  heapMb: {
    unit: 'MB',
    default: 64,
    smallest: 16,
    largest: 512,
    reason: 'V8 heap of one action version. Small actions use about 2 MB; large SDKs need 20 to 40.',
  },
  externalMb: {
    unit: 'MB',
    default: 32,
    smallest: 1,
    largest: 512,
    reason:
      'ArrayBuffers of one action version, counted whenever its code comes to rest. All of them count as heap as well.',
  },
  outputBytes: {
    unit: 'bytes',
    default: 262_144,
    smallest: 4_096,
    largest: 1_048_576,
    reason:
      'Console text of one run in UTF-8, as the vendor keeps it. What is beyond is cut; commands beyond it, or 64 kB, fail the run.',
  },
  timers: {
    unit: 'count',
    default: 100,
    smallest: 1,
    largest: 1_000,
    reason: 'Timers pending at the same time. Each one holds memory outside of the isolate.',
  },
  egressRequests: {
    unit: 'count',
    default: 20,
    smallest: 0,
    largest: 100,
    reason: 'Requests of one handler run over the network, redirects not counted. 0 keeps a tenant off the network.',
  },
  egressBytes: {
    unit: 'bytes',
    default: 1_048_576,
    smallest: 1_024,
    largest: 4_194_304,
    reason: 'Body of one answer after decompression: a small one can unpack into gigabytes.',
  },
  egressMs: {
    unit: 'ms',
    default: 10_000,
    smallest: 100,
    largest: 30_000,
    reason: 'Clock time of one request with its redirects, up to the last byte: a slow server ends here.',
  },
  egressConcurrent: {
    unit: 'count',
    default: 5,
    smallest: 1,
    largest: 10,
    reason: 'Requests of one handler run under way at the same time. Further ones wait for their turn.',
  },
  concurrentRuns: {
    unit: 'count',
    default: 64,
    smallest: 1,
    largest: 1_000,
    reason:
      'Handler runs of a tenant under way at once. Further ones wait for their turn, 10 s at most. One process takes 64.',
  },
  runsPerMinute: {
    unit: 'count',
    default: 6_000,
    smallest: 1,
    largest: 1_000_000,
    reason: 'Handler runs of a tenant, in a burst or spread over the minute: more than resets by people need.',
  },
} as const satisfies Record<string, Limit>

export const buildLimits = {
  sourceBytes: {
    unit: 'bytes',
    default: 102_400,
    smallest: 1_024,
    largest: 1_048_576,
    reason: 'Source of one action in UTF-8: the vendor accepts 100 kB.',
  },
  artifactBytes: {
    unit: 'bytes',
    default: 8_388_608,
    smallest: 16_384,
    largest: 33_554_432,
    reason:
      'Bundled code of one version. The largest SDKs have 4 MB and fit in twice; a short source can ask for gigabytes.',
  },
  buildMs: {
    unit: 'ms',
    default: 5_000,
    smallest: 500,
    largest: 30_000,
    reason: 'Clock time of one build: an honest action takes tens of milliseconds, a hostile one never ends.',
  },
  buildMb: {
    unit: 'MB',
    default: 512,
    smallest: 64,
    largest: 2_048,
    reason:
      'Memory of the compiler in one build: 100 kB of honest source take about 20, a short hostile one all there is.',
  },
  dependencies: {
    unit: 'count',
    default: 10,
    smallest: 0,
    largest: 50,
    reason: 'npm packages an action may name, as the vendor allows. 0 keeps a tenant off the registry.',
  },
  packages: {
    unit: 'count',
    default: 300,
    smallest: 1,
    largest: 1_000,
    reason: 'Packages of one version with all they depend on. The client of one AWS service brings about 60.',
  },
  packageBytes: {
    unit: 'bytes',
    default: 134_217_728,
    smallest: 1_048_576,
    largest: 1_073_741_824,
    reason: 'What the packages of one version unpack to, bundled or not: version 2 of the AWS SDK has 95 MB.',
  },
  packagesMs: {
    unit: 'ms',
    default: 60_000,
    smallest: 1_000,
    largest: 300_000,
    reason: 'Clock time to fetch the packages of one version, and again to bundle them: a slow registry ends here.',
  },
} as const satisfies Record<string, Limit>

export type RunLimits = { [Name in keyof typeof runLimits]: number }
export type BuildLimits = { [Name in keyof typeof buildLimits]: number }

/** How a message names the limit that was exceeded, and what was reached where that is known. */
export const naming = (name: keyof RunLimits | keyof BuildLimits, reached?: number): string => {
  const { unit }: Limit = { ...runLimits, ...buildLimits }[name]
  const amount = reached === undefined ? '' : `, reached: ${Math.ceil(reached)}${unit === 'count' ? '' : ` ${unit}`}`
  return `(limit "${name}"${amount})`
}

type Catalogue = Record<string, Limit>

/** The default value of every row of a catalogue. */
export const defaultsOf = <C extends Catalogue>(catalogue: C): { [Name in keyof C]: number } =>
  Object.fromEntries(Object.entries(catalogue).map(([name, limit]) => [name, limit.default])) as {
    [Name in keyof C]: number
  }

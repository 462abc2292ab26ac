import type { Environment, GuestFigures, PackageFigures, Result, Use } from '../results.ts'
import { toFigure, toTable } from './table.ts'

export const toEnvironmentSection = ({ machine, prelude, uses, packages }: Result<Environment>): string[] => [
  '',
  '## Environment',
  '',
  `Written by \`node bench/environment.ts\`: ${machine}.`,
  '',
  "### What the guest's own code adds",
  '',
  'An empty action in a warm isolate, with the whole environment and with the bridge and `api` alone. Processor time has the',
  'making of the next context in it; the heap is that of a new isolate after its first run.',
  '',
  ...toTable(guestHead, [
    toGuestRow('bridge and `api` alone', prelude.bare),
    toGuestRow('the whole environment', prelude.whole),
    toRatioRow(prelude.whole, prelude.bare),
  ]),
  '',
  '### What the first use of a part takes',
  '',
  'Parts are evaluated when they are first used in a run. An action that does only this, beside one that does nothing.',
  '',
  ...toTable(useHead, uses[0] ? uses.map((use) => toUseRow(use, uses[0] as Use)) : []),
  '',
  '### Packages',
  '',
  'Each action makes a client, or signs, parses, groups, and asks for the same challenge as the seed action; nothing is sent.',
  '"Cold": the first run in a process that has nothing of the version; "prepared": the same with what was made at its build;',
  '"made ahead": runs whose context was there, by far the most. × is the same figure of the seed action.',
  '',
  ...toTable(packageHead, packages[0] ? packages.map((row) => toPackageRow(row, packages[0] as PackageFigures)) : []),
]

const kilobytes = (bytes: number): string => toFigure(Math.round(bytes / 1_024))

const guestHead = ['guest', 'script kB', 'snapshot kB', 'heap kB', 'p50 ms', 'CPU ms per run']

const toGuestRow = (name: string, { scriptBytes, snapshotBytes, heapBytes, p50, cpuMsPerRun }: GuestFigures) => [
  name,
  ...[scriptBytes, snapshotBytes, heapBytes].map(kilobytes),
  ...[p50, cpuMsPerRun].map(toFigure),
]

const toRatioRow = (whole: GuestFigures, bare: GuestFigures) => [
  'ratio',
  ...(['scriptBytes', 'snapshotBytes', 'heapBytes', 'p50', 'cpuMsPerRun'] as const).map((key) =>
    toFigure(whole[key] / bare[key]),
  ),
]

const useHead = ['use', 'p50 ms', 'more than nothing, ms', 'CPU ms per run', 'heap kB']

const toUseRow = ({ name, p50, cpuMsPerRun, heapBytes }: Use, nothing: Use) => [
  name === 'nothing' ? name : `\`${name}\``,
  ...[p50, p50 - nothing.p50, cpuMsPerRun].map(toFigure),
  kilobytes(heapBytes),
]

const packageHead = [
  'action with',
  'code kB',
  'snapshot',
  'cold ms',
  '×',
  'prepared ms',
  '×',
  'made ahead ms',
  '×',
  'heap MB',
]

const toPackageRow = (row: PackageFigures, seed: PackageFigures) => [
  row.name,
  kilobytes(row.codeBytes),
  row.snapshot,
  ...(['coldP50', 'preparedP50', 'aheadP50'] as const).flatMap((key) => [row[key], row[key] / seed[key]].map(toFigure)),
  toFigure(row.heapBytes / 1_048_576),
]

import type { Comparison } from '../compare.ts'
import type { Figures } from '../measure.ts'
import type { Result, Results } from '../results.ts'
import { toFigure, toTable } from './table.ts'

export const toComparisonsSection = ({ machine, comparisons }: Result<Results['comparisons']>): string[] => [
  '',
  '## Comparisons',
  '',
  `Written by \`pnpm bench\`: ${machine}.`,
  'Other work on the machine meets all subjects of a table alike, so read the ratios. "× first" is the p50 of that line divided',
  'by the p50 of the first line; processor time is that of all processes that take part (the client over HTTP, too), what they',
  'do after the answer included; runs per second and core are what that time allows. A pause before a run makes every way dearer,',
  'the bare echo too: processor times of two tables are not to be compared.',
  ...comparisons.flatMap(toPart),
]

const head = ['way', 'runs', 'p50 ms', 'p99 ms', '× first', 'CPU ms per run', 'CPU × first', 'runs/s per core']

const toPart = ({ title, figures }: Comparison): string[] => {
  const [first] = figures
  return ['', `### ${title}`, '', ...toTable(head, first ? figures.map((line) => toRow(line, first)) : [])]
}

const toRow = ({ name, runs, p50, p99, cpuMsPerRun }: Figures, first: Figures): string[] => [
  name,
  ...[runs, p50, p99, p50 / first.p50, cpuMsPerRun, cpuMsPerRun / first.cpuMsPerRun].map(toFigure),
  String(Math.round(1_000 / cpuMsPerRun)),
]

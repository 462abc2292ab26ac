/** The figures as a page. Ratios first: absolute figures are of one machine at one hour. */
import { availableParallelism, cpus } from 'node:os'
import type { Comparison } from './compare.ts'
import type { Figures } from './measure.ts'

export const toMarkdown = (comparisons: readonly Comparison[]): string =>
  [
    '# Performance',
    '',
    `Written by \`pnpm bench\`: Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}).`,
    'Other work on the machine meets all subjects of a table alike, so read the ratios. "× execute()" is the p50 of that line',
    'divided by the p50 of `execute()`; processor time is that of all processes that take part, what they do after the',
    'answer included; runs per second and core are what that time allows.',
    ...comparisons.flatMap(toSection),
    '',
  ].join('\n')

const toSection = ({ title, figures }: Comparison): string[] => {
  const [ours] = figures
  return [
    '',
    `## ${title}`,
    '',
    '| way | runs | p50 ms | p99 ms | × execute() | CPU ms per run | CPU × execute() | runs/s per core |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...figures.map((line) => toRow(line, ours)),
  ]
}

const toRow = ({ name, runs, p50, p99, cpuMsPerRun }: Figures, ours: Figures | undefined): string => {
  const ratio = (mine: number, theirs = Number.NaN) => round(mine / theirs)
  const cells = [name, runs, round(p50), round(p99), ratio(p50, ours?.p50), round(cpuMsPerRun)]
  return `| ${[...cells, ratio(cpuMsPerRun, ours?.cpuMsPerRun), Math.round(1_000 / cpuMsPerRun)].join(' | ')} |`
}

/** Three digits, and no exponents. */
const round = (value: number): string => (value >= 100 ? String(Math.round(value)) : value.toPrecision(3))

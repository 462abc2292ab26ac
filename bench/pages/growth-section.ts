import type { Growth, GrowthStep, Result } from '../results.ts'
import { axisFor, drawChart } from './chart.ts'
import { toFigure, toTable } from './table.ts'

export const toGrowthSection = ({ machine, budgetMb, pauseMs, steps }: Result<Growth>): string[] => {
  const [alone] = steps
  return [
    '',
    '## Growth',
    '',
    `Written by \`node bench/growth.ts\`: ${machine}. One action each for so many tenants, called one at a time as often as Zipf's`,
    `law says (${pauseMs} ms between calls on average), with a budget of ${budgetMb} MB for sandbox processes. "Hot" are the runs of`,
    'the ten busiest tenants that found their process; "cold" is the first run of a tenant that has none. Memory is the',
    'proportional set size.',
    '',
    '![Memory and times by number of tenants](pictures/growth.svg)',
    '',
    ...toTable(head, alone ? steps.map((step) => toRow(step, alone)) : []),
  ]
}

const head = [
  'tenants',
  'runs',
  'hot p50 ms',
  '× one tenant',
  'cold p50 ms',
  'cold p95 ms',
  'cold × hot',
  'cold starts',
  'evictions',
  'processes at the end',
  'sandbox MB, median',
  'sandbox MB, highest',
  'server MB',
]

const toRow = (step: GrowthStep, alone: GrowthStep): string[] => [
  step.tenants.toLocaleString('en'),
  ...[step.runs, step.hotP50, step.hotP50 / alone.hotP50, step.coldP50, step.coldP95].map(toFigure),
  toFigure(step.coldP50 && step.coldP50 / step.hotP50),
  ...[step.coldStarts, step.evictions, step.processes].map(String),
  ...[step.sandboxMb.median, step.sandboxMb.highest, step.serverMb].map((megabytes) => String(Math.round(megabytes))),
]

export const drawGrowth = ({ budgetMb, steps }: Growth): string => {
  const x = { label: 'tenants', scale: 'log', ticks: steps.map(({ tenants }) => tenants) } as const
  const points = (of: (step: GrowthStep) => number | undefined) =>
    steps.flatMap((step): [number, number][] => {
      const y = of(step)
      return y === undefined ? [] : [[step.tenants, y]]
    })
  const highest = Math.max(budgetMb, ...steps.map(({ sandboxMb }) => sandboxMb.highest))
  return drawChart([
    {
      title: 'Memory',
      x,
      y: axisFor('MB (proportional set size)', [highest]),
      lines: [
        { label: 'sandboxes, highest', points: points(({ sandboxMb }) => sandboxMb.highest) },
        { label: 'sandboxes, median', points: points(({ sandboxMb }) => sandboxMb.median) },
        { label: 'server', points: points(({ serverMb }) => serverMb) },
      ],
      bound: { label: 'budget', at: budgetMb },
    },
    {
      title: 'Time of a run',
      x,
      y: { label: 'ms, each line ten times the one below', scale: 'log', ticks: [0.1, 1, 10, 100, 1_000] },
      lines: [
        { label: 'cold tenant, p95', points: points(({ coldP95 }) => coldP95) },
        { label: 'cold tenant, p50', points: points(({ coldP50 }) => coldP50) },
        { label: 'ten busiest, p50', points: points(({ hotP50 }) => hotP50) },
      ],
    },
    {
      title: 'Runs that found no process of their tenant',
      x,
      y: { label: 'per cent', scale: 'linear', ticks: [0, 20, 40, 60, 80, 100] },
      lines: [{ label: 'cold starts', points: points(({ coldStarts, runs }) => (coldStarts / runs) * 100) }],
    },
  ])
}

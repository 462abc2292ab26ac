import type { AttackedNeighbours, Faults, Overstay, Result } from '../results.ts'
import { toFigure, toTable } from './table.ts'

export const toFaultsSection = ({ machine, waitMs, attacks, overstays }: Result<Faults>): string[] => [
  '',
  '## Faults',
  '',
  `Written by \`node bench/faults.ts\`: ${machine}.`,
  '',
  '### 200 runs in flight over 20 tenants, beside one that loses its process every time',
  '',
  `Each handler of the 20 waits ${waitMs} ms; "beyond the wait" is what a run takes without that. "Worst ratio" is that of the tenant`,
  'that came off worst: its p95 beside the attack, divided by its own p95 in the quiet before it.',
  '',
  ...toTable(neighboursHead, attacks.map(toNeighboursRow)),
  '',
  '### How long a process outlives its deadline',
  '',
  'From the moment at which a run has used its processor time, or its clock time is over, until its process has exited (milliseconds). "Busy":',
  'beside a process that never rests for each processor, at ordinary priority. 0: it was gone before, because inside the process the',
  'clock stands in for processor time, within bounds ([decision 0003](decisions/0003-sandbox-processes.md)).',
  '',
  ...toTable(overstayHead, overstays.map(toOverstayRow)),
]

const neighboursHead = [
  'attack',
  'attacks',
  'processes lost',
  'runs of others',
  'failed',
  'quiet p50 / p95, beyond the wait',
  'beside p50 / p95, beyond the wait',
  'worst ratio',
  'worst ratio beyond the wait',
  'breakers',
]

const toNeighboursRow = (row: AttackedNeighbours): string[] => [
  row.attack,
  ...[row.attacks, row.processesLost, row.quiet.runs + row.beside.runs, row.failuresOfOthers].map(String),
  ...[row.quiet, row.beside].map(({ p50, p95 }) => `${toFigure(p50)} / ${toFigure(p95)}`),
  ...[row.worstRatio, row.worstRatioBeyondWait].map(toFigure),
  row.breakers.join(', '),
]

const overstayHead = ['attack', 'machine', 'tries', 'p50', 'p95', 'highest', 'processor time used, p50']

const toOverstayRow = ({ attack, load, tries, p50, p95, highest, cpuMsP50 }: Overstay): string[] => [
  attack,
  load,
  String(tries),
  ...[p50, p95, highest, cpuMsP50].map((ms) => String(Math.round(ms))),
]

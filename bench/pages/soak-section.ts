import type { Result, Soak, SoakSample } from '../results.ts'
import { judgeSoak } from '../soak-verdict.ts'
import { axisFor, drawChart } from './chart.ts'
import { toFigure, toTable } from './table.ts'

export const toSoakSection = (soak: Result<Soak>): string[] => {
  const { rule, rows, isFlat } = judgeSoak(soak)
  const counts = (words: Record<string, number>) =>
    Object.entries(words)
      .map(([word, count]) => `${word} ${count.toLocaleString('en')}`)
      .join(', ')
  return [
    '',
    '## Soak',
    '',
    `Written by \`node bench/soak.ts\`: ${soak.machine}. ${soak.runs.toLocaleString('en')} runs of ${soak.tenants} tenants, ${soak.versions} versions`,
    'deployed and dropped on the way. A process keeps the versions it has run until there are too many of them; it is then replaced.',
    `Runs by ending: ${counts(soak.endings)}. Processes by end: ${counts(soak.processesByEnd)}.`,
    '',
    '![Memory, files, timers and processes over time](pictures/soak.svg)',
    '',
    ...toTable(
      ['', 'early', 'late', 'grown by', 'verdict'],
      rows.map(({ name, early, late, flat }) => [
        name,
        toFigure(early),
        toFigure(late),
        toFigure(late - early),
        flat ? 'flat' : 'grows',
      ]),
    ),
    '',
    `Verdict: **${isFlat ? 'flat' : 'not flat'}**. ${rule}`,
  ]
}

export const drawSoak = ({ samples }: Soak): string => {
  const x = axisFor(
    'thousand runs',
    [samples.at(-1)?.runs ?? 0].map((runs) => runs / 1_000),
  )
  const line = (label: string, of: (sample: SoakSample) => number) => ({
    label,
    points: samples.map((sample): [number, number] => [sample.runs / 1_000, of(sample)]),
  })
  const panel = (title: string, unit: string, lines: ReturnType<typeof line>[]) => ({
    title,
    x,
    y: axisFor(
      unit,
      lines.flatMap(({ points }) => points.map(([, y]) => y)),
    ),
    lines,
  })
  return drawChart([
    panel('Memory', 'MB (proportional set size; heap: in use after a collection)', [
      line('sandbox processes', ({ childrenMb }) => childrenMb),
      line('server', ({ serverMb }) => serverMb),
      line("server's heap", ({ serverHeapMb }) => serverHeapMb),
    ]),
    panel('Files, timers, processes', 'count', [
      line('open files', ({ files }) => files),
      line('timers', ({ timers }) => timers),
      line('sandbox processes', ({ processes }) => processes),
    ]),
  ])
}

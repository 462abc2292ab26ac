/** Line charts as SVG: one panel below the other, each with axes of its own. Readable on a light and on a dark page. */

export interface Axis {
  label: string
  scale: 'linear' | 'log'
  /** Where lines and labels are; the first and the last are the ends of the axis. */
  ticks: readonly number[]
}

export interface Line {
  label: string
  points: readonly (readonly [x: number, y: number])[]
}

export interface Panel {
  title: string
  x: Axis
  y: Axis
  lines: readonly Line[]
  /** Drawn across as a broken line, with its label at the left. */
  bound?: { label: string; at: number }
}

export const drawChart = (panels: readonly Panel[]): string => {
  const height = panels.length * panelHeight + 8
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeText(panels.map(({ title }) => title).join('; '))}</title>`,
    `<style>${style}</style>`,
    `<rect class="page" width="${width}" height="${height}" rx="6"/>`,
    ...panels.map((panel, index) => `<g transform="translate(0 ${index * panelHeight})">${drawPanel(panel)}</g>`),
    '</svg>',
    '',
  ].join('\n')
}

const drawPanel = ({ title, x, y, lines, bound }: Panel): string => {
  const xAt = placing(x, [left, right])
  const yAt = placing(y, [bottom, top])
  const across = (at: number, kind: string) => `<path class="${kind}" d="M${left} ${at}H${right}"/>`
  return [
    `<text class="title" x="${left}" y="26">${escapeText(title)}</text>`,
    `<text x="${left}" y="46">${escapeText(y.label)}</text>`,
    ...y.ticks.map((tick) => across(yAt(tick), 'grid') + text(left - 8, yAt(tick) + 4, 'end')(toLabel(tick))),
    ...x.ticks.map((tick) => text(xAt(tick), bottom + 18, 'middle')(toLabel(tick))),
    text(right, bottom + 36, 'end')(x.label),
    bound ? across(yAt(bound.at), 'bound') + text(left + 8, yAt(bound.at) - 6, 'start')(bound.label) : '',
    ...drawLines(lines, ([px, py]) => [xAt(px), yAt(py)]),
  ].join('')
}

type Place = (point: readonly [number, number]) => [number, number]

const drawLines = (lines: readonly Line[], place: Place): string[] => {
  const ends = apart(lines.map(({ points }) => place(points.at(-1) ?? [0, 0])[1]))
  return lines.map(({ label, points }, index) => {
    const placed = points.map(place)
    const path = placed.map(([px, py]) => `${toShort(px)} ${toShort(py)}`).join('L')
    const dots = placed.length > mostDots ? [] : placed
    return [
      `<path class="line c${index}" d="M${path}"/>`,
      ...dots.map(([px, py]) => `<circle class="c${index}" cx="${toShort(px)}" cy="${toShort(py)}" r="3.5"/>`),
      `<circle class="c${index}" cx="${right + 13}" cy="${(ends[index] ?? 0) - 1}" r="4"/>`,
      text(right + 22, (ends[index] ?? 0) + 3, 'start')(label),
    ].join('')
  })
}

/** Labels of lines that end at the same height would cover each other. */
const apart = (heights: readonly number[]): number[] => {
  const placed: number[] = []
  const order = heights.map((_, index) => index).toSorted((one, other) => (heights[one] ?? 0) - (heights[other] ?? 0))
  let next = 0
  for (const index of order) {
    placed[index] = Math.max(heights[index] ?? 0, next)
    next = (placed[index] ?? 0) + labelHeight
  }
  return placed
}

const placing = ({ scale, ticks }: Axis, [from, to]: readonly [number, number]) => {
  const toScale = (value: number) => (scale === 'log' ? Math.log10(value) : value)
  const low = toScale(ticks[0] ?? 0)
  const high = toScale(ticks.at(-1) ?? 1)
  return (value: number) => from + ((toScale(value) - low) / (high - low || 1)) * (to - from)
}

const text = (x: number, y: number, anchor: 'start' | 'middle' | 'end') => (content: string) =>
  `<text x="${toShort(x)}" y="${toShort(y)}" text-anchor="${anchor}">${escapeText(content)}</text>`

const toShort = (value: number) => String(Math.round(value * 10) / 10)
const toLabel = (value: number) => value.toLocaleString('en')
const escapeText = (content: string) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A round axis from 0 that holds every value. */
export const axisFor = (label: string, values: readonly number[]): Axis => {
  const highest = Math.max(...values, 1)
  const step = 10 ** Math.floor(Math.log10(highest))
  const unit = [step / 5, step / 2, step, 2 * step].find((size) => highest / size <= 6) ?? step
  const count = Math.ceil(highest / unit)
  return { label, scale: 'linear', ticks: Array.from({ length: count + 1 }, (_, n) => n * unit) }
}

const width = 760
const panelHeight = 290
const left = 64
const right = 590
const top = 60
const bottom = 236
const labelHeight = 16
/** Beyond it a line is dense enough to be seen without them. */
const mostDots = 12

const style = `
.page{fill:#fff}text{font:12px system-ui,sans-serif;fill:#52514e}.title{font-size:14px;font-weight:600;fill:#0b0b0b}
.grid{stroke:#e3e2de;fill:none}.bound{stroke:#52514e;stroke-dasharray:5 4;fill:none}.line{fill:none;stroke-width:2;stroke-linejoin:round}
.line.c0{stroke:#2a78d6}.line.c1{stroke:#d9601a}.line.c2{stroke:#0f8f6c}circle.c0{fill:#2a78d6}circle.c1{fill:#d9601a}circle.c2{fill:#0f8f6c}
@media(prefers-color-scheme:dark){.page{fill:#1a1a19}text{fill:#c3c2b7}.title{fill:#fff}.grid{stroke:#34332f}.bound{stroke:#c3c2b7}
.line.c0{stroke:#5aa2f2}.line.c1{stroke:#f08a4b}.line.c2{stroke:#3fc49b}circle.c0{fill:#5aa2f2}circle.c1{fill:#f08a4b}circle.c2{fill:#3fc49b}}`

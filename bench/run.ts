/** `pnpm bench`: prints what the comparisons came to on this machine. */
import { availableParallelism, cpus } from 'node:os'
import { compare } from './execute.bench.ts'

const { figures, ratio } = await compare({ warmUp: 50, counted: 500 })

console.log(`Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown processor'}\n`)
for (const { name, p50, p99 } of figures) {
  console.log(`${name.padEnd(42)} p50 ${p50.toFixed(2).padStart(6)} ms   p99 ${p99.toFixed(2).padStart(6)} ms`)
}
console.log(`\nexecute() takes 1/${ratio.toFixed(1)} of the time of a new isolate per run.`)

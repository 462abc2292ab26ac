/** `pnpm bench`: prints what the comparisons came to on this machine, and writes it to docs/performance.md. */
import { writeFile } from 'node:fs/promises'
import { compare, plans } from './compare.ts'
import { toMarkdown } from './report.ts'

const comparisons = []
for (const plan of plans) {
  console.log(`${plan.title} …`)
  comparisons.push(await compare(plan))
}
const page = toMarkdown(comparisons)
console.log(`\n${page}`)
await writeFile(new URL('../docs/performance.md', import.meta.url), page)

/** `pnpm bench`: prints what the comparisons came to on this machine, and writes them to docs/performance.md. */
import { compare, plans } from './compare.ts'
import { describeMachine } from './machine.ts'
import { toComparisonsSection } from './pages/comparisons-section.ts'
import { writePerformancePage } from './pages/performance-page.ts'
import { saveResult } from './results.ts'

const comparisons = []
for (const plan of plans) {
  console.log(`${plan.title} …`)
  comparisons.push(await compare(plan))
}
console.log(toComparisonsSection({ machine: describeMachine(), comparisons }).join('\n'))
await saveResult('comparisons', { comparisons })
await writePerformancePage()

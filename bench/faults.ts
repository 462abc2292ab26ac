/** What a tenant that loses its process every time costs the others, and how long its processes live. */
import { measureNeighbours } from './fault-neighbours.ts'
import { measureOverstays } from './fault-overstays.ts'
import { writePerformancePage } from './pages/performance-page.ts'
import { saveResult } from './results.ts'

const { waitMs, attacks } = await measureNeighbours()
console.table(attacks)
const overstays = await measureOverstays()
console.table(overstays)
await saveResult('faults', { waitMs, attacks, overstays })
await writePerformancePage()

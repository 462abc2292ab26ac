/** What the environment of actions costs: the guest's own code in every run and isolate, and the packages authors require. */
import { measurePackages } from './environment-packages.ts'
import { measureGuest } from './environment-prelude.ts'
import { writePerformancePage } from './pages/performance-page.ts'
import { saveResult } from './results.ts'

const guest = await measureGuest()
console.table(guest.prelude)
console.table(guest.uses)
const packages = await measurePackages()
console.table(packages)
await saveResult('environment', { ...guest, packages })
await writePerformancePage()

/** docs/performance.md and its pictures, made of what was measured last. */
import { mkdir, writeFile } from 'node:fs/promises'
import { readResult } from '../results.ts'
import { toAimsSection } from './aims.ts'
import { toComparisonsSection } from './comparisons-section.ts'
import { toFaultsSection } from './faults-section.ts'
import { drawGrowth, toGrowthSection } from './growth-section.ts'
import { drawSoak, toSoakSection } from './soak-section.ts'

const docs = new URL('../../docs/', import.meta.url)

export const writePerformancePage = async (): Promise<void> => {
  const comparisons = readResult('comparisons')
  const growth = readResult('growth')
  const faults = readResult('faults')
  const soak = readResult('soak')
  const page = [
    '# Performance',
    '',
    `Written by the scripts of \`bench/\`; the comparisons by \`pnpm bench\`: ${comparisons?.machine ?? 'not measured'}. Absolute`,
    'figures are of one machine at one hour.',
    '',
    ...toAimsSection({ comparisons, growth, faults, soak }),
    ...(comparisons ? toComparisonsSection(comparisons) : []),
    ...(growth ? toGrowthSection(growth) : []),
    ...(faults ? toFaultsSection(faults) : []),
    ...(soak ? toSoakSection(soak) : []),
    '',
  ]
  await writeFile(new URL('performance.md', docs), page.join('\n'))
  await mkdir(new URL('pictures/', docs), { recursive: true })
  if (growth) await writeFile(new URL('pictures/growth.svg', docs), drawGrowth(growth))
  if (soak) await writeFile(new URL('pictures/soak.svg', docs), drawSoak(soak))
}

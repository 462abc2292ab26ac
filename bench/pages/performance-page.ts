/** docs/performance.md and its pictures, made of what was measured last. */
import { mkdir, writeFile } from 'node:fs/promises'
import { readResult } from '../results.ts'
import { toAimsSection } from './aims.ts'
import { toComparisonsSection } from './comparisons-section.ts'
import { toEnvironmentSection } from './environment-section.ts'
import { toFaultsSection } from './faults-section.ts'
import { drawGrowth, toGrowthSection } from './growth-section.ts'
import { toManagementSection } from './management-section.ts'
import { drawSoak, toSoakSection } from './soak-section.ts'

/** File names below docs/, with their contents. */
export const renderPerformance = (): Record<string, string> => {
  const comparisons = readResult('comparisons')
  const growth = readResult('growth')
  const faults = readResult('faults')
  const soak = readResult('soak')
  const environment = readResult('environment')
  const management = readResult('management')
  const page = [
    '# Performance',
    '',
    'Written by the scripts of `bench/` from what they measured last. Absolute figures are of one machine at one hour.',
    '',
    ...toAimsSection({ comparisons, growth, faults, soak, environment }),
    ...(comparisons ? toComparisonsSection(comparisons) : []),
    ...(environment ? toEnvironmentSection(environment) : []),
    ...(growth ? toGrowthSection(growth) : []),
    ...(faults ? toFaultsSection(faults) : []),
    ...(soak ? toSoakSection(soak) : []),
    ...(management ? toManagementSection(management) : []),
    '',
  ]
  return {
    'performance.md': page.join('\n'),
    ...(growth && { 'pictures/growth.svg': drawGrowth(growth) }),
    ...(soak && { 'pictures/soak.svg': drawSoak(soak) }),
  }
}

const docs = new URL('../../docs/', import.meta.url)

export const writePerformancePage = async (): Promise<void> => {
  await mkdir(new URL('pictures/', docs), { recursive: true })
  for (const [name, content] of Object.entries(renderPerformance())) await writeFile(new URL(name, docs), content)
}

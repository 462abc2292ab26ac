/** Node's `perf_hooks`: the globals of the web, where this context has them. */
import { shaped } from './shaped.ts'

const names = ['performance', 'Performance', 'PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure'] as const
const present = names.map((name) => [name, Reflect.get(globalThis, name)] as const).filter(([, value]) => value)

export const exported = shaped('perf_hooks', 'a run does not measure the server', {
  ...Object.fromEntries(present),
  constants: {},
})

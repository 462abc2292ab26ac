/**
 * Executes tenants' actions for one trigger, each tenant in sandbox processes of its own. Knows no HTTP, no users and no
 * store: any Node service may use it.
 */

export {
  type CacheRecord,
  type Command,
  cacheRecord,
  type FactorSelector,
  type FactorType,
  factorSelector,
  factorTypes,
} from './bridge/command.ts'
export type { HandlerName } from './bridge/guest-door.ts'
export { type ConsoleLine, type Ending, endings, type GuestError } from './bridge/outcome.ts'
export {
  type Artifact,
  artifact,
  type BuildMessage,
  type BuildResult,
  preparationName,
  type SnapshotState,
} from './bundle/artifact.ts'
export { placeAndText, showBuildMessage } from './bundle/show-message.ts'
export {
  createDependencies,
  type Dependencies,
  type DependencyLimits,
  type DependencyOptions,
} from './dependencies/create-dependencies.ts'
export {
  type Dependency,
  DependencyError,
  type DependencyFault,
  type Installation,
  type PackageRecord,
} from './dependencies/dependency.ts'
export type { EgressRecord } from './egress/egress-record.ts'
export { type BuildLimits, buildLimits, defaultsOf, type Limit, type RunLimits, runLimits } from './limits.ts'
export type {
  ConfinementLayer,
  EndReason,
  Observer,
  PreparedVersion,
  ProcessEnd,
  ProcessUsage,
  SandboxUsage,
} from './observer.ts'
export type { BoundAction, ExecutionRequest } from './pipeline/execution-request.ts'
export type {
  CacheChange,
  Decision,
  Demand,
  ExecutionResult,
  Position,
  PrintedLines,
  RunReport,
} from './pipeline/execution-result.ts'
export {
  type Egress,
  type EgressCall,
  EgressError,
  type EgressResponse,
  type Preparation,
  type PreparationKey,
  type PreparationStore,
} from './ports.ts'
export { type BuildRequest, createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts'
export { type RenderRequest, type RenderResult, type TemplatePart, templateLimits } from './templates/template.ts'

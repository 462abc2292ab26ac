/**
 * Tests an action on the author's machine: the file is built and run as a server does, in a sandbox process of its own.
 * Works with any runner.
 */
export type { Command } from '../bridge/command.ts'
export type { ConsoleLine, Ending, GuestError } from '../bridge/outcome.ts'
export type { BuildMessage } from '../bundle/artifact.ts'
export type { Decision, Demand, RunReport } from '../pipeline/execution-result.ts'
export { BuildError } from './build-error.ts'
export { buildEvent, type EventPatch, patchEvent, type TestEvent } from './build-event.ts'
export type { ExpectedFactor, ExpectedFailure, TextMatch } from './checks.ts'
export { describeRun } from './describe-run.ts'
export { expectRun, type InterlockMatchers, interlockMatchers } from './matchers.ts'
export type { MockedResponse } from './network/mocked-response.ts'
export type { MockedFetch, Respond, Routes } from './network/routes.ts'
export type { SentRequest } from './network/sent-request.ts'
export { type NetworkOptions, UnexpectedRequestError } from './network/test-network.ts'
export { type ActionOptions, type OpenedAction, openAction, openPipeline } from './open-action.ts'
export type { ActionRun, ExecuteOptions } from './pipeline.ts'
export { readToken } from './read-token.ts'
export { closeRuntime } from './shared-runtime.ts'
export type { Return, ReturnToken } from './the-return.ts'

import { buildLimits, defaultsOf } from '@interlock/runtime'
import type { Artifact, BuildMessage, Compilation } from '../../../runtime/src/bundle/artifact.ts'
import { type BuildInput, buildArtifact } from '../../../runtime/src/bundle/build.ts'

export const limits: BuildInput['limits'] = defaultsOf(buildLimits)

export const build = (source: string, input: Partial<BuildInput> = {}): Promise<Compilation> =>
  buildArtifact({ source, language: 'auto', limits, ...input })

export const artifactOf = async (source: string, input: Partial<BuildInput> = {}): Promise<Artifact> => {
  const result = await build(source, input)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.artifact
}

export const errorsOf = async (source: string, input: Partial<BuildInput> = {}): Promise<BuildMessage[]> => {
  const result = await build(source, input)
  if (result.ok) throw new Error(`built, although it should not: ${result.artifact.code}`)
  return result.errors
}

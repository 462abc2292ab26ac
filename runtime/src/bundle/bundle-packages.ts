/**
 * The packages of a version to one script. Whoever has published one of them is not trusted, and neither is the compiler:
 *
 * - it sees the folder with the packages only, where the system can do that; everywhere its report is read, and a file
 *   that was not unpacked here is never taken, whichever way led to it
 * - what leads out of the folder is treated as what is not there: `require` fails with MODULE_NOT_FOUND when it runs, and
 *   the build warns; so nobody learns what the host has
 * - the author's file takes no part in it: it is compiled by itself, and reaches packages by their names only
 */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation, PackageRecord } from '../dependencies/dependency.ts'
import { type BuildLimits, naming } from '../limits.ts'
import { isBuiltin, type OfferedModule } from './author-imports.ts'
import { type PackageMessage, parsePackageErrors } from './compiler-messages.ts'
import { bringCompiler, type CompilerEnd, runCompiler } from './compiler-process.ts'
import { type BundleReport, parseMetafile } from './metafile.ts'
import { metaFile, outputFile, packageArguments } from './package-arguments.ts'
import { packageAt } from './package-at.ts'

export interface PackageBundleInput {
  installation: Installation
  offered: readonly OfferedModule[]
  limits: BuildLimits
  wrap: readonly string[]
  /** A command line that makes a folder the root of all that can be seen. */
  enclose?: (folder: string) => readonly string[]
}

export type PackageBundle =
  | { ok: true; code: string; packages: PackageRecord[]; warnings: string[] }
  | { ok: false; text: string }

/** Each round leaves out what the one before could not find. */
const mostRounds = 8
const mostExternals = 500
const mostWarnings = 20

/** Beside the code, which has a limit of its own: what esbuild says of it. */
const reportBytes = 8_388_608

const refuse = (text: string): PackageBundle => ({ ok: false, text })

const importedFile = (index: number) => `imported-${index}.js`

/** Answers an `import`: the exports of an ES module, and `default` for one that is none. */
const importedModule = (specifier: string): string => {
  const from = JSON.stringify(specifier)
  return `export * from ${from}\nimport * as all from ${from}\nexport default all.default\n`
}

/** The script's value: by specifier, what loads it. A module is loaded when it is asked for first. */
const offeredModule = (offered: readonly OfferedModule[]): string => {
  const entries = offered.map(({ specifier, kind }, index) => {
    const from = kind === 'import' ? `./${importedFile(index)}` : specifier
    return `${JSON.stringify(specifier)}:()=>require(${JSON.stringify(from)})`
  })
  return `module.exports={__proto__:null,${entries.join(',')}}\n`
}

const writeOwnFiles = async (folder: string, offered: readonly OfferedModule[]): Promise<string[]> => {
  const files = offered.flatMap(({ specifier, kind }, index) =>
    kind === 'import' ? [{ name: importedFile(index), text: importedModule(specifier) }] : [],
  )
  for (const { name, text } of files) await writeFile(join(folder, name), text)
  return files.map(({ name }) => name)
}

type Excess = Exclude<CompilerEnd['end'], 'compiled' | 'refused'>

const reasons: Record<Excess, (limits: BuildLimits, reached?: number) => string> = {
  'exceeded-wall': ({ packagesMs }) =>
    `Bundling the packages took longer than ${packagesMs} ms ${naming('packagesMs')}.`,
  'exceeded-cpu': ({ packagesMs }) =>
    `Bundling the packages took more processor time than ${packagesMs} ms ${naming('packagesMs')}.`,
  'exceeded-output': ({ artifactBytes }, reached) =>
    `The bundled packages are larger than ${artifactBytes} bytes ${naming('artifactBytes', reached)}.`,
  'exceeded-memory': ({ buildMb }) => `Bundling the packages needs more than ${buildMb} MB ${naming('buildMb')}.`,
}

const unresolved = /^Could not resolve "(.+)"$/

/** A path that leads out of the folder, as esbuild quotes it. */
const namesOutside = /["'`(](?:\.\.\/|\/|[a-z]:)/i

/** A text for the author; a file that is none of the packages' is never named. */
const errorText = ({ packages, files }: Installation, { text, file, line }: PackageMessage): string => {
  const at = file !== undefined && files.has(file) ? packageAt(packages, file) : undefined
  if (at === undefined || namesOutside.test(text)) return 'A package cannot be bundled.'
  return `${at.name}@${at.version} cannot be bundled: ${text} (${file?.slice(at.path.length + 1)}:${line})`
}

const isPlainSpecifier = (specifier: string): boolean => specifier.length <= 512 && !/[*\\\p{Cc}]/u.test(specifier)

type Round =
  | { end: 'bundled'; report: BundleReport }
  | { end: 'leave-out'; specifiers: string[] }
  | { end: 'failed'; text: string }

const runRound = async (input: PackageBundleInput, round: { wallMs: number; external: string[] }): Promise<Round> => {
  const { installation, offered, limits, wrap, enclose } = input
  const { folder } = installation
  const compiled = await runCompiler({
    source: offeredModule(offered),
    args: packageArguments(round.external),
    wallMs: round.wallMs,
    memoryMb: limits.buildMb,
    outputBytes: limits.artifactBytes + reportBytes,
    wrap,
    workplace: { folder, ...(enclose && { enclose: enclose(folder) }) },
  })
  if (compiled.end === 'compiled')
    return { end: 'bundled', report: parseMetafile(await readFile(join(folder, metaFile), 'utf8')) }
  if (compiled.end !== 'refused') return { end: 'failed', text: reasons[compiled.end](limits) }
  const errors = parsePackageErrors(compiled.messages)
  const missing = errors.map(({ text }) => unresolved.exec(text)?.[1])
  const other = errors.find((_, index) => missing[index] === undefined)
  if (other !== undefined || errors.length === 0)
    return { end: 'failed', text: other ? errorText(installation, other) : 'The packages cannot be bundled.' }
  return { end: 'leave-out', specifiers: missing.filter((specifier) => specifier !== undefined) }
}

/** What led to a file that was not unpacked here. */
const leadingOut = ({ imports }: BundleReport, isOurs: (file: string) => boolean): string[] =>
  imports.flatMap(({ specifier, leadsTo }) => (leadsTo === undefined || isOurs(leadsTo) ? [] : [specifier]))

const warningsOf = ({ imports }: BundleReport, { packages }: Installation): string[] => {
  const missing = imports.filter(({ specifier, leadsTo }) => leadsTo === undefined && !isBuiltin(specifier))
  const texts = missing.map(({ from, specifier }) => {
    const by = packageAt(packages, from)
    return `There is no module '${specifier}'${by ? `, which ${by.name}@${by.version} may ask for` : ''}: require fails with MODULE_NOT_FOUND when it runs.`
  })
  return [...new Set(texts)].slice(0, mostWarnings)
}

/** Every package of which something is in the bundle, by name and version. */
const materialsOf = ({ files }: BundleReport, { packages }: Installation): PackageRecord[] => {
  const used = new Set(files.map((file) => packageAt(packages, file)).filter((found) => found !== undefined))
  const records = [...used].map(({ path: _, ...record }) => record)
  const distinct = new Map(records.map((record) => [`${record.name}@${record.version}`, record]))
  return [...distinct].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, record]) => record)
}

/** Rejects only for faults of ours. The folder holds the packages and nothing else before the first call, and is of no use after it. */
export const bundlePackages = async (input: PackageBundleInput): Promise<PackageBundle> => {
  const { installation, offered, limits, enclose } = input
  const { folder, files } = installation
  const until = performance.now() + limits.packagesMs
  await mkdir(join(folder, 'bundled'))
  if (enclose) await bringCompiler(folder)
  const own = new Set([...(await writeOwnFiles(folder, offered)), 'offered.js'])
  const isOurs = (file: string) => files.has(file) || own.has(file)

  const external = new Set<string>()
  for (let round = 0; round < mostRounds; round++) {
    const wallMs = Math.max(1, until - performance.now())
    const result = await runRound(input, { wallMs, external: [...external] })
    if (result.end === 'failed') return refuse(result.text)
    const leaveOut = result.end === 'leave-out' ? result.specifiers : leadingOut(result.report, isOurs)
    if (result.end === 'bundled' && leaveOut.length === 0 && result.report.files.every(isOurs)) {
      const { size } = await stat(join(folder, outputFile))
      if (size > limits.artifactBytes) return refuse(reasons['exceeded-output'](limits, size))
      const code = await readFile(join(folder, outputFile), 'utf8')
      const { report } = result
      return { ok: true, code, packages: materialsOf(report, installation), warnings: warningsOf(report, installation) }
    }
    const before = external.size
    for (const specifier of leaveOut) if (isPlainSpecifier(specifier)) external.add(specifier)
    if (external.size === before || external.size > mostExternals) break
  }
  return refuse('A package cannot be bundled: it asks for modules that are not there.')
}

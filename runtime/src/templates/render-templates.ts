/**
 * Tenants' templates are rendered in a process of their own, one for each rendering: Liquid's own limits count what its
 * filters and loops make, and hold as far as its authors thought; a kernel's limits and SIGKILL hold whatever happens.
 */
import { existsSync } from 'node:fs'
import { runDisposable } from '../disposable-process.ts'
import { rendererProgram } from './renderer-program.ts'
import { type RenderRequest, type RenderResult, renderResult, templateLimits } from './template.ts'

const { cpuSeconds, heapMb, outputBytes, wallMs } = templateLimits
const shell = '/bin/sh'

/** Standard streams are all it has. Node reserves address space by the gigabyte: the bound is for what is beyond that. */
const commandLine = (wrap: readonly string[]): string[] => {
  const node = [process.execPath, '--permission', `--max-old-space-size=${heapMb}`, '--max-semi-space-size=4', '-']
  if (process.platform !== 'linux' || !existsSync(shell)) return node
  const limits = `ulimit -c 0; ulimit -f 0; ulimit -t ${cpuSeconds}; ulimit -v 4194304; exec "$0" "$@"`
  return [...wrap, shell, '-c', limits, ...node]
}

const exceeded = {
  'exceeded-wall': `It takes longer than ${wallMs / 1_000} s.`,
  'exceeded-cpu': `It takes more than ${cpuSeconds} s of processor time.`,
  'exceeded-memory': `It takes more than ${heapMb} MB of memory.`,
  'exceeded-output': `What it gives has more than ${outputBytes} bytes.`,
} as const

const refused = (ending: keyof typeof exceeded): RenderResult => ({ ok: false, message: exceeded[ending] })

const parse = (output: string): RenderResult => {
  try {
    return renderResult.parse(JSON.parse(output))
  } catch {
    return { ok: false, message: 'It cannot be rendered.' }
  }
}

/**
 * Resolves for everything a template can do; rejects only when the process cannot be started. `wrap` is a command line
 * that becomes the one behind it.
 */
export const renderTemplates = async (wrap: readonly string[], request: RenderRequest): Promise<RenderResult> => {
  const [command = '', ...args] = commandLine(wrap)
  // A text inside of a text: nothing of a template is ever read as a program.
  const input = `globalThis.job = ${JSON.stringify(JSON.stringify(request))};\n${await rendererProgram()}`
  // Quotes and line breaks of what was rendered are escaped on their way.
  const ended = await runDisposable({
    command,
    args,
    folder: '/',
    environment: {},
    input,
    wallMs,
    outputBytes: outputBytes * 2,
  })
  if (ended.end !== 'exited') return refused(ended.end)
  if (ended.code !== 0) return refused(/heap out of memory/.test(ended.messages) ? 'exceeded-memory' : 'exceeded-cpu')
  const result = parse(ended.output)
  const bytes = result.ok ? Buffer.byteLength(Object.values(result.parts).join('')) : 0
  return bytes > outputBytes ? refused('exceeded-output') : result
}

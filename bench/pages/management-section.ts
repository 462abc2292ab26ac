import type { Management, ManagementCall, Result } from '../results.ts'
import { toFigure, toTable } from './table.ts'

export const toManagementSection = ({ machine, ...result }: Result<Management>): string[] => [
  '',
  '## Management API',
  '',
  `Written by \`node bench/management.ts\`: ${machine}. autocannon asks the server, and in turn a bare Fastify route that answers`,
  `the same body, over ${result.connections} connections; each figure is the median of ${result.blocks} blocks of ${result.secondsPerBlock} s. The server finds the tenant,`,
  'checks token, scope and schema, counts the call, reads or writes SQLite, and writes the answer by its schema. A change',
  "also waits until the disk has it, and is told in the tenant's log.",
  '',
  ...toTable(head, result.calls.map(toRow)),
]

const head = [
  'call',
  'answer bytes',
  'calls/s',
  'bare route, calls/s',
  'calls/s by bare route',
  'p99 ms',
  'bare route, p99 ms',
]

const toRow = ({ name, method, ...call }: ManagementCall): string[] => [
  `\`${method}\` ${name}`,
  String(call.answerBytes),
  ...[call.perSecond, call.barePerSecond].map((figure) => String(Math.round(figure))),
  ...[call.perSecond / call.barePerSecond, call.p99, call.bareP99].map(toFigure),
]

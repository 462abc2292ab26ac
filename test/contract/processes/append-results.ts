/** Adds pairs of results to an execution until it is killed, and says which pair is stored. */
import { openSqlite } from '../../../server/src/stores/sql/database.ts'
import { createSqlExecutionStore } from '../../../server/src/stores/sql/execution-store.ts'

const [, , path = '', id = ''] = process.argv
const executions = createSqlExecutionStore(await openSqlite(path))

const result = (actionName: string) => ({
  actionName,
  actionId: 'action',
  versionId: 'version',
  handler: 'onExecutePostChallenge' as const,
  ending: 'completed' as const,
  console: [],
  consoleTruncated: false,
  warnings: [],
  startedAt: 0,
  wallMs: 0,
  cpuMs: 0,
  heapBytes: 0,
  egress: [],
})

for (let pair = 0; ; pair += 1) {
  const results = [result(`${pair}-a`), result(`${pair}-b`)]
  await executions.append('acme', id, { results, status: 'suspended', now: pair })
  process.stdout.write(`${pair}\n`)
}

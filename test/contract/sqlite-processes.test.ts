/** Several processes on one SQLite file: an old and a new server during a restart, or a server that was killed. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSqlExecutionStore } from '../../server/src/stores/sql/execution-store.ts'
import { createSqlTicketStore } from '../../server/src/stores/sql/ticket-store.ts'
import { addTenants, createDatabaseFile, type DatabaseFile } from '../support/database.ts'
import { now } from './engine.ts'
import { anExecution } from './execution.contract.ts'
import { aTicket } from './ticket.contract.ts'

interface Program {
  child: ChildProcessWithoutNullStreams
  lines: AsyncIterator<string>
}

let file: DatabaseFile
const started: ChildProcessWithoutNullStreams[] = []

const end = async (child: ChildProcessWithoutNullStreams): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const start = (name: string, options: readonly string[]): Program => {
  const program = fileURLToPath(new URL(`./processes/${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, [program, file.path, ...options], { stdio: 'pipe' })
  child.stderr.pipe(process.stderr)
  started.push(child)
  const output: Interface = createInterface({ input: child.stdout })
  return { child, lines: output[Symbol.asyncIterator]() }
}

beforeEach(async () => {
  file = await createDatabaseFile()
})
afterEach(async () => {
  await Promise.all(started.splice(0).map(end))
  await file.remove()
})

test('a process killed while it writes loses nothing it has confirmed and leaves nothing by halves', async () => {
  const db = await file.open()
  await addTenants(db, ['acme'])
  const executions = createSqlExecutionStore(db)
  for (const id of ['victim', 'survivor']) await executions.create('acme', anExecution({ id }))
  const [victim, survivor] = [start('append-results', ['victim']), start('append-results', ['survivor'])]

  const pairsOf = async (id: string): Promise<string[]> => {
    const names = (await executions.find('acme', id))?.results.map(({ actionName }) => actionName) ?? []
    expect(names).toEqual(names.map((_, index) => `${Math.floor(index / 2)}-${index % 2 === 0 ? 'a' : 'b'}`))
    expect(names.length % 2).toBe(0)
    return names
  }
  let confirmed = -1
  for (let reads = 0; reads < 20; reads += 1) {
    confirmed = Number((await victim.lines.next()).value)
    await pairsOf('victim')
  }
  victim.child.kill('SIGKILL')
  await once(victim.child, 'exit')
  for (let line = await victim.lines.next(); !line.done; line = await victim.lines.next())
    confirmed = Number(line.value)

  expect((await pairsOf('victim')).length).toBeGreaterThanOrEqual(2 * (confirmed + 1))
  const before = (await pairsOf('survivor')).length
  while ((await pairsOf('survivor')).length <= before) await survivor.lines.next()
  await end(survivor.child)
  const check = new DatabaseSync(file.path).prepare('pragma integrity_check').get()
  expect(check).toEqual({ integrity_check: 'ok' })
})

test('of several processes that redeem the same tickets each ticket has one winner', async () => {
  const db = await file.open()
  await addTenants(db, ['acme'])
  const tickets = createSqlTicketStore(db)
  const hashes = Array.from({ length: 50 }, (_, index) => `hash-${index}`)
  for (const hash of hashes) await tickets.mint('acme', aTicket({ hash, userId: hash }))
  const programs = [1, 2, 3].map(() => start('redeem-tickets', [`${now}`, ...hashes]))
  for (const { lines } of programs) expect((await lines.next()).value).toBe('ready')
  for (const { child } of programs) child.stdin.write('go\n')

  const redeemed: string[] = []
  for (const { lines } of programs) redeemed.push(...JSON.parse((await lines.next()).value))
  expect(redeemed.sort()).toEqual([...hashes].sort())
})

/** Opens the database, says so, waits for a word, then redeems what it can and says what it got. */
import { once } from 'node:events'
import { openSqlite } from '../../../server/src/stores/sql/database.ts'
import { createSqlTicketStore } from '../../../server/src/stores/sql/ticket-store.ts'

const [, , path = '', now = '', ...hashes] = process.argv
const db = await openSqlite(path)
const tickets = createSqlTicketStore(db)
process.stdout.write('ready\n')
await once(process.stdin, 'data')

const redeemed: string[] = []
for (const hash of hashes) {
  if (await tickets.redeem('acme', hash, `process-${process.pid}`, Number(now))) redeemed.push(hash)
}
process.stdout.write(`${JSON.stringify(redeemed)}\n`)
await db.destroy()
process.exit(0)

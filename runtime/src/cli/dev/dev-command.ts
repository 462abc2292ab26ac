/** `interlock dev`: a folder of actions, live on a server, from one save to the next. */
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { BuildError } from '../../testing/build-error.ts'
import { type Command, onlyArgument, parseOptions } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { findActions } from './action-folder.ts'
import { openSession, type Session } from './dev-session.ts'
import { RefusedRequest } from './json-api.ts'
import { openInBrowser } from './open-in-browser.ts'
import { watchFolder } from './watch-folder.ts'

const help = `interlock dev [folder] [options]

Deploys the actions of a folder to a server, binds them, and does so again at every save; prints what they do there.
An action is a file action.ts (or .js, …) in the folder or in folders of it, named after the folder it is in. Beside it,
secrets.json holds its secrets and package.json names its packages ("dependencies"). An action that does not build leaves
what was live before.

  --server <url>   a server that runs; default: the one of \`npm start\` on this machine, which is started when none answers
  --user <id>      whose reset is begun; default: the demo user
  --open           opens the reset in the browser

With --server, the environment says who is calling: INTERLOCK_CLIENT_ID and INTERLOCK_CLIENT_SECRET of a management client.
What was bound before is bound again when the command ends. Ctrl-C ends it with 0; 2 means that it could not begin.`

export const devCommand: Command = {
  summary: 'keeps a folder of actions live on a server and tails what they do',
  help,
  run: async (args, terminal) => {
    const { values, positionals } = parseOptions(args, {
      server: { type: 'string' },
      user: { type: 'string' },
      open: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    })
    if (values.help) {
      terminal.say(help)
      return 0
    }
    const folder = onlyArgument(positionals, 'folder') ?? '.'
    requireActions(folder)
    const ending = untilAskedToEnd()
    const { server, user } = values
    const session = await openSession({ folder, server, user, terminal, ending }).catch(refused)
    const stopWatching = watchFolder(folder, () => void deployAgain(session, terminal))
    try {
      const link = await session.deployChanges().catch(refused)
      if (values.open && link !== undefined) openInBrowser(link)
      if (!ending.aborted) await once(ending, 'abort')
    } finally {
      stopWatching()
      await session.close()
    }
    return 0
  },
}

/** What a server refuses, or what cannot be read, before there is anything to watch, the person at the terminal has to mend. */
const refused = (error: unknown): never => {
  throw error instanceof RefusedRequest || error instanceof BuildError ? new UsageError(error.message) : error
}

const requireActions = (folder: string): void => {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(`There is no folder ${folder}.`)
  if (findActions(folder).length === 0)
    throw new UsageError(
      `There is no action in ${folder}: an action is a file such as action.ts, in it or in a folder of it.`,
    )
}

/** After a save: whatever is wrong is said, and the next save is waited for. */
const deployAgain = async (session: Session, terminal: Terminal): Promise<void> => {
  try {
    await session.deployChanges()
  } catch (error) {
    terminal.note(error instanceof Error ? error.message : String(error))
  }
}

/** Asked again, as npm does at Ctrl-C, it goes on ending. */
const untilAskedToEnd = (): AbortSignal => {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}

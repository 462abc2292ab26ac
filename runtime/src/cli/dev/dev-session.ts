/** One `interlock dev`: what it found on the server, what it has deployed there, and how it leaves. */
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { findActions, type LocalAction, readSource } from './action-folder.ts'
import { announceFlow } from './announce-flow.ts'
import { type Binding, bindingOf, deployAction, inLocalFile, listBindings, replaceBindings } from './deploy.ts'
import { describeToldLine, followConsole, type ToldLine } from './follow-console.ts'
import { type Credentials, createJsonApi, type JsonApi } from './json-api.ts'
import { answers, type DemoRecord, demoRecord, localOrigin, startServer } from './local-server.ts'
import { createShownLines } from './shown-lines.ts'
import { describeToldRun, type ToldRun, tail } from './tail.ts'

export interface Session {
  /**
   * Deploys what differs from what was tried last, one call after the other. Answers the link to a fresh reset, where one
   * can be made.
   */
  deployChanges(): Promise<string | undefined>
  /** Binds what was bound before, and ends a server it has started. */
  close(): Promise<void>
}

interface Options {
  folder: string
  server: string | undefined
  user: string | undefined
  terminal: Terminal
  /** Aborted when the command shall end. */
  ending: AbortSignal
}

export const openSession = async ({ folder, server, user, terminal, ending }: Options): Promise<Session> => {
  const origin = (server ?? (await localOrigin())).replace(/\/+$/, '')
  const started = await reach({ origin, server, terminal, ending })
  try {
    const demo = server === undefined ? demoRecord() : undefined
    const api = createJsonApi(origin, credentialsOf(demo))
    const before = await listBindings(api)
    const deploying = createDeploying({ folder, api, terminal })
    const closing = new AbortController()
    const signal = AbortSignal.any([ending, closing.signal])
    followLog({ origin, api, tenant: demo?.tenant, signal, folder, terminal })
    let turn: Promise<unknown> = Promise.resolve()
    const deployAndTell = async () => {
      const isNews = await deploying()
      return isNews ? announceFlow({ origin, api, demo, user: user ?? demo?.user.user_id, terminal }) : undefined
    }
    return {
      deployChanges: () => {
        const deployed = turn.then(deployAndTell)
        turn = deployed.catch(() => {})
        return deployed
      },
      close: async () => {
        // An open connection would keep the command from ending.
        closing.abort()
        await turn
        await replaceBindings(api, before).catch((error: Error) => terminal.note(error.message))
        await started?.stop()
      },
    }
  } catch (error) {
    await started?.stop()
    throw error
  }
}

const reach = async ({
  origin,
  server,
  terminal,
  ending,
}: Pick<Options, 'server' | 'terminal' | 'ending'> & { origin: string }) => {
  if (await answers(origin)) return undefined
  if (server !== undefined) throw new UsageError(`--server: nothing answers at ${origin}.`)
  terminal.note(`No server answers at ${origin}: starting one …`)
  return startServer(origin, ending)
}

const credentialsOf = (demo: DemoRecord | undefined): Credentials => {
  const { INTERLOCK_CLIENT_ID: client_id, INTERLOCK_CLIENT_SECRET: client_secret } = process.env
  if (client_id && client_secret) return { client_id, client_secret }
  if (demo) return demo.managementClient
  throw new UsageError('INTERLOCK_CLIENT_ID and INTERLOCK_CLIENT_SECRET must name a management client of the server.')
}

/** Answers whether something that was not live before is. */
const createDeploying = ({ folder, api, terminal }: { folder: string; api: JsonApi; terminal: Terminal }) => {
  const tried = new Map<string, string>()
  const live = new Set<string>()
  let bound = ''

  const deploy = async (action: LocalAction): Promise<boolean> => {
    const source = readSource(action)
    const text = JSON.stringify(source)
    if (tried.get(action.name) === text) return false
    tried.set(action.name, text)
    const deployment = await deployAction(api, action, source)
    if (deployment.deployed) {
      live.add(action.name)
      terminal.say(`${action.name}: version ${deployment.version} is live`)
      for (const warning of deployment.warnings) terminal.note(`warning: ${warning}`)
      return true
    }
    const still = live.has(action.name) ? 'The version before it stays live.' : 'It is not live.'
    terminal.note(`${action.name} does not build. ${still}\n${deployment.errors.join('\n')}`)
    return false
  }

  return async (): Promise<boolean> => {
    const actions = findActions(folder)
    let isNews = false
    for (const action of actions) isNews = (await deploy(action)) || isNews
    const bindings: Binding[] = actions.filter(({ name }) => live.has(name)).map(bindingOf)
    const wanted = bindings.map(({ display_name }) => display_name).join(', ')
    if (wanted !== bound) {
      await replaceBindings(api, bindings)
      bound = wanted
      terminal.say(`bound: ${wanted}`)
    }
    return isNews
  }
}

interface Log {
  origin: string
  api: JsonApi
  tenant: string | undefined
  signal: AbortSignal
  folder: string
  terminal: Terminal
}

const followLog = ({ folder, terminal, api, origin, tenant, signal }: Log): void => {
  const shown = createShownLines()
  const say = (name: string, text: string) => {
    const action = findActions(folder).find((one) => one.name === name)
    terminal.say(action ? inLocalFile(text, action) : text)
  }
  const told = (line: ToldLine) => {
    if (shown.upTo(line, line.line) < line.line) say(line.action_name, describeToldLine(line))
  }
  const ended = (run: ToldRun, execution_id: string) => {
    const before = shown.upTo({ execution_id, ...run }, run.console.length)
    say(run.action_name, describeToldRun({ ...run, console: run.console.slice(before) }))
  }
  const dropped = (lines: number) => terminal.note(`${lines} lines came faster than they could be told.`)
  void followConsole({ api, signal, told, dropped }).then((reason) => {
    if (reason !== undefined) terminal.note(`What actions print is not told while they run. ${reason}`)
  })
  void tail({ origin, tenant, signal, told: ended }).then((isTold) => {
    if (!isTold)
      terminal.note('This server does not tell how runs end: only one in development does, to its own machine.')
  })
}

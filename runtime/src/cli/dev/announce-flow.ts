/** The link of a fresh reset, with which an author sees what the actions do. */
import type { Terminal } from '../terminal.ts'
import { type JsonApi, RefusedRequest } from './json-api.ts'
import type { DemoRecord } from './local-server.ts'

interface Flow {
  origin: string
  api: JsonApi
  demo: DemoRecord | undefined
  user: string | undefined
  terminal: Terminal
}

/** The demo's application, unless it is gone: an import that takes away what is not in its folder takes it too. */
const applicationOf = async (api: JsonApi, { clientId }: DemoRecord): Promise<{ client_id?: string }> => {
  try {
    await api.call('GET', `/clients/${clientId}`)
    return { client_id: clientId }
  } catch (error) {
    if (error instanceof RefusedRequest && error.status === 404) return {}
    throw error
  }
}

/** A reset that has begun keeps its versions: for each new one there is a new link. */
export const announceFlow = async ({ origin, api, demo, user, terminal }: Flow): Promise<string | undefined> => {
  if (user === undefined) {
    terminal.say(`Ask for a reset at ${origin}/u/reset-password/request, or name a user with --user.`)
    return undefined
  }
  const client = demo && (await applicationOf(api, demo))
  const { ticket } = await api.call<{ ticket: string }>('POST', '/tickets/password-change', {
    user_id: user,
    ...client,
  })
  terminal.say(`a reset of ${demo?.user.user_id === user ? demo.user.email : user}: ${ticket}`)
  return ticket
}

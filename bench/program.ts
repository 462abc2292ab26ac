/** An action with the least api around it, for the ways that are not ours: `run(eventJson)` answers its commands as JSON. */
import { largeSource } from './large-action.ts'
import { source as seed } from './seed-action.ts'

export type ActionName = 'seed' | 'large'

export const sourceOf = async (name: ActionName): Promise<string> => (name === 'seed' ? seed : await largeSource())

export const programOf = async (name: ActionName): Promise<string> => `
  const module = { exports: {} }
  ;(function (module, exports) { ${await sourceOf(name)}
  })(module, module.exports)
  globalThis.run = async (json) => {
    const commands = []
    const api = { authentication: { challengeWith: (factor, options) => { commands.push({ factor, ...options }) } } }
    await module.exports.onExecutePostChallenge(JSON.parse(json), api)
    return JSON.stringify(commands)
  }
  undefined`

import { spawn } from 'node:child_process'

const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', linux: 'xdg-open' }

/** Does nothing where the system has no way to do so: the link has been printed. */
export const openInBrowser = (url: string): void => {
  const opener = openers[process.platform]
  if (opener === undefined) return
  const child = spawn(opener, [url], { detached: true, stdio: 'ignore' })
  child.on('error', () => {})
  child.unref()
}

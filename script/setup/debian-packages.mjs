/** The programs the tests start that npm cannot provide, and how to get them where this script may not install them. */
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { CannotGoOn, step } from './progress.mjs'
import { runQuietly } from './subprocess.mjs'

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

const programs = [
  { name: 'Redis', package: 'redis-server', isThere: () => onPath('redis-server') },
  { name: 'Chromium', package: 'chromium', isThere: () => onPath('chromium') || onPath('google-chrome') },
]

const isDebian = () =>
  existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')) && onPath('apt-get')

const apt = async (args) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { ok, tail } = await runQuietly('apt-get', args, env)
  if (!ok) throw new CannotGoOn(`apt-get ${args[0]} failed; it said:\n${tail}`)
}

export const installPrograms = async () => {
  const missing = programs.filter((program) => !program.isThere())
  if (missing.length === 0) return
  const packages = missing.map((program) => program.package)
  if (!isDebian() || process.getuid?.() !== 0) {
    const names = missing.map((program) => program.name).join(', ')
    throw new CannotGoOn(
      `the tests need ${names}. Install what is missing (on Debian, as root: apt-get install ${packages.join(' ')}) and start again.`,
    )
  }
  await step('Reading the list of Debian packages', () => apt(['update']))
  await step(`Installing ${packages.join(', ')}`, () => apt(['install', '-y', '--no-install-recommends', ...packages]))
}

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const repository = new URL('../../../', import.meta.url)

test('the example of the runtime’s README prints what it says', async () => {
  const readme = readFileSync(new URL('runtime/README.md', repository), 'utf8')
  const [, example = ''] = /```js\n(.*?)```/s.exec(readme) ?? []
  const [, printed] = /```text\n(.*?)```/s.exec(readme) ?? []
  // Resolves packages from the folder of the tests, as any service would from its own.
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example], {
    cwd: new URL('test/', repository),
  })
  expect(stdout).toBe(printed)
})

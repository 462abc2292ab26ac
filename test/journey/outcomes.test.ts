import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onBoth, onExecute } from '../support/actions.ts'
import { choosePassword, openReset, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
})
afterAll(() => server.stop())

describe('denial', () => {
  test('shows the reason as text, never as HTML, and is final', async () => {
    await tenant.bind(onExecute("api.access.deny('<b>not</b> from <script>here</script>', 'dropped')"))
    const { visitor, page } = await openReset(tenant, await tenant.addUser())
    expect(stepOf(page)).toBe('denied')
    expect(page.html).toContain('&lt;b&gt;not&lt;/b&gt;')
    expect(page.html).not.toContain('<b>not')
    expect(page.html).not.toContain('dropped')
    expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('denied')
  })

  test('stops the actions after it; what was cached before it stands', async () => {
    await tenant.bind(
      onExecute("api.cache.set('denied', 'yes'); api.access.deny('first'); api.access.deny('second')"),
      onExecute("api.cache.set('ran', 'yes')"),
    )
    const { page } = await openReset(tenant, await tenant.addUser())
    expect(page.text).toContain('first')
    expect(page.text).not.toContain('second')
    await tenant.bind(onExecute("api.access.deny(api.cache.get('denied')?.value + ' ' + api.cache.get('ran')?.value)"))
    expect((await openReset(tenant, await tenant.addUser())).page.text).toContain('yes undefined')
  })
})

describe('prompt and result', () => {
  test('a form the action shows comes back to it; its vars never reach the browser', async () => {
    await tenant.bind(
      onBoth(
        "api.prompt.render('pet', { fields: { pet: { label: 'Name of your first pet' } }, vars: { expected: 'Rex' } })",
        "const { id, fields, vars } = event.prompt; api.access.deny([id, fields.pet, vars.expected].join('/'))",
      ),
    )
    const { visitor, page } = await openReset(tenant, await tenant.addUser())
    expect(stepOf(page)).toBe('prompt')
    expect(page.text).toContain('Name of your first pet')
    expect(page.html).not.toContain('Rex')
    expect((await visitor.submit('/u/reset-password/prompt', { pet: 'Bella' })).text).toContain('pet/Bella/Rex')
  })

  test('setResultUrl decides where the done page leads', async () => {
    await tenant.bind(
      onExecute(
        "api.transaction.setResultUrl('https://first.example/'); api.transaction.setResultUrl('https://shop.example/back', { query: { ok: '1' } })",
      ),
    )
    const { visitor } = await openReset(tenant, await tenant.addUser())
    const done = await choosePassword(visitor)
    expect(done.html).toContain('https://shop.example/back?ok=1')
    expect(done.html).not.toContain('first.example')
  })
})

import { expect, test } from 'vitest'
import { missingInGuide, renderMissing } from './missing-in-actions.ts'

test('the guide tells what Node has and actions have not, as the tables do', () => {
  expect(missingInGuide().trim(), 'node test/docs/missing-in-actions.ts writes it').toBe(renderMissing().trim())
})

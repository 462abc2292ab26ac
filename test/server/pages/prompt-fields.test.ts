import { expect, test } from 'vitest'
import { promptFieldsOf } from '../../../server/src/pages/prompt-fields.ts'

test('a text is the label of a text field', () => {
  expect(promptFieldsOf({ company: 'Your company' })).toEqual([
    { name: 'company', label: 'Your company', type: 'text', required: 'no', value: '' },
  ])
})

test('an object may set label, type, requirement and value', () => {
  expect(promptFieldsOf({ age: { label: 'Age', type: 'number', required: true, value: 42 } })).toEqual([
    { name: 'age', label: 'Age', type: 'number', required: 'yes', value: '42' },
  ])
})

test.each([null, 7, true, [], { type: 'file', required: 'yes', value: {} }])(
  'what is no description (%j) is a text field that shows its name',
  (description) => {
    expect(promptFieldsOf({ odd: description })).toEqual([
      { name: 'odd', label: 'odd', type: 'text', required: 'no', value: '' },
    ])
  },
)

test('no field takes the place of our own', () => {
  expect(promptFieldsOf({ _csrf: 'Token' })).toEqual([])
})

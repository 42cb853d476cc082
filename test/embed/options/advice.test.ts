import { expect, it } from 'vitest'
import { describeIssue } from '../../../src/embed/options/advice.chunk.ts'
import { optionSpec } from '../../../src/embed/options/options-table.ts'
import type { OptionIssue } from '../../../src/embed/options/option-issue.ts'

it.each<[OptionIssue, string]>([
  [{ where: 'option', name: 'relai' }, 'there is no option "relai", did you mean "relay"?'],
  [{ where: 'option', name: 'xyz' }, 'there is no option "xyz"'],
  [
    { where: 'attribute', name: 'data-chanel' },
    'there is no attribute "data-chanel", did you mean "data-channel"?',
  ],
  [{ where: 'attribute', name: 'sub-id6' }, 'there is no attribute "sub-id6", did you mean "sub-id1"?'],
  [
    { where: 'option', name: 'minimumAge', expected: optionSpec('minimumAge') },
    'option "minimumAge": expected a whole number',
  ],
  [
    { where: 'attribute', name: 'data-theme', expected: optionSpec('theme') },
    'attribute "data-theme": expected "light" or "dark" or "auto"',
  ],
  [
    { where: 'option', name: 'onStep', expected: optionSpec('onStep') },
    'option "onStep": expected a function',
  ],
  [
    { where: 'attribute', name: 'data-values', expected: optionSpec('values') },
    'attribute "data-values": expected an object (in an attribute: JSON)',
  ],
  [
    { where: 'option', name: 'metrika', expected: optionSpec('metrika') },
    'option "metrika": expected a list, each item of which is a whole number, or a text',
  ],
  [{ where: 'field', name: 'amuont' }, 'there is no field "amuont", did you mean "amount"?'],
  [
    { where: 'value', name: 'phone' },
    'the value given for "phone" is invalid, or the form does not ask for it',
  ],
])('the issue %j is reported as: %s', (issue, sentence) => {
  expect(describeIssue(issue, ['amount', 'phone'])).toBe(sentence)
})

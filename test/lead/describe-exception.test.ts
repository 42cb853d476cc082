import { expect, it } from 'vitest'
import { describeException } from '../../src/lead/describe-exception.ts'

function exceptionWith(message: string, stack: string): Error {
  return Object.assign(new TypeError(message), { stack })
}

it.each([
  [
    'Chromium',
    exceptionWith(
      'e.toSorted is not a function',
      'TypeError: e.toSorted is not a function\n    at write (https://example.ru/v/1/source-Ab_1-x.js:1:230)\n    at send (https://example.ru/form.js:1:9)',
    ),
  ],
  [
    'Firefox',
    exceptionWith('e.toSorted is not a function', 'write@https://example.ru/source-Ab_1-x.js:1:230\n'),
  ],
  [
    'Safari',
    exceptionWith(
      "e.toSorted is not a function. (In 'e.toSorted(by)', 'e.toSorted' is undefined)",
      'write@https://example.ru/source-Ab_1-x.js:1:230',
    ),
  ],
])('a call of a method that %s lacks is described with its place', (_, exception) => {
  expect(describeException(exception)).toBe('TypeError: e.toSorted is not a function, source-Ab_1-x.js:1:230')
})

it.each([
  'Unexpected token И in JSON: Иванов +79000000001 secret-token',
  'anna@example.ru is not valid',
  'Invalid time 05:09:12',
])('a message that may quote an answer or a credential is left out: %s', (message) => {
  expect(describeException(exceptionWith(message, `TypeError: ${message}\n at x (form.js:1:2)`))).toBe(
    'TypeError, form.js:1:2',
  )
})

it('what is not an error is not quoted', () => {
  expect(describeException('+79000000001')).toBe('not an error')
})

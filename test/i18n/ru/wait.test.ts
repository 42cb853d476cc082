import { expect, it } from 'vitest'
import { formatWaitRu } from '../../../src/i18n/ru/wait.ts'

it.each([
  [1, '1 секунду'],
  [2, '2 секунды'],
  [5, '5 секунд'],
  [21, '21 секунду'],
  [60, '60 секунд'],
  [91, '2 минуты'],
  [3600, '60 минут'],
  [5401, '2 часа'],
  [86_400, '24 часа'],
])('after «через», %i seconds are %s', (seconds, text) => expect(formatWaitRu(seconds)).toBe(text))

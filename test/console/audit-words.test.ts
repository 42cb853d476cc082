import { expect, it } from 'vitest'
import { consoleTextsEn } from '../../src/console/texts/en.ts'
import { consoleTextsRu } from '../../src/console/texts/ru.ts'
import { auditActions } from '../../src/relay/leads/console/audit-log.ts'

it.each([
  ['ru', consoleTextsRu],
  ['en', consoleTextsEn],
])('the console has words in "%s" for everything that is recorded, and for nothing else', (_, texts) => {
  expect(Object.keys(texts.auditActions).toSorted()).toEqual(auditActions.toSorted())
  expect(new Set(Object.values(texts.auditActions)).size).toBe(auditActions.length)
})

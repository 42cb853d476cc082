import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { allEn } from '../../src/i18n/en/en.ts'
import { resolveTexts } from '../../src/i18n/messages/parse-messages.ts'
import { lazyRu } from '../../src/i18n/ru/lazy.ts'
import { ru } from '../../src/i18n/ru/ru.ts'
import { issueText } from '../../src/i18n/find-text.ts'
import { issueCodes } from '../../src/lead/issue.ts'
import { createMessageFiles } from '../../scripts/docs/message-files.ts'

const russian = { ...ru, ...lazyRu }

describe.each([...createMessageFiles()])('docs/messages/%s', (name, fresh) => {
  it('has the current texts; "npm run docs" writes them', async () => {
    expect(await readFile(`docs/messages/${name}`, 'utf8')).toBe(fresh)
  })

  it('gives the same texts for any number when the form reads it', () => {
    const [locale, own] = name === 'ru.json' ? (['ru', russian] as const) : (['en', allEn] as const)
    const { texts, problems, missing } = resolveTexts(own, JSON.parse(fresh), locale)
    expect([problems, missing]).toEqual([[], []])
    for (const count of [0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 101, 111]) {
      expect(texts.checkFields(count)).toBe(own.checkFields(count))
      expect(texts.places.found(count)).toBe(own.places.found(count))
      expect(texts.code.attempts(count)).toBe(own.code.attempts(count))
      expect(texts.limits.amount(1, count)).toBe(own.limits.amount(1, count))
      expect(texts.limits.termDays(7, count)).toBe(own.limits.termDays(7, count))
      expect(texts.step(1, count)).toBe(own.step(1, count))
      for (const code of issueCodes) {
        expect(issueText({ code, limit: count }, texts)).toBe(issueText({ code, limit: count }, own))
      }
    }
    expect(texts.limits.amount(1000, 30_000)).toBe(own.limits.amount(1000, 30_000))
    expect(texts.suggestion('Иванов')).toBe(own.suggestion('Иванов'))
  })
})

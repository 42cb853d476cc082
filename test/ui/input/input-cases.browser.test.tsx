import { describe, expect, it } from 'vitest'
import { inputCases, matchAccepted, nameOfCase } from '../../fields/input-cases.ts'
import { enterValue, type EntryWay, leaveControl } from '../../support/enter-value.ts'
import { enterCase } from '../support/enter-case.ts'
import { compose, drop, typeKeys } from '../support/keys.ts'

const ways: Readonly<Record<string, typeof typeKeys>> = { type: typeKeys, ime: compose }
const named = inputCases.map((entry) => [nameOfCase(entry), entry] as const)

// What is pasted is in clipboard.browser.test.tsx.
describe('a text that is entered', () => {
  it.each(named.filter(([, { how }]) => how in ways))('%s', async (_, entry) => {
    const entered = await enterCase(entry, (text) => ways[entry.how]?.(text))
    expect(entry.accept).toContainEqual(matchAccepted(entry, entered))
  })
})

describe('a pasted text that is dropped instead', () => {
  it.each(named.filter(([, { how }]) => how === 'paste'))('%s', async (_, entry) => {
    const entered = await enterCase(entry, async (text, control) => {
      await drop(text, control)
      await expect.poll(() => control.value).not.toBe('')
    })
    expect(entry.accept).toContainEqual(matchAccepted(entry, entered))
  })
})

describe('a text that is entered by events alone', () => {
  const all = named.flatMap(([name, entry]) => {
    const entries: [string, EntryWay, typeof entry][] = [[name, entry.how, entry]]
    return entry.how === 'paste'
      ? [...entries, [`${name}, dropped`, 'drop' as const, entry] as const]
      : entries
  })
  it.each(all)('%s', async (_, way, entry) => {
    const entered = await enterCase(entry, (text, control) => {
      enterValue(control, text, way)
      leaveControl(control)
    })
    expect(entry.accept).toContainEqual(matchAccepted(entry, entered))
  })
})

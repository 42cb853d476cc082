import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findByName } from '../../../src/places/place-finder.ts'
import { createTypist, findCities, type Typist } from './typist.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pause = async (ms: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms))
const always = (delay: number): Iterator<number> => ({ next: () => ({ value: delay }) })
const options = ({ state }: Typist): readonly string[] =>
  state.value.list?.items.map(({ name }) => name) ?? []
const active = (typist: Typist): string | undefined => options(typist)[typist.state.value.list?.active ?? -1]
const chosen = ({ choices }: Typist): readonly string[] => choices.map(({ item }) => item.name)

describe('while an answer is under way', () => {
  /** Opens the list of an earlier text, then types another one, which the relay has not answered. */
  async function startTyping(text: string): Promise<Typist> {
    const typist = createTypist(always(1000))
    typist.type('к')
    await pause(3000)
    typist.type(text)
    await pause(500)
    return typist
  }

  it('the options of the earlier text are shown, but neither a key nor a click chooses one', async () => {
    const typist = await startTyping('мос')
    expect(typist.state.value.status).toBe('searching')
    expect(options(typist)).toContain('Киров')
    expect(typist.click(0)).toBe(false)
    expect(typist.press('ArrowDown')).toBe(true)
    expect(active(typist)).toBeUndefined()
    expect(typist.click(0)).toBe(false)
    expect(typist.choices).toEqual([])
  })

  it.each([
    ['ArrowDown', 'Москва'],
    ['ArrowUp', 'Мосальск'],
  ])('%s selects in the answer', async (key, name) => {
    const typist = await startTyping('мос')
    typist.press(key)
    await pause(3000)
    expect(active(typist)).toBe(name)
    expect(typist.press('Enter')).toBe(true)
    expect(chosen(typist)).toEqual([name])
  })

  it('an arrow key that is pressed repeatedly selects the first option, which nobody has seen', async () => {
    const typist = await startTyping('мос')
    for (let count = 0; count < 3; count += 1) typist.press('ArrowDown')
    await pause(3000)
    expect(active(typist)).toBe('Москва')
  })

  it.each([
    ['москва', 'Москва'],
    ['moskva', 'Москва'],
  ])('Enter after an arrow key waits, and chooses the city that %s names', async (text, name) => {
    const typist = await startTyping(text)
    typist.press('ArrowDown')
    expect(typist.press('Enter')).toBe(true)
    expect(typist.choices).toEqual([])
    await pause(3000)
    expect(chosen(typist)).toEqual([name])
    expect(typist.state.value.status).toBe('closed')
  })

  it.each(['мос', 'киров', 'мосал'])(
    'Enter after an arrow key shows the options for %s first',
    async (text) => {
      const typist = await startTyping(text)
      typist.press('ArrowDown')
      expect(typist.press('Enter')).toBe(true)
      await pause(3000)
      expect(typist.choices).toEqual([])
      const [first = ''] = options(typist)
      expect(active(typist)).toBe(first)
      expect(typist.press('Enter')).toBe(true)
      expect(chosen(typist)).toEqual([first])
    },
  )

  it('Enter without an arrow key is for the form, and ends the search', async () => {
    const typist = await startTyping('мос')
    expect(typist.press('Enter')).toBe(false)
    await pause(3000)
    expect(typist.state.value.status).toBe('closed')
    expect(typist.text()).toBe('мос')
  })

  it.each(['Escape', 'Tab'])('%s cancels the search, and the text stays', async (key) => {
    const typist = await startTyping('мос')
    typist.press('ArrowDown')
    typist.press(key)
    expect(typist.state.value.status).toBe('closed')
    await pause(5000)
    expect(typist.state.value.status).toBe('closed')
    expect(typist.text()).toBe('мос')
    expect(typist.choices).toEqual([])
  })

  it('another letter discards the keys that were pressed ahead', async () => {
    const typist = await startTyping('мос')
    typist.press('ArrowDown')
    typist.press('Enter')
    typist.type('моск')
    await pause(3000)
    expect(typist.choices).toEqual([])
    expect(options(typist)).toContain('Москва')
    expect(active(typist)).toBeUndefined()
  })

  it('a text that a program sets is not overwritten', async () => {
    const typist = await startTyping('москва')
    typist.press('ArrowDown')
    typist.press('Enter')
    typist.write('Тюмень')
    await pause(3000)
    expect(typist.text()).toBe('Тюмень')
    expect(typist.state.value.status).toBe('closed')
  })
})

it('the options of a text that a program has replaced cannot be chosen', async () => {
  const typist = createTypist(always(0))
  typist.type('киров')
  await pause(500)
  typist.press('ArrowDown')
  typist.write('Тюмень')
  expect(typist.press('Enter')).toBe(true)
  expect([typist.choices, typist.text(), typist.state.value.status]).toEqual([[], 'Тюмень', 'closed'])
})

/** An act of the person, or of a program that writes into the input. */
interface Act {
  readonly kind: 'letter' | 'word' | 'key' | 'click' | 'open' | 'leave' | 'erase' | 'program'
  readonly with: string
}

type Script = readonly (readonly [pauseMs: number, act: Act])[]

const pauses = fc.oneof(fc.constantFrom(0, 1, 100, 160, 700), fc.integer({ min: 0, max: 3000 }))
const words = anyOf('word', 'мос', 'москва', 'ком', 'киров', 'moskva')
const anyAct = fc.oneof(
  words,
  anyOf('letter', 'к', 'и', 'р', 'о', 'м', 'с', 'k'),
  anyOf('key', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter', 'Enter', 'Escape', 'Tab', 'Home'),
  anyOf('click', '0', '1', '5'),
  anyOf('open', ''),
  fc.oneof(anyOf('leave', ''), anyOf('erase', ''), anyOf('program', 'Москва', 'Ком')),
)
/** Acts in any order, and the usual ones in a row. */
const scripts: fc.Arbitrary<Script> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.tuple(fc.tuple(pauses, anyAct)) },
      fc.tuple(
        fc.tuple(pauses, words),
        fc.tuple(pauses, anyOf('key', 'ArrowDown')),
        fc.tuple(pauses, anyOf('key', 'Enter')),
      ),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.flat())

function anyOf(kind: Act['kind'], ...texts: readonly string[]): fc.Arbitrary<Act> {
  return fc.constantFrom(...texts).map((text) => ({ kind, with: text }))
}

function perform(typist: Typist, act: Act): boolean {
  if (act.kind === 'key') return typist.press(act.with)
  if (act.kind === 'click') return typist.click(Number(act.with))
  if (act.kind === 'letter') typist.type(typist.text() + act.with)
  if (act.kind === 'word') typist.type(act.with)
  if (act.kind === 'erase') typist.type('')
  if (act.kind === 'open') typist.combobox.open()
  if (act.kind === 'leave') typist.combobox.close()
  if (act.kind === 'program') typist.write(act.with)
  return false
}

const answerDelays = fc.infiniteStream(
  fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 3000 }) }, fc.integer({ min: -3000, max: -1 })),
)

describe('whenever the relay answers, and keys are pressed', () => {
  it('what is chosen is what is shown for the text, or what the text names', async () => {
    let seen = 0
    let ahead = 0
    await check((typist) => {
      for (const { item, text, shown } of typist.choices) {
        if (shown.status === 'open') seen += 1
        else ahead += 1
        const { query = '', items = [] } = shown.list ?? {}
        const isFound = findCities(query).some(({ name }) => name === item.name)
        const isForText = isFound && [text, ''].includes(query)
        const isShown = shown.status === 'open' && isForText && items.includes(item)
        const isCertain =
          shown.status === 'searching' && findByName(findCities(text), text)?.name === item.name
        expect(isShown || isCertain, `${text}: ${item.name}`).toBe(true)
      }
    })
    expect([seen > 100, ahead > 100], `${seen} and ${ahead} choices`).toEqual([true, true])
  })

  it('a text changes only by typing and by a choice, or when Escape clears a closed field', async () => {
    await check(undefined, (typist, act) => {
      const before = [typist.text(), typist.choices.length]
      const mayChange =
        ['letter', 'word', 'erase', 'program'].includes(act.kind) ||
        (act.with === 'Escape' && typist.state.value.status === 'closed')
      perform(typist, act)
      expect(mayChange || typist.choices.length > Number(before[1]) || typist.text() === before[0]).toBe(true)
    })
  })

  it('a list that was left or cancelled stays closed until it is asked for', async () => {
    await check(undefined, (typist, act, memory) => {
      expect(memory.has('may open') || typist.state.value.status === 'closed').toBe(true)
      const isTaken = perform(typist, act)
      if (act.with.startsWith('Arrow') || ['letter', 'word', 'erase', 'open'].includes(act.kind))
        memory.add('may open')
      else if (/Escape|Tab/.test(act.with) || act.kind === 'leave' || (act.with === 'Enter' && !isTaken))
        memory.delete('may open')
    })
  })

  it('the form gets no Enter that was meant for an option', async () => {
    await check(undefined, (typist, act, memory) => {
      const { status, list } = typist.state.value
      const isMeant = memory.has('arrow') && (status === 'searching' || (list?.active ?? -1) >= 0)
      const isCurrent = memory.has(typist.text())
      const isTaken = perform(typist, act)
      expect(isTaken || !(act.with === 'Enter' && isMeant && isCurrent)).toBe(true)
      const isArrow = act.with.startsWith('Arrow')
      if (!isArrow && act.with !== 'Enter') memory.clear()
      if (isArrow) memory.add('arrow').add(typist.text())
    })
  })

  /** Runs many scripts. Each act follows its pause; in the end all answers have come. */
  async function check(
    atEnd: (typist: Typist) => void = () => undefined,
    step: (typist: Typist, act: Act, memory: Set<string>) => void = perform,
  ): Promise<void> {
    await fc.assert(
      fc.asyncProperty(scripts, answerDelays, async (script, delays) => {
        const typist = createTypist(delays)
        const memory = new Set<string>()
        for (const [ms, act] of script) {
          await pause(ms)
          step(typist, act, memory)
        }
        await pause(30_000)
        expect(typist.state.value.status).not.toBe('searching')
        atEnd(typist)
      }),
      { numRuns: 2000 },
    )
  }
})

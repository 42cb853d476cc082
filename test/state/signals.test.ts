import * as core from '@preact/signals-core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as own from '../../src/state/signals-in-script.ts'

/** What both kinds of signals are asked for here. */
interface Signals {
  signal(value: number): { value: number; peek(): number }
  computed(compute: () => number): { readonly value: number | undefined }
  effect(work: () => (() => void) | void): () => void
  batch(work: () => void): void
  untracked(work: () => number): number
}

describe.each<[string, Signals]>([
  ['npm users get', core],
  ['the landing page script has', own],
])('a signal that %s', (_, { signal, computed, effect, batch, untracked }) => {
  it('is followed by effects once a write, through computeds that stay as they are', () => {
    const count = signal(1)
    const parity = computed(() => count.value % 2)
    const seen: unknown[] = []
    effect(() => void seen.push(parity.value))
    count.value = 3
    count.value = 4
    count.value = 4
    expect(seen).toEqual([1, 0])
  })

  it('is followed no more once an effect has read something else, or is stopped', () => {
    const [which, one, other] = [signal(1), signal(10), signal(20)]
    const seen: number[] = []
    const stop = effect(() => void seen.push(which.value === 1 ? one.value : other.value))
    which.value = 2
    one.value = 11
    other.value = 21
    stop()
    other.value = 22
    expect(seen).toEqual([10, 20, 21])
  })

  it('is written together with others, for effects that see all or nothing', () => {
    const [one, other] = [signal(1), signal(2)]
    const sum = computed(() => one.value + other.value)
    const seen: unknown[] = []
    effect(() => void seen.push(sum.value))
    batch(() => {
      one.value = 10
      expect(sum.value).toBe(12)
      other.value = 20
    })
    expect(seen).toEqual([3, 30])
  })

  it('may be written by an effect, and undone before the next time', () => {
    const [asked, answered] = [signal(1), signal(0)]
    const undone: number[] = []
    const stop = effect(() => {
      const { value } = asked
      answered.value = value * 2
      return () => undone.push(value)
    })
    asked.value = 2
    stop()
    expect([answered.value, ...undone]).toEqual([4, 1, 2])
  })

  it('is read without being followed where somebody says so', () => {
    const [followed, read] = [signal(1), signal(1)]
    const seen: number[] = []
    effect(() => void seen.push(followed.value + read.peek() + untracked(() => read.value)))
    read.value = 5
    followed.value = 2
    expect(seen).toEqual([3, 12])
  })

  it('goes on after an effect that fails', () => {
    const count = signal(1)
    effect(() => {
      if (count.value === 2) throw new RangeError('two')
    })
    expect(() => {
      count.value = 2
    }).toThrow('two')
    const seen: number[] = []
    effect(() => void seen.push(count.value))
    count.value = 3
    expect(seen).toEqual([2, 3])
  })
})

/** A net of computeds over a few signals, effects on it, and writes one after the other or together. */
const nets = fc.record({
  computeds: fc.array(fc.array(fc.nat(12), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }),
  effects: fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
  writes: fc.array(
    fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 3 }),
    { minLength: 1, maxLength: 8 },
  ),
})

it('the signals of the script do what those of npm users do, over any net', () => {
  fc.assert(
    fc.property(nets, (net) => {
      expect(play(own, net).seen).toEqual(play(core, net).seen)
      // Where nothing is taken back before anybody looks, effects run as often, too.
      const oneByOne = { ...net, writes: net.writes.map((together) => together.slice(0, 1)) }
      expect(play(own, oneByOne)).toEqual(play(core, oneByOne))
    }),
    { numRuns: 500 },
  )
})

type Net = typeof nets extends fc.Arbitrary<infer Value> ? Value : never

/** What effects had seen after each write, and how often they ran in all. */
function play({ signal, computed, effect, batch }: Signals, { computeds, effects, writes }: Net) {
  const sources = [signal(0), signal(0), signal(0), signal(0)]
  const nodes: { readonly value: number | undefined }[] = [...sources]
  for (const reads of computeds) {
    // What is read depends on what was read before, as conditions of a form do.
    const from = [...nodes]
    nodes.push(
      computed(() =>
        reads.reduce((sum, read) => (sum % 3 === 2 ? sum : sum + (from[read % from.length]?.value ?? 0)), 0),
      ),
    )
  }
  const last: number[] = []
  let runs = 0
  effects.forEach((read, index) => {
    effect(() => {
      last[index] = nodes[read % nodes.length]?.value ?? 0
      runs += 1
    })
  })
  const seen = writes.map((together) => {
    batch(() => {
      for (const [which, value] of together) {
        const source = sources[which]
        if (source) source.value = value
      }
    })
    return [...last]
  })
  return { seen, runs }
}

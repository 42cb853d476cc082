/** The seed of this run: the time in seconds, or `SEED` to repeat a run. */
export const seed = Number(process.env['SEED'] ?? Math.floor(Date.now() / 1000))

/** A repeatable source of random values. */
export interface Random {
  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number
  /** One of these items. */
  pick<Thing>(things: readonly [Thing, ...Thing[]]): Thing
  /** Text of any characters, lone surrogates included, mostly those that people type into forms. */
  text(longest: number): string
  /** The text with up to three random edits. */
  mutate(text: string): string
  /** A number of digits. */
  digits(length: number): string
}

const alphabets = [
  '0123456789',
  ' +-().,/№\u00a0\u2011–',
  'абвЁёИйшЯОоРТ',
  "Ivano'’ʼ`-@.",
  '\u0000\t\n\u200b\u202a\u0306\ufeff',
  '７（½²٣①',
] as const

/** Creates a source from a seed (mulberry32). */
export function createRandom(from: number): Random {
  let state = from >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  const pick = <Thing>(things: readonly [Thing, ...Thing[]]): Thing =>
    things[below(things.length)] ?? things[0]
  const character = (): string => {
    if (below(8) === 0) return String.fromCharCode(below(0x10000))
    if (below(20) === 0) return String.fromCodePoint(below(0x110000))
    const alphabet = pick(alphabets)
    return alphabet.charAt(below(alphabet.length))
  }
  const text = (longest: number): string => Array.from({ length: below(longest + 1) }, character).join('')
  return {
    below,
    pick,
    text,
    mutate(original) {
      let mutated = original
      for (let edits = 1 + below(3); edits > 0; edits -= 1) {
        const at = below(mutated.length + 1)
        mutated = mutated.slice(0, at) + text(2) + mutated.slice(at + below(2))
      }
      return mutated
    },
    digits: (length) => Array.from({ length }, () => below(10)).join(''),
  }
}

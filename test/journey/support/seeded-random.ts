/** Repeatable choices: the same seed gives the same ones. `ANKETA_SEED` repeats a run. */
export interface SeededRandom {
  readonly seed: number
  /** A whole number. Both ends are included. */
  between(least: number, most: number): number
  oneOf<Item>(items: readonly [Item, ...Item[]]): Item
}

/** Creates choices from `ANKETA_SEED` or a new seed, and prints the seed. */
export function createRandomChoices(): SeededRandom {
  const seed = Number(process.env['ANKETA_SEED'] ?? Date.now() % 1_000_000)
  console.log(`Values are chosen with ANKETA_SEED=${seed}`)
  let state = seed
  // mulberry32 is small, and random enough to choose names.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    seed,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    oneOf: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  }
}

import { createRandom } from '../../support/random.ts'

/** Repeatable choices: the same seed gives the same ones. */
export interface RandomChoices {
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number
  oneOf<Item>(items: readonly [Item, ...Item[]]): Item
}

/** Creates choices from `ANKETA_SEED` or from a new seed, and prints the seed. */
export function createRandomChoices(): RandomChoices {
  const seed = Number(process.env['ANKETA_SEED'] ?? Date.now() % 1_000_000)
  console.log(`Values are chosen with ANKETA_SEED=${seed}`)
  const { below, pick } = createRandom(seed)
  return { between: (least, most) => least + below(most - least + 1), oneOf: pick }
}

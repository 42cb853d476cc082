import MaskedPattern from 'imask/esm/masked/pattern'
import { expect, it } from 'vitest'
import { digitPattern } from '../../../src/fields/mask/digit-pattern.ts'
import { createRandom, seed } from '../../support/random.ts'

it.each(['+7 000 000-00-00', '00.00.0000', '00 00 000000', '000-000'])(
  `%s shows digits as the reference mask does (seed ${seed})`,
  (mask) => {
    const show = digitPattern(mask)
    const reference = new MaskedPattern({ mask })
    const random = createRandom(seed)
    const limit = mask.replace(/[^0]/g, '').length
    for (let length = 0; length <= limit + 2; length += 1) {
      for (let run = 0; run < 50; run += 1) {
        const digits = random.digits(length)
        reference.unmaskedValue = digits
        expect(show(digits), `seed ${seed}, digits ${digits}`).toBe(reference.value)
      }
    }
  },
)

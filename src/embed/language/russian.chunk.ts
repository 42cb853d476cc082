import { resultsRu } from '../../i18n/ru/results.ts'
import { ru } from '../../i18n/ru/ru.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Receiver } from '../../lead/receiver.ts'

/** All Russian texts, for forms whose definition comes from somewhere else than a relay of this version. */
export function russianFor(receiver: Receiver = 'lender'): Texts {
  return { ...ru, results: resultsRu[receiver] }
}

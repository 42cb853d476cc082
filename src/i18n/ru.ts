import { completeRussian } from './rare-ru.ts'
import type { Texts } from './texts.ts'
import { usualRu } from './usual-ru.ts'

/** All of Russian that a form says. */
export const ru: Texts = completeRussian(usualRu)

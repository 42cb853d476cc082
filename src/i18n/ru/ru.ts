import { extendRu } from './extended.ts'
import type { Texts } from '../texts.ts'
import { commonRu } from './common.ts'

/** All of Russian that a form says. */
export const ru: Texts = extendRu(commonRu)

import { extendRu } from './extended.ts'
import type { Texts } from '../texts.ts'
import { commonRu } from './common.ts'

/** All Russian texts of a form. */
export const ru: Texts = extendRu(commonRu)

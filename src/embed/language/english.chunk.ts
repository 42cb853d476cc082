import { translateDefinition } from '../../form/translate-definition.ts'
import { allEn } from '../../i18n/en/en.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Locale } from './locale.ts'

/** Creates the English locale. Loaded on demand. */
export function createEnglishLocale(lang: string): Locale<Texts> {
  return {
    lang,
    texts: allEn,
    translate: (definition) => translateDefinition(definition, allEn.definition),
  }
}

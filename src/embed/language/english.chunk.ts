import { translateDefinition } from '../../form/translate-definition.ts'
import { allEn } from '../../i18n/en/en.ts'
import type { Texts } from '../../i18n/texts.ts'
import type { Locale } from './locale.ts'

/** The part of the script that is loaded for pages in English. */
export function createEnglishLocale(lang: string): Locale<Texts> {
  return {
    lang,
    texts: allEn,
    translate: (definition) => translateDefinition(definition, allEn.definition),
  }
}

import { translateDefinition } from '../form/translate-definition.ts'
import { english } from '../i18n/english.ts'
import type { Texts } from '../i18n/texts.ts'
import type { Speech } from './load-speech.ts'

/** The part of the script that is loaded for pages in English. */
export function createEnglishPart(lang: string): Speech<Texts> {
  return {
    lang,
    texts: english,
    translate: (definition) => translateDefinition(definition, english.definition),
  }
}

import { ru } from '../i18n/ru.ts'
import type { Texts } from '../i18n/texts.ts'
import type { AnyOptions } from './options/options.ts'

/** The texts of a form in its language. */
export async function loadTexts(_options: AnyOptions): Promise<Texts> {
  return ru
}

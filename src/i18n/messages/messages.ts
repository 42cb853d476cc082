import type { AllTexts } from '../texts.ts'

/** Templates of one text by the plural category (Unicode CLDR) of its number. */
export type PluralForms = Readonly<
  Partial<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>> & Record<'other', string>
>

/**
 * Replacements for any of the texts. A text with values is a template, `Шаг {index} из {total}`, an object with a template
 * for each plural category of the last value, or a function.
 */
export type Messages = Message<AllTexts>

type Message<Text> = Text extends (...values: never[]) => string
  ? Text | string | PluralForms
  : Text extends string
    ? string
    : { readonly [name in keyof Text]?: Message<Text[name]> | undefined }

import type { AllTexts } from '../texts.ts'

/** The forms of a text for a number, by the plural categories of Unicode; each a template. */
export type PluralForms = Readonly<
  Partial<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>> & Record<'other', string>
>

/**
 * Any of the texts, in place of the language's own. What has values put in is a template, `Шаг {index} из {total}`, one
 * for each plural form of the last value, or a function.
 */
export type Messages = Message<AllTexts>

type Message<Text> = Text extends (...values: never[]) => string
  ? Text | string | PluralForms
  : Text extends string
    ? string
    : { readonly [name in keyof Text]?: Message<Text[name]> | undefined }

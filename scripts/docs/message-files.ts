import type { AllTexts } from '../../src/i18n/texts.ts'
import { allEn } from '../../src/i18n/en/en.ts'
import { lazyRu } from '../../src/i18n/ru/lazy.ts'
import { ru } from '../../src/i18n/ru/ru.ts'
import { placeholdersAt } from '../../src/i18n/messages/template.ts'

/** A number for each plural form. The numbers occur in no text, so they can be replaced by placeholders. */
type PluralSamples = Readonly<Partial<Record<Intl.LDMLPluralRule, number>>>

/** The content of the files in docs/messages by their names: all texts of a language, as the option `messages` takes them. */
export function createMessageFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['ru.json', formatMessageFile({ ...ru, ...lazyRu }, { one: 21, few: 22, many: 25, other: 25 })],
    ['en.json', formatMessageFile(allEn, { one: 1, other: 25 })],
  ])
}

function formatMessageFile(texts: AllTexts, samples: PluralSamples): string {
  return `${JSON.stringify(toJson(texts, '', samples, allEn), null, 2)}\n`
}

/** Keys are in the order of `like`, so that the files can be compared side by side. */
function toJson(part: unknown, path: string, samples: PluralSamples, like: unknown): unknown {
  if (isTextFunction(part)) {
    const forms = Object.entries(samples).map(([form, count]) => [
      form,
      toTemplate(part, placeholdersAt(path), count),
    ])
    // A text that is the same in every plural form is written once.
    return new Set(forms.map(([, template]) => template)).size === 1
      ? forms[0]?.[1]
      : Object.fromEntries(forms)
  }
  if (typeof part !== 'object' || part === null) return part
  const own = new Map<string, unknown>(Object.entries(part))
  const others = new Map<string, unknown>(Object.entries(Object(like)))
  const names = [...new Set([...others.keys(), ...own.keys()])].filter((name) => own.has(name))
  return Object.fromEntries(
    names.map((name) => [
      name,
      toJson(own.get(name), path === '' ? name : `${path}.${name}`, samples, others.get(name)),
    ]),
  )
}

function isTextFunction(part: unknown): part is (...values: never[]) => unknown {
  return typeof part === 'function'
}

/** Calls a text with sample values, the last of which is `count`, and replaces them by the names of the placeholders. */
function toTemplate(
  format: (...values: never[]) => unknown,
  names: readonly string[],
  count: number,
): string {
  const values = names.map((name, index) =>
    name === 'text' ? '{text}' : index < names.length - 1 ? 77 : count,
  )
  const formatted: unknown = Reflect.apply(format, undefined, values)
  return names.reduce(
    (text, name, index) => text.replaceAll(new RegExp(`(?<!\\d)${values[index]}(?!\\d)`, 'g'), `{${name}}`),
    String(formatted),
  )
}

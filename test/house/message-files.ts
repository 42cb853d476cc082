import type { AllTexts } from '../../src/i18n/all-texts.ts'
import { english } from '../../src/i18n/english.ts'
import { restOfRussian } from '../../src/i18n/rest-of-russian.ts'
import { ru } from '../../src/i18n/ru.ts'
import { valueNamesAt } from '../../src/i18n/value-names.ts'

/** A number of each plural form, none of which stands in a text by itself. */
type Samples = Readonly<Partial<Record<Intl.LDMLPluralRule, number>>>

/** The files with all texts of a language as a page may give them, to be translated or picked from: by name, their content. */
export function messageFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['ru.json', fileOf({ ...ru, ...restOfRussian }, { one: 21, few: 22, many: 25, other: 25 })],
    ['en.json', fileOf(english, { one: 1, other: 25 })],
  ])
}

function fileOf(texts: AllTexts, samples: Samples): string {
  return `${JSON.stringify(jsonOf(texts, '', samples, english), null, 2)}\n`
}

/** In the order of `like`, so that the files can be read side by side. */
function jsonOf(part: unknown, path: string, samples: Samples, like: unknown): unknown {
  if (isWritten(part)) {
    const forms = Object.entries(samples).map(([form, count]) => [
      form,
      templateOf(part, valueNamesAt(path), count),
    ])
    // What says the same in every form needs no forms.
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
      jsonOf(own.get(name), path === '' ? name : `${path}.${name}`, samples, others.get(name)),
    ]),
  )
}

function isWritten(part: unknown): part is (...values: never[]) => unknown {
  return typeof part === 'function'
}

/** What a text says of values, the last of which is `count`, with their names in their places. */
function templateOf(write: (...values: never[]) => unknown, names: readonly string[], count: number): string {
  const values = names.map((name, index) =>
    name === 'text' ? '{text}' : index < names.length - 1 ? 77 : count,
  )
  const said: unknown = Reflect.apply(write, undefined, values)
  return names.reduce(
    (text, name, index) => text.replaceAll(new RegExp(`(?<!\\d)${values[index]}(?!\\d)`, 'g'), `{${name}}`),
    String(said),
  )
}

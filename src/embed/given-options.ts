import { elementName } from './element-name.ts'
import type { AnyOptions, OptionChanges } from './options/options.ts'
import { readOptions } from './options/read-options.ts'
import type { Slip } from './options/slip.ts'
import { tellSlips } from './tell-slips.ts'

/** What a page says about one form, in JavaScript and on the form's element. */
export interface GivenOptions {
  /** The options as they are now. */
  now(): AnyOptions
  /** Takes changes from JavaScript in, looks at the element anew, and returns the names of what is not as it was. */
  change(changes: OptionChanges): readonly string[]
  /** Tells the page's author, once, of what is to be mended. */
  tell(slips: readonly Slip[]): void
}

/** Reads the options of the form in an element. */
export function createGivenOptions(container: HTMLElement, given: OptionChanges): GivenOptions {
  const told = new Set<string>()
  let requested = given
  let inline: string | undefined
  let options = read()

  function read(): AnyOptions {
    const { attributes, localName } = container
    const { options: found, slips } = readOptions(requested, attributes, localName === elementName)
    // The element holds other things once the form is shown.
    inline = container.querySelector(':scope > script[type="application/json"]')?.textContent ?? inline
    tell(slips, found)
    return inline === undefined ? found : { form: inline, ...found }
  }

  function tell(slips: readonly Slip[], { relay }: AnyOptions): void {
    const news = slips.filter(({ name }) => !told.has(name))
    for (const { name } of news) told.add(name)
    if (news.length > 0) tellSlips(news, container, relay)
  }

  return {
    now: () => options,
    change(changes) {
      const before = options
      requested = { ...requested, ...changes }
      options = read()
      return differences(before, options)
    },
    tell: (slips) => tell(slips, options),
  }
}

/** The names of the options that are not the same any more. */
function differences(before: object, after: object): readonly string[] {
  const old = new Map<string, unknown>(Object.entries(before))
  const now = new Map<string, unknown>(Object.entries(after))
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => !isSame(old.get(name), now.get(name)))
}

/** Pages write lists and objects anew each time that they set options. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

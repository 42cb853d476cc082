import { elementName } from './element-name.ts'
import type { ParsedOptions, OptionChanges } from './options.ts'
import { type OptionName, optionNames } from './options-table.ts'
import { parseOptions } from './parse-options.ts'
import type { OptionIssue } from './option-issue.ts'
import { reportIssues } from './report-issues.ts'

/** What a page says about one form, in JavaScript and on the form's element. */
export interface LiveOptions {
  /** The options as they are now. */
  current(): ParsedOptions
  /** Takes changes from JavaScript in, looks at the element anew, and returns the names of what is not as it was. */
  update(changes: OptionChanges): readonly OptionName[]
  /** Tells the page's author, once, of what is to be mended. */
  report(slips: readonly OptionIssue[]): void
}

/** Reads the options of the form in an element. */
export function createLiveOptions(container: HTMLElement, given: OptionChanges): LiveOptions {
  const told = new Set<string>()
  let requested = given
  let inline: string | undefined
  let options = read()

  function read(): ParsedOptions {
    const { attributes, localName } = container
    const { options: found, issues } = parseOptions(requested, attributes, localName === elementName)
    // The element holds other things once the form is shown.
    inline = container.querySelector(':scope > script[type="application/json"]')?.textContent ?? inline
    tell(issues, found)
    return inline === undefined ? found : { form: inline, ...found }
  }

  function tell(slips: readonly OptionIssue[], { relay }: ParsedOptions): void {
    const news = slips.filter(({ name }) => !told.has(name))
    for (const { name } of news) told.add(name)
    if (news.length > 0) reportIssues(news, container, relay)
  }

  return {
    current: () => options,
    update(changes) {
      const before = options
      requested = { ...requested, ...changes }
      options = read()
      return changedNames(before, options)
    },
    report: (slips) => tell(slips, options),
  }
}

/** The names of the options that are not the same any more. */
function changedNames(before: ParsedOptions, after: ParsedOptions): readonly OptionName[] {
  return optionNames.filter((name) => !isEqualJson(before[name], after[name]))
}

/** Pages write lists and objects anew each time that they set options. */
function isEqualJson(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

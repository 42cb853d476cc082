import { elementName } from './element-name.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import type { ParsedOptions, OptionChanges } from './options.ts'
import { type OptionName, optionNames } from './options-table.ts'
import { parseOptions } from './parse-options.ts'
import type { OptionIssue } from './option-issue.ts'
import { setReportLanguage } from './report.ts'
import { reportIssues } from './report-issues.ts'

/** The options of one form, from JavaScript and from the form's element. */
export interface LiveOptions {
  /** The current options. */
  current(): ParsedOptions
  /** Applies changes from JavaScript, reads the element again, and returns the names of the options that changed. */
  update(changes: OptionChanges): readonly OptionName[]
  /** Reports issues to the page's author, each name once. */
  report(issues: readonly OptionIssue[]): void
}

/** Creates the options of the form in an element. */
export function createLiveOptions(container: HTMLElement, initial: OptionChanges): LiveOptions {
  const reported = new Set<string>()
  let requested = initial
  let inline: string | undefined
  let options = read()

  function read(): ParsedOptions {
    const { attributes, localName } = container
    const { options: parsed, issues } = parseOptions(requested, attributes, localName === elementName)
    setReportLanguage(parsed.locale ?? 'ru')
    // The form replaces the element's content once it is shown.
    inline = container.querySelector(':scope > script[type="application/json"]')?.textContent ?? inline
    reportNew(issues)
    return inline === undefined ? parsed : { form: inline, ...parsed }
  }

  function reportNew(issues: readonly OptionIssue[]): void {
    const unreported = issues.filter(({ name }) => !reported.has(name))
    for (const { name } of unreported) reported.add(name)
    if (unreported.length > 0) reportIssues(unreported, container)
  }

  return {
    current: () => options,
    update(changes) {
      const before = options
      requested = { ...requested, ...changes }
      options = read()
      return changedNames(before, options)
    },
    report: reportNew,
  }
}

function changedNames(before: ParsedOptions, after: ParsedOptions): readonly OptionName[] {
  return optionNames.filter((name) => !isEqualJson(before[name], after[name]))
}

/** Pages create new lists and objects each time they set options. */
function isEqualJson(one: unknown, other: unknown): boolean {
  return one === other || stringifyJson(one) === stringifyJson(other)
}

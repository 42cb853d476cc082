import { describeExpectedOption } from '../src/embed/options/advice.chunk.ts'
import { optionDescriptions } from '../src/embed/options/descriptions.ts'
import { isOptionName, type OptionName, optionsTable } from '../src/embed/options/options-table.ts'
import { toAttributeName } from '../src/embed/options/parse-options.ts'

/** The page of the documentation that lists every option, in Markdown. */
export function renderOptionsPage(): string {
  const rows = Object.keys(optionsTable).flatMap((name) => (isOptionName(name) ? [optionRow(name)] : []))
  return `# Options

Every option can be given in JavaScript (\`mount\`, \`<LoanForm>\`, the properties of \`<anketa-form>\`) and, but for the
functions, as an attribute of the form's element. What several places say, the later of these decides: the form's own
defaults, the relay's definition, JavaScript, attributes. On \`<anketa-form>\` the attributes also work without \`data-\`.

A wrong value, or a name that resembles an option's, is told on the console, with what was expected and the closest
known name; the form goes on without it.

This page is generated from the table of options: \`npm run docs\`.

${renderTable(['option', 'attribute', 'value', 'meaning'], rows)}
`
}

function optionRow(name: OptionName): readonly string[] {
  const expected = describeExpectedOption(name)
  const attribute = expected === 'a function' ? '–' : `\`data-${toAttributeName(name)}\``
  return [`\`${name}\``, attribute, expected.replace(/"(\w+)"/g, '`$1`'), optionDescriptions[name]]
}

/** A table whose columns are as wide as the formatter makes them. */
function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[], fill = ' '): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row)),
  ].join('\n')
}

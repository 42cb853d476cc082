import { describeExpectedOption } from '../../src/embed/options/advice.chunk.ts'
import { optionDescriptions } from '../../src/embed/options/descriptions.ts'
import {
  isOptionName,
  type OptionName,
  optionSpec,
  optionsTable,
} from '../../src/embed/options/options-table.ts'
import { toAttributeName } from '../../src/embed/options/parse-options.ts'
import { renderTable } from './markdown.ts'

/** The page of the documentation that lists every option, in Markdown. */
export function renderOptionsPage(): string {
  const rows = Object.keys(optionsTable).flatMap((name) => (isOptionName(name) ? [optionRow(name)] : []))
  return `# Options

Every option can be given in JavaScript (\`mount\`, \`<LoanForm>\`, the properties of \`<anketa-form>\`) and, except for the
functions, as an attribute of the form's element. If an option is given in several places, the last of these wins: the
form's own default, the relay's definition, JavaScript, the attribute. On \`<anketa-form>\` the attributes also work
without \`data-\`.

A wrong value, or a name that resembles an option's name, is reported on the console, with what was expected and the
closest known name. The form continues without it.

In a JSON file, name the schema that comes with the package, and the editor completes the options and marks mistakes. The
form ignores the key:

\`\`\`json options
{
  "$schema": "./node_modules/anketa/dist/schema.json",
  "relay": "https://leads.example.ru/forms/main",
  "theme": "auto"
}
\`\`\`

Programs find the same schema as \`anketa/schema.json\`.

This page is generated from the table of options by \`npm run docs\`.

${renderTable(['option', 'attribute', 'value', 'meaning'], rows)}
`
}

function optionRow(name: OptionName): readonly string[] {
  const spec = optionSpec(name)
  const expected = describeExpectedOption(spec)
  const attribute = spec.attribute === false ? '–' : `\`data-${toAttributeName(name)}\``
  return [`\`${name}\``, attribute, expected.replace(/"(\w+)"/g, '`$1`'), optionDescriptions[name]]
}

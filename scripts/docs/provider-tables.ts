import { parse } from 'valibot'
import { renderTable } from './markdown.ts'
import { admitad } from '../../src/providers/admitad/index.ts'
import { devtek } from '../../src/providers/devtek/index.ts'
import { fiveCrmMethods } from '../../src/providers/fivecrm/config.ts'
import { fivecrm } from '../../src/providers/fivecrm/index.ts'
import { lotinfo } from '../../src/providers/lotinfo/index.ts'
import type { Parameter } from '../../src/providers/core/parameter.ts'
import type { Provider } from '../../src/providers/core/provider.ts'
import type { BaseConfig } from '../../src/providers/core/field-rules.ts'

/** The tables of docs/providers.md by the name in the marks around them, written from the adapters. */
export function createProviderTables(): ReadonlyMap<string, string> {
  return new Map([
    ['devtek', formatTable(devtek, { idWebmaster: 1, token: 'token' })],
    ...(['create', 'sync'] as const).map(
      (mode) =>
        [
          `admitad ${mode}`,
          formatTable(admitad, { mode, websiteId: 1, campaigns: [1], campaignId: 1, accessToken: 'token' }),
        ] as const,
    ),
    ['lotinfo', formatTable(lotinfo, { token: 'token' })],
    ...fiveCrmMethods.map(
      (method) => [`fivecrm ${method}`, formatTable(fivecrm, { method, publicToken: 'token' })] as const,
    ),
  ])
}

interface TableRow {
  readonly path: string
  readonly type: string
  readonly required: string
  readonly origin: string
}

function formatTable<Config extends BaseConfig>(provider: Provider<Config>, options: object): string {
  const config = parse(provider.config, options)
  const lines = [
    ...provider.reservedParameters.map((parameter) => createTableRow(parameter)),
    ...provider.parameters(config).map((parameter) => createTableRow(parameter)),
  ]
  return renderTable(
    ['parameter', 'type', 'required', 'comes from'],
    collapseNumberedRows(lines).map(({ path, type, required, origin }) => [path, type, required, origin]),
  )
}

function createTableRow<Config>(parameter: Parameter<Config>): TableRow {
  const { path, type, max, required, undocumented } = parameter
  return {
    path: `\`${path}\``,
    type: `${type}${max === undefined ? '' : `, ${max}`}`,
    required: required ? 'yes' : '',
    origin: describeSource(parameter) + (undocumented ? ' (not in the document)' : ''),
  }
}

function describeSource<Config>({ from, option }: Parameter<Config>): string {
  if (from === 'fields') return option === undefined ? '`fields` alone' : `option \`${option}\``
  const other = option === undefined ? '' : `, or option \`${option}\``
  if ('value' in from) return `\`${from.value}\`${other}`
  if ('option' in from) return `option \`${from.option}\``
  if ('attribution' in from) return `mark \`${from.attribution}\``
  if ('template' in from) return `\`${from.template}\`${other}`
  if (from.inputs.length > 0) return `${formatFieldNames(from.inputs)}${other}`
  return option === undefined ? 'computed' : `option \`${option}\``
}

/** The names of the fields that a value is made of. The parts of an address are given as the whole address. */
function formatFieldNames(names: readonly string[]): string {
  const whole = names.map((name) => /^(registration|residence)[A-Z]/.exec(name)?.[1] ?? name)
  return [...new Set(whole)].map((name) => `\`${name}\``).join(' ')
}

/** Rows of ten or more numbered parameters (`f_1` to `f_50`) as one row. */
function collapseNumberedRows(lines: readonly TableRow[]): readonly TableRow[] {
  const stem = ({ path }: TableRow): string => path.replace(/\d+`$/, '')
  return lines.flatMap((line) => {
    const alike = lines.filter((other) => stem(other) === stem(line) && other.type === line.type)
    const [first, last] = [alike[0], alike.at(-1)]
    if (alike.length < 10 || !first || !last) return [line]
    return line === first
      ? [{ ...first, path: `${first.path} … ${last.path}`, origin: `${first.origin} … ${last.origin}` }]
      : []
  })
}

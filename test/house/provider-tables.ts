import { parse } from 'valibot'
import { admitad } from '../../src/providers/admitad/admitad.ts'
import { devtek } from '../../src/providers/devtek.ts'
import { fiveCrmMethods } from '../../src/providers/fivecrm/config.ts'
import { fivecrm } from '../../src/providers/fivecrm/fivecrm.ts'
import { lotinfo } from '../../src/providers/lotinfo/lotinfo.ts'
import type { Parameter } from '../../src/providers/parameter.ts'
import type { Provider } from '../../src/providers/provider.ts'
import type { WithRules } from '../../src/providers/write-parameters.ts'

/** The tables of docs/providers.md by the name in the marks around them, written from the adapters. */
export function providerTables(): ReadonlyMap<string, string> {
  return new Map([
    ['devtek', tableOf(devtek, { idWebmaster: 1, token: '…' })],
    ...(['create', 'sync'] as const).map(
      (mode) =>
        [
          `admitad ${mode}`,
          tableOf(admitad, { mode, websiteId: 1, campaigns: [1], campaignId: 1, accessToken: '…' }),
        ] as const,
    ),
    ['lotinfo', tableOf(lotinfo, { token: '…' })],
    ...fiveCrmMethods.map(
      (method) => [`fivecrm ${method}`, tableOf(fivecrm, { method, publicToken: '…' })] as const,
    ),
  ])
}

/** The text with its tables written anew; a table stands between `<!-- parameters: NAME -->` and `<!-- end -->`. */
export function withTables(text: string, tables: ReadonlyMap<string, string>): string {
  return text.replace(
    /(<!-- parameters: ([\w ]+) -->\n)[^]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => {
      const table = tables.get(name)
      if (table === undefined) throw new Error(`docs/providers.md: there is no table "${name}"`)
      return `${start}\n${table}\n\n${end}`
    },
  )
}

interface Line {
  readonly path: string
  readonly type: string
  readonly required: string
  readonly origin: string
}

function tableOf<Config extends WithRules>(provider: Provider<Config>, options: object): string {
  const config = parse(provider.config, options)
  const lines = [
    ...provider.access.map((parameter) => lineOf(parameter)),
    ...provider.parameters(config).map((parameter) => lineOf(parameter)),
  ]
  const cells = [
    ['parameter', 'type', 'required', 'comes from'],
    ...shortened(lines).map(({ path, type, required, origin }) => [path, type, required, origin]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const [head = '', ...body] = cells.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  )
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n')
}

function lineOf<Config>(parameter: Parameter<Config>): Line {
  const { path, type, max, required, undocumented } = parameter
  return {
    path: `\`${path}\``,
    type: `${type}${max === undefined ? '' : `, ${max}`}`,
    required: required ? 'yes' : '',
    origin: originOf(parameter) + (undocumented ? ' (not in the document)' : ''),
  }
}

function originOf<Config>({ from, option }: Parameter<Config>): string {
  if (from === 'fields') return option === undefined ? '`fields` alone' : `option \`${option}\``
  const other = option === undefined ? '' : `, or option \`${option}\``
  if ('value' in from) return `\`${from.value}\`${other}`
  if ('option' in from) return `option \`${from.option}\``
  if ('mark' in from) return `mark \`${from.mark}\``
  if ('template' in from) return `\`${from.template}\`${other}`
  if (from.of.length > 0) return `${namesOf(from.of)}${other}`
  return option === undefined ? 'worked out' : `option \`${option}\``
}

/** The names that a value is made of; an address by the name of the whole. */
function namesOf(names: readonly string[]): string {
  const whole = names.map((name) => /^(registration|residence)[A-Z]/.exec(name)?.[1] ?? name)
  return [...new Set(whole)].map((name) => `\`${name}\``).join(' ')
}

/** `f_1` to `f_50` on one line. */
function shortened(lines: readonly Line[]): readonly Line[] {
  const stem = ({ path }: Line): string => path.replace(/\d+`$/, '')
  return lines.flatMap((line) => {
    const alike = lines.filter((other) => stem(other) === stem(line) && other.type === line.type)
    const [first, last] = [alike[0], alike.at(-1)]
    if (alike.length < 10 || !first || !last) return [line]
    return line === first
      ? [{ ...first, path: `${first.path} … ${last.path}`, origin: `${first.origin} … ${last.origin}` }]
      : []
  })
}

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { relayConfigSchema } from '../../src/relay/config/config.ts'
import { formConfigSchema } from '../../src/relay/config/form-config.ts'
import { destinationRulesSchema } from '../../src/relay/config/routing-config.ts'
import { renderTable } from './markdown.ts'

/** One line about each key of the configuration's top level. */
export const relayKeys: Readonly<Record<string, string>> = {
  $schema: 'The JSON Schema that an editor checks the file with. The relay ignores it.',
  port: 'The TCP port to listen on. `0` takes any free port.',
  host: 'The interface to listen on, for example `127.0.0.1`. All interfaces unless given.',
  database:
    'The folder of the embedded database, relative to the configuration file, or a [PostgreSQL server](#several-relays-on-one-postgresql).',
  reserveMegabytes:
    'The free space on the disk of the embedded database below which leads are refused. See [disk space](#how-much-disk-space-does-the-database-need).',
  publicUrl: 'The address under which browsers reach the relay. With it, the `Host` header is never trusted.',
  trustProxy: 'The number of reverse proxies in front of the relay. See [Behind a proxy](#behind-a-proxy).',
  limits:
    'How many leads a minute are taken from one address, and with one phone: 300 and 5 unless given. See [how a form is protected from abuse](abuse.md).',
  adminToken:
    'The token of the `/admin/…` routes and of the [details of `/healthz`](#the-state-of-the-relay). Without it there are neither.',
  metricsToken:
    'A token that reads [`/metrics`](#metrics) and nothing else. The admin token reads them, too.',
  console:
    'Who signs in to the [console](console.md) beside the admin token, and whether forms may be saved there.',
  notify:
    'Who is informed of leads: by Telegram, e-mail or a signed webhook. See [notifications.md](notifications.md).',
  postbacks:
    'Addresses that are called once for each change of a lead’s status. See [notifications.md](notifications.md#postbacks).',
  dataKeys:
    'The keys that encrypt what people enter: the first one encrypts, all of them decrypt. Without any, everything is plain text. See [privacy.md](privacy.md).',
  searchKey:
    'The key of the hashes by which a person is found. Unless given, it is derived from the last of `dataKeys`.',
  retentionDays:
    'Leads are erased after this number of days, but never while one waits to be delivered. Without it they are kept.',
  signedConsents:
    'Makes a PDF of each consent for receivers that want one. See [privacy.md](privacy.md#how-do-i-send-a-signed-consent).',
  partialDays: 'Early leads that nobody completes are erased after this number of days.',
  statistics:
    'Whether pages tell the relay what people do in a form, as counts by day without a person, an address or a value: see [statistics.md](statistics.md).',
  log: 'How log lines are written: readable text, or one JSON object per line.',
  forms: 'The forms by their names. The name is the last part of the form’s address.',
}

/** One line about each key of a form's entry. */
export const formKeys: Readonly<Record<string, string>> = {
  definition:
    'The questions: the name of a preset, the path of a `.json` file relative to the configuration, or the [definition](definition.md) itself.',
  title: 'Replaces the definition’s title.',
  operator: 'Replaces the definition’s [operator](definition.md#who-processes-the-data).',
  policyUrl: 'Replaces the definition’s policy address.',
  consents: 'Replaces the definition’s [consents](definition.md#consents).',
  minimumAge: 'Replaces the definition’s minimum age.',
  maximumAge: 'Replaces the definition’s maximum age.',
  passportExpiry: 'Replaces the definition’s rule about outdated passports.',
  consentsAt:
    'Replaces what the definition says about [the step that asks for the consents](definition.md#which-step-asks-for-the-consents).',
  after: 'Replaces what the definition says about [what the person sees afterwards](after-the-outcome.md).',
  origins:
    'The origins of the pages that may post: scheme, host and, where it is another one, port. `https://*.example.ru` are all [subdomains](#which-pages-may-post), `null` is a frame with `sandbox`.',
  delivery: 'How a lead is spread over several destinations. See [delivery.md](delivery.md).',
  answerWithinSeconds: 'How long a page waits for the provider’s answer before it gets `queued`.',
  challenge:
    'When browsers must solve a task before a lead is taken: never, for leads over a limit, or for every lead. See [abuse.md](abuse.md#a-task-for-the-browser).',
  suspects:
    'What becomes of leads that no person seems to have filled in: they are delivered and marked, or stored and not delivered. See [abuse.md](abuse.md#leads-that-no-person-has-filled-in).',
  destinations:
    'Where leads go, in the order of asking. Options by provider: [providers.md](providers.md). With an empty list leads are only stored, and the person reads that the application is saved.',
  partial:
    'Whether leads are stored [before they are finished](partial-leads.md), once the person has agreed and given the phone.',
  duplicateDays:
    'For so long a phone that was accepted is [not delivered again](routing.md#how-do-i-keep-repeated-applications-away).',
  duplicateAnswer: 'What the page is answered then. `queued` does not show who has applied before.',
}

/** One line about each key of a destination that decides which leads it gets. */
export const destinationRuleKeys: Readonly<Record<string, string>> = {
  when: 'The values with which the destination takes a lead: a [condition](definition.md#how-do-i-show-a-field-only-sometimes), as steps and fields have it.',
  share: 'The percentage of leads that it takes.',
  hours: 'The hours in which it takes leads, by Moscow’s time.',
  capPerDay: 'How many leads it takes on a day in Moscow.',
}

/** What a value is, where the schema leaves that to another parser. */
const valueTypes: Readonly<Record<string, string>> = {
  database: '`pglite:FOLDER`, `postgres://…` or `{ "url": { "env": "NAME" } }`',
  port: 'a whole number, 0 to 65535',
  adminToken: '[a secret](#how-do-i-pass-a-secret), better of 16 or more characters',
  metricsToken: '[a secret](#how-do-i-pass-a-secret), better of 16 or more characters',
  console: '`{ "users", "edit" }`',
  limits: '`{ "perAddress", "perPhone" }`',
  dataKeys: 'a list of [secrets](#how-do-i-pass-a-secret)',
  searchKey: '[a secret](#how-do-i-pass-a-secret)',
  operator: 'an object',
  policyUrl: 'an address',
  consents: 'a list',
  minimumAge: 'whole years, 0–150',
  maximumAge: 'whole years, 0–150',
  passportExpiry: '`warn` or `error`',
  after: 'an object',
  consentsAt: 'a text',
  forms: 'an object, at least one form',
  when: 'an object',
}

/** The tables of docs/relay.md by their names. Throws if a key has no description. */
export function createRelayReference(): ReadonlyMap<string, string> {
  return new Map([
    ['configuration keys', formatKeys(relayConfigSchema.entries, relayKeys)],
    ['form keys', formatKeys(formConfigSchema.entries, formKeys)],
    ['destination keys', formatKeys(destinationRulesSchema.entries, destinationRuleKeys)],
    ['commands', `\`\`\`txt\n${readCommandHelp()}\n\`\`\``],
  ])
}

/** The help of the command line, without the version, which changes with every release. */
function readCommandHelp(): string {
  const bin = fileURLToPath(new URL('../../src/relay/cli/bin.ts', import.meta.url))
  const help = execFileSync(process.execPath, [bin, '--help'], { encoding: 'utf8' })
  return help.replace(/^(anketa-relay) \S+:/, '$1:').trim()
}

/** What is read of a schema: a part of valibot's own types, all optional. */
interface SchemaParts {
  readonly type?: string
  readonly message?: unknown
  readonly wrapped?: SchemaParts
  readonly default?: string | number | boolean | undefined
  readonly options?: readonly unknown[]
  readonly pipe?: readonly SchemaParts[]
}

function formatKeys(
  entries: Readonly<Record<string, SchemaParts>>,
  descriptions: Readonly<Record<string, string>>,
): string {
  const rows = Object.entries(entries).map(([name, schema]) => {
    const description = descriptions[name]
    if (description === undefined) throw new Error(`scripts/relay-reference.ts: describe the key "${name}"`)
    return [`\`${name}\``, valueTypes[name] ?? describeValue(schema), describeDefault(schema), description]
  })
  return renderTable(['key', 'value', 'unless given', 'meaning'], rows)
}

function describeDefault(schema: SchemaParts): string {
  if (schema.wrapped === undefined) return 'required'
  return schema.default === undefined ? '' : `\`${schema.default}\``
}

/** The schema's own words for what it expects. */
function describeValue(schema: SchemaParts): string {
  if (schema.wrapped !== undefined) return describeValue(schema.wrapped)
  const words = [...(schema.pipe ?? []).map(({ message }) => message), schema.message].filter(
    (message) => typeof message === 'string',
  )
  if (words[0] !== undefined) return formatWords(words[0])
  if (schema.type === 'picklist')
    return (schema.options ?? []).map((option) => `\`${String(option)}\``).join(' or ')
  if (schema.type === 'string') return schema.pipe ? describePipe(schema.pipe) : 'a text'
  if (schema.type === 'boolean') return '`true` or `false`'
  return schema.type === 'array' ? 'a list' : (schema.type ?? '')
}

/** What a check expects whose message depends on the input: it is asked with an input that no check accepts. */
function describePipe(pipe: readonly SchemaParts[]): string {
  const message = pipe.map((part) => part.message).find((part) => typeof part === 'function')
  return message === undefined
    ? 'a text'
    : formatWords(String(Reflect.apply(message, undefined, [{ input: '' }])))
}

function formatWords(words: string): string {
  return words.replaceAll(/"([^"]+)"/g, '`$1`')
}

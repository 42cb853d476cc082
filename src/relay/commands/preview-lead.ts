import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ConsentDefinition } from '../../form/definition.ts'
import { checkConfig } from '../config.ts'
import type { FormSetup } from '../form-setup.ts'
import { parseLead } from '../parse-lead.ts'
import { type DestinationPreview, type Preview, previewLead, type ShownIssue } from '../preview.ts'
import { CommandError, type Command } from './command-line.ts'
import { readConfiguration } from './read-configuration.ts'

/** Shows what every destination of a form would be sent for a lead. Nothing is sent. */
export const previewCommand: Command = {
  words: ['preview'],
  usage: '--config FILE --form NAME --lead FILE',
  summary: 'shows the exact requests that a lead would make, credentials masked; sends and stores nothing',
  options: {
    form: { type: 'string', about: 'the form, by its name in the configuration' },
    lead: {
      type: 'string',
      about:
        'a lead (JSON): as a page posts it, or { "values": { … } }, for which all consents are taken as given',
    },
  },

  async run({ config: file, options: { form: name, lead: leadFile } }) {
    if (typeof name !== 'string') throw new CommandError('which form? --form NAME')
    if (typeof leadFile !== 'string') throw new CommandError('which lead? --lead FILE')
    const leadText = await readFile(resolve(leadFile), 'utf8')
    const { candidate, readText } = await readConfiguration(file)
    const { forms } = await checkConfig(candidate, { env: process.env, readText })
    const form = formOf(name, forms.get(name), [...forms.keys()])
    const now = new Date()
    const result = parseLead(leadFrom(leadText, leadFile, form, now))
    if ('problem' in result) throw new CommandError(`${leadFile}: not a lead: ${result.problem}`)
    process.stdout.write(describe(previewLead(form, result.lead, { now })))
    return 0
  },
}

function formOf(
  name: string,
  found: { readonly form: FormSetup } | { readonly problems: readonly string[] } | undefined,
  names: readonly string[],
): FormSetup {
  if (!found) throw new CommandError(`there is no form "${name}", but ${names.join(', ')}`)
  if ('problems' in found)
    throw new CommandError(`the form "${name}" is refused:\n${found.problems.join('\n')}`)
  return found.form
}

/** What a person writes by hand need not hold more than the values. */
function leadFrom(text: string, file: string, { definition }: FormSetup, now: Date): unknown {
  const at = now.toISOString()
  const given: object = Object(parseJson(text, file))
  return {
    id: '00000000-0000-7000-8000-000000000000',
    key: 'A'.repeat(22),
    consents: definition.consents.map((consent) => receipt(consent, at)),
    page: { url: 'https://example.ru/', startedAt: at, submittedAt: at },
    ...given,
  }
}

function receipt({ id, documentUrl, version }: ConsentDefinition, acceptedAt: string): object {
  return { id, documentUrl, version, acceptedAt }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CommandError(`${file} is not JSON`)
  }
}

function describe({ delivery, issues, destinations }: Preview): string {
  const form =
    issues.length > 0
      ? ['The form would object, and store nothing:', ...issues.map(issueLine)]
      : [`The form takes it; delivery: ${delivery}.`]
  return `${[...form, ...destinations.flatMap(destinationLines)].join('\n')}\n`
}

function destinationLines({
  destination,
  provider,
  request,
  issues,
  withheld,
}: DestinationPreview): string[] {
  const lines = ['', `${provider} (${destination})`]
  if (withheld) return [...lines, `  would not be called: ${withheld}`]
  if (issues.length > 0)
    lines.push('  would not be called before these are mended:', ...issues.map(issueLine))
  if (!request) return lines
  const headers = Object.entries(request.headers).map(([header, value]) => `  ${header}: ${value}`)
  return [...lines, `  ${request.method} ${request.url}`, ...headers, '', ...bodyLines(request.body)]
}

function issueLine({ field, message }: ShownIssue): string {
  return `  ${field}: ${message}`
}

/** JSON is laid out, a form's fields stand one a line. */
function bodyLines(body = ''): readonly string[] {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
      .split('\n')
      .map((line) => `  ${line}`)
  } catch {
    return Array.from(new URLSearchParams(body), ([name, value]) => `  ${name}=${value}`)
  }
}

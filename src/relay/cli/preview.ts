import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ConsentDefinition } from '../../form/definition.ts'
import { parseConfig } from '../config/config.ts'
import type { FormConfig } from '../config/form-config.ts'
import { parseLead } from '../http/parse-lead.ts'
import {
  type DestinationPreview,
  type LeadPreview,
  previewLead,
  type IssueWithMessage,
} from '../delivery/preview-lead.ts'
import { CommandError, type Command } from './command.ts'
import { readConfigFile } from './read-config-file.ts'

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
    const { candidate, readText } = await readConfigFile(file)
    const { forms } = await parseConfig(candidate, { env: process.env, readText })
    const form = selectForm(name, forms.get(name), [...forms.keys()])
    const now = new Date()
    const result = parseLead(parseLeadFile(leadText, leadFile, form, now))
    if ('problem' in result) throw new CommandError(`${leadFile}: not a lead: ${result.problem}`)
    process.stdout.write(formatPreview(previewLead(form, result.lead, { now })))
    return 0
  },
}

function selectForm(
  name: string,
  found: { readonly form: FormConfig } | { readonly problems: readonly string[] } | undefined,
  names: readonly string[],
): FormConfig {
  if (!found) throw new CommandError(`there is no form "${name}", but ${names.join(', ')}`)
  if ('problems' in found)
    throw new CommandError(`the form "${name}" is refused:\n${found.problems.join('\n')}`)
  return found.form
}

/** What a person writes by hand need not hold more than the values. */
function parseLeadFile(text: string, file: string, { definition }: FormConfig, now: Date): unknown {
  const at = now.toISOString()
  const given: object = Object(parseJson(text, file))
  return {
    id: '00000000-0000-7000-8000-000000000000',
    key: 'A'.repeat(22),
    consents: definition.consents.map((consent) => createConsentReceipt(consent, at)),
    page: { url: 'https://example.ru/', startedAt: at, submittedAt: at },
    ...given,
  }
}

function createConsentReceipt({ id, documentUrl, version }: ConsentDefinition, acceptedAt: string): object {
  return { id, documentUrl, version, acceptedAt }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new CommandError(`${file} is not JSON`)
  }
}

function formatPreview({ delivery, issues, destinations }: LeadPreview): string {
  const form =
    issues.length > 0
      ? ['The form would object, and store nothing:', ...issues.map(formatIssue)]
      : [`The form takes it; delivery: ${delivery}.`]
  return `${[...form, ...destinations.flatMap(formatDestination)].join('\n')}\n`
}

function formatDestination({
  destination,
  provider,
  request,
  issues,
  failedPrecondition,
}: DestinationPreview): string[] {
  const lines = ['', `${provider} (${destination})`]
  if (failedPrecondition) return [...lines, `  would not be called: ${failedPrecondition}`]
  if (issues.length > 0)
    lines.push('  would not be called before these are mended:', ...issues.map(formatIssue))
  if (!request) return lines
  const headers = Object.entries(request.headers).map(([header, value]) => `  ${header}: ${value}`)
  return [...lines, `  ${request.method} ${request.url}`, ...headers, '', ...formatBody(request.body)]
}

function formatIssue({ field, message }: IssueWithMessage): string {
  return `  ${field}: ${message}`
}

/** JSON is laid out, a form's fields stand one a line. */
function formatBody(body = ''): readonly string[] {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
      .split('\n')
      .map((line) => `  ${line}`)
  } catch {
    return Array.from(new URLSearchParams(body), ([name, value]) => `  ${name}=${value}`)
  }
}

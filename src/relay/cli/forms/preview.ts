import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ConsentDefinition } from '../../../form/definition.ts'
import type { FormConfig, FormConfigResult } from '../../config/form-config.ts'
import { parseLead } from '../../http/parsing/parse-lead.ts'
import {
  type DestinationPreview,
  type LeadPreview,
  previewLead,
  type IssueWithMessage,
} from '../../delivery/preview-lead.ts'
import type { CampaignField } from '../../../providers/core/context.ts'
import { loadPatternMatcher } from '../../campaigns/load-pattern-matcher.ts'
import type { Destination } from '../../destinations/destination.ts'
import { readCampaignSettings } from '../providers/read-campaign-settings.ts'
import { CommandError, type Command, UsageError } from '../command.ts'
import { parseJson } from '../../../providers/core/json.ts'
import { loadConfig } from '../read-config-file.ts'

/** Prints the requests that a lead would make, one per destination. Nothing is sent. */
export const previewCommand: Command = {
  words: ['preview'],
  usage: '--config FILE --form NAME --lead FILE',
  summary:
    "prints the exact requests that a lead would make, without credentials; sends and stores no lead, but reads the settings of Admitad's campaigns",
  options: {
    form: { type: 'string', about: 'the form, by its name in the configuration' },
    lead: {
      type: 'string',
      about: 'a lead (JSON): as a page posts it, or { "values": { … } }, with all consents',
    },
  },

  async run({ config: file, options: { form: name, lead: leadFile } }, { fetch }) {
    if (typeof name !== 'string') throw new UsageError('preview: the form is missing: add --form NAME')
    if (typeof leadFile !== 'string') throw new UsageError('preview: the lead is missing: add --lead FILE')
    const leadText = await readFile(resolve(leadFile), 'utf8')
    const { forms } = (await loadConfig(file)).config
    const form = selectForm(name, forms.get(name), [...forms.keys()])
    const now = new Date()
    const result = parseLead(parseLeadFile(leadText, leadFile, form, now))
    if ('problem' in result) throw new CommandError(`${leadFile}: not a lead: ${result.problem}`)
    const settings = new Map<Destination, readonly CampaignField[]>()
    for (const destination of form.destinations) {
      const read = await readCampaignSettings(destination, { fetch, now })
      if ('campaigns' in read)
        settings.set(
          destination,
          read.campaigns.flatMap(({ fields }) => fields),
        )
      else
        process.stderr.write(
          `${destination.key}: the settings of its campaigns are not known, so its request may differ: ${read.problem}\n`,
        )
    }
    const settingsOf = (destination: Destination) => settings.get(destination)
    const hasId = Object.hasOwn(Object(parseJson(leadText)), 'id')
    const matches = await loadPatternMatcher([form])
    process.stdout.write(formatPreview(previewLead(form, result.lead, { now, settingsOf, matches, hasId })))
    return 0
  },
}

function selectForm(
  name: string,
  result: FormConfigResult | undefined,
  names: readonly string[],
): FormConfig {
  if (!result) throw new CommandError(`there is no form "${name}"; the forms are ${names.join(', ')}`)
  if ('problems' in result)
    throw new CommandError(`the form "${name}" is refused:\n${result.problems.join('\n')}`)
  return result.form
}

/** Completes a lead that was written by hand: it may hold only the values. */
function parseLeadFile(text: string, file: string, { definition }: FormConfig, now: Date): unknown {
  const at = now.toISOString()
  const json = parseJson(text)
  if (json === undefined) throw new CommandError(`${file} is not JSON`)
  const lead: object = Object(json)
  return {
    id: '00000000-0000-7000-8000-000000000000',
    key: 'A'.repeat(22),
    consents: definition.consents.map((consent) => createConsentReceipt(consent, at)),
    page: { url: 'https://example.ru/', startedAt: at, submittedAt: at },
    ...lead,
  }
}

function createConsentReceipt({ id, documentUrl, version }: ConsentDefinition, acceptedAt: string): object {
  return { id, documentUrl, version, acceptedAt }
}

function formatPreview({ delivery, issues, destinations }: LeadPreview): string {
  const form =
    issues.length > 0
      ? ['The form refuses it and stores nothing:', ...issues.map(formatIssue)]
      : [`The form accepts it; delivery: ${delivery}.`]
  return `${[...form, ...destinations.flatMap(formatDestination)].join('\n')}\n`
}

function formatDestination({
  destination,
  provider,
  request,
  issues,
  failedPrecondition,
  takes,
  passedOver,
}: DestinationPreview): string[] {
  const lines = [
    '',
    `${provider} (${destination})`,
    ...(takes === undefined ? [] : [`  takes ${takes}`]),
    ...(passedOver === undefined ? [] : [`  would be passed over: ${passedOverTexts[passedOver]}`]),
  ]
  if (passedOver === 'when' || passedOver === 'share') return lines
  if (failedPrecondition) return [...lines, `  would not be called: ${failedPrecondition}`]
  if (issues.length > 0)
    lines.push('  would not be called before these are fixed:', ...issues.map(formatIssue))
  if (!request) return lines
  const headers = Object.entries(request.headers).map(([header, value]) => `  ${header}: ${value}`)
  return [...lines, `  ${request.method} ${request.url}`, ...headers, '', ...formatBody(request.body)]
}

const passedOverTexts = {
  when: 'the values do not meet its condition',
  share: 'the id of the lead is outside of its share',
  hours: 'it takes leads at other hours',
} as const

function formatIssue({ field, message }: IssueWithMessage): string {
  return `  ${field}: ${message}`
}

/** Formats a body: JSON is indented, the fields of a form are one per line. */
function formatBody(body = ''): readonly string[] {
  const json = parseJson(body)
  if (json === undefined) {
    return Array.from(new URLSearchParams(body), ([name, value]) => `  ${name}=${value}`)
  }
  return JSON.stringify(json, null, 2)
    .split('\n')
    .map((line) => `  ${line}`)
}

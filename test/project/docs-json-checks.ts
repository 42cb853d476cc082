import { parseOptions } from '../../src/embed/options/parse-options.ts'
import { parseDefinition } from '../../src/form/definition.ts'
import { presets } from '../../src/form/presets/presets.ts'
import { resolveTexts } from '../../src/i18n/messages/parse-messages.ts'
import { lazyRu } from '../../src/i18n/ru/lazy.ts'
import { ru } from '../../src/i18n/ru/ru.ts'
import { parseStaticPlaceList } from '../../src/places/parse-static-place-list.ts'
import { parseConfig } from '../../src/relay/config/config.ts'
import { parseFormConfig } from '../../src/relay/config/form-config.ts'
import { createWebhookReceiver } from '../../src/relay/messages/receivers/webhook.ts'
import type { StatusEvent } from '../../src/relay/messages/status-events.ts'
import { parseLead } from '../../src/relay/http/parsing/parse-lead.ts'

/** The documents that a definition of an author may leave to the relay or the page. */
export const documents = {
  operator: { name: 'ООО Пример' },
  policyUrl: 'https://example.ru/policy',
  consents: ['processing', 'transfer'].map((id) => ({
    id,
    required: true,
    documentUrl: 'https://example.ru/consent/2026-09-01.html',
    version: '2026-09-01',
  })),
}

/** A form's entry that every provider accepts: it asks for all that any preset asks for. */
export const completeForm = {
  definition: {
    steps: Object.values(presets)
      .flatMap(({ steps }) => steps)
      .flatMap(({ fields }) => fields)
      .filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index)
      .map((field, index) => ({ id: `step-${index}`, title: 'a', fields: [{ name: field.name }] })),
  },
  ...documents,
  origins: [],
  destinations: [{ provider: 'lotinfo', token: { env: 'LOTINFO_TOKEN' } }],
}

/** What a configuration is read with: every environment variable is set, and there are no files but secrets. */
export const configDeps = {
  env: new Proxy<Record<string, string>>(
    {},
    {
      get(_, name) {
        if (String(name).endsWith('HOOK_SECRET')) return `whsec_${'a'.repeat(32)}`
        if (String(name).startsWith('TELEGRAM')) return `123456:${'a'.repeat(32)}`
        if (String(name).startsWith('SMTP')) return 'smtps://leads:password@mail.example.ru'
        return String(name).endsWith('URL') ? 'https://crm.example.ru/rest/1/aaaa' : 'a'.repeat(32)
      },
    },
  ),
  readText: (path: string) =>
    path.startsWith('/run/secrets/')
      ? Promise.resolve('a'.repeat(32))
      : Promise.reject(new Error('no files')),
}

/** What is wrong with a block of JSON, by what it holds. */
export const jsonChecks: Readonly<Record<string, (json: unknown) => unknown>> = {
  relay: async (json) => {
    const { forms } = await parseConfig(json, configDeps)
    return [...forms.values()].flatMap((form) => ('problems' in form ? form.problems : []))
  },
  receivers: async (json) => {
    await parseConfig({ forms: { main: completeForm }, ...Object(json) }, configDeps)
    return []
  },
  form: (json) => formProblems(Object(json)),
  destination: (json) => formProblems({ destinations: [json] }),
  destinations: (json) => formProblems({ destinations: json }),
  rules: (json) =>
    formProblems({
      destinations: [{ provider: 'fivecrm', publicToken: 'a', fields: Object(json) }],
    }),
  definition: definitionProblems,
  author: (json) => definitionProblems({ ...documents, ...Object(json) }),
  options: (json) => parseOptions(Object(json), []).issues,
  preset: (json) => definitionProblems({ ...Object(json), ...documents }),
  step: (json) => definitionProblems({ id: 'a', steps: [json], ...documents }),
  fields: fieldProblems,
  field: (json) => fieldProblems([json]),
  condition: (json) => fieldProblems([{ name: 'jobPlace', when: json }]),
  places: (json) => {
    const result = parseStaticPlaceList(json)
    return 'problems' in result ? result.problems : []
  },
  messages: (json) => resolveTexts({ ...ru, ...lazyRu }, json).problems,
  webhook: (json) => {
    const { type, timestamp, data }: Readonly<Record<string, unknown>> = Object(json)
    const lead: Readonly<Record<string, unknown>> = Object(data)
    const parsed = parseLead({ ...lead, key: 'A'.repeat(22) })
    const known = ['id', 'number', 'form', 'revision', 'values', 'consents', 'attribution', 'page']
    return [
      ...('problem' in parsed ? [parsed.problem] : []),
      ...Object.keys(lead).filter((name) => !known.includes(name)),
      ...(type === 'lead.created' && typeof timestamp === 'string' ? [] : ['type, timestamp']),
    ]
  },
  notice: async (json) => {
    const { type, timestamp, data }: Readonly<Record<string, unknown>> = Object(json)
    const sent = await sendNotice()
    const isTyped = String(type).startsWith('lead.') && typeof timestamp === 'string'
    return [
      ...(isTyped ? [] : ['type, timestamp']),
      ...new Set(Object.keys(Object(data))).symmetricDifference(new Set(Object.keys(Object(sent)))),
    ]
  },
  preview: (json) => Object.keys(Object(json)).filter((key) => key !== 'values'),
}

/** The data of a notification as a webhook gets it. */
async function sendNotice(): Promise<unknown> {
  const subscription = { key: 'a', kind: 'notification', on: new Set<StatusEvent>() } as const
  const options = { url: 'https://crm.example.ru', secret: `whsec_${'a'.repeat(32)}`, allowPrivate: false }
  let body = ''
  const fetch = async (_: string, init: RequestInit) => {
    body = await new Response(init.body ?? '').text()
    return new Response('')
  }
  const notice = {
    lead: '0199a2c4-0000-7000-8000-000000000001',
    form: 'main',
    event: 'failed',
    details: { status: 'failed', destination: 'devtek', reason: 'status 503' },
    createdAt: new Date(0),
    values: { amount: 30_000, region: 'Тюменская обл' },
    attribution: {},
  } as const
  await createWebhookReceiver(subscription, { ...options, isPersonal: false }).send(
    { id: 'a', notices: [notice] },
    { fetch, publicFetch: fetch, publicUrl: 'https://leads.example.ru', now: () => 0 },
  )
  return JSON.parse(body).data
}

async function formProblems(changes: object): Promise<readonly string[]> {
  const result = await parseFormConfig('main', { ...completeForm, ...changes }, configDeps)
  return 'problems' in result ? result.problems : []
}

function definitionProblems(candidate: unknown): readonly string[] {
  const result = parseDefinition(candidate)
  return 'problems' in result ? result.problems : []
}

function fieldProblems(asked: unknown): readonly string[] {
  const steps = [
    { id: 'loan', title: 'a', fields: ['termDays', 'employment'] },
    { id: 'asked', title: 'a', fields: asked },
  ]
  return definitionProblems({ id: 'a', steps, ...documents })
}

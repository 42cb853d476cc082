import { admitadConfig, campaignsOption } from '../../src/providers/admitad/config.ts'
import { trimmedText } from '../../src/providers/core/options/option-schemas.ts'
import { fieldRulesSchema } from '../../src/providers/core/field-rules.ts'
import { httpConfig } from '../../src/providers/http/config.ts'
import { http } from '../../src/providers/http/index.ts'
import { httpOptions } from '../../src/providers/http/options.ts'
import { outcomeRuleSchema } from '../../src/providers/http/rules.ts'
import { type ProviderName, providers } from '../../src/providers/registry.ts'
import { webhookConfig } from '../../src/providers/webhook/config.ts'
import { webhook } from '../../src/providers/webhook/index.ts'
import { destinationRulesSchema } from '../../src/relay/config/routing-config.ts'
import { hoursPattern } from '../../src/relay/leads/routing/hours.ts'
import { destinationRuleKeys } from '../docs/relay-reference.ts'
import { baseUrlOptions } from '../../src/relay/config/destination-config.ts'
import {
  providerOptionDescriptions,
  relayProviderOptionDescriptions,
  type RelayProviderName,
} from '../docs/provider-options.ts'
import {
  conditional,
  type ConvertOptions,
  definitionOf,
  describeProperties,
  type JsonSchema,
  propertiesOf,
  reference,
} from './convert-schema.ts'

const hoursOption = destinationRulesSchema.entries.hours.wrapped
const [, needsCampaigns, needsCampaignId, needsCredentials] = admitadConfig.pipe
const campaign = campaignsOption.pipe[0].item
const syncMode: JsonSchema = { properties: { mode: { const: 'sync' } }, required: ['mode'] }

/** The names of all providers. */
export const providerNames: readonly ProviderName[] = ['devtek', 'admitad', 'lotinfo', 'fivecrm']

/** The names of the providers that only a relay has. */
export const relayProviderNames: readonly RelayProviderName[] = ['webhook', 'http']

const allProviders = { ...providers, webhook, http }
const allDescriptions = { ...providerOptionDescriptions, ...relayProviderOptionDescriptions }

/** The options of every provider, and their checks. */
export const providerOptions: ConvertOptions = {
  definitions: {
    ...Object.fromEntries(providerNames.map((name) => [name, providers[name].config])),
    fieldRules: fieldRulesSchema,
    destinationRules: destinationRulesSchema,
    campaign: campaign.getter(0),
    campaignList: campaign.getter([]),
    campaignGroup: campaign.getter({}),
  },
  keywords: new Map<unknown, JsonSchema>([
    [hoursOption.pipe[1], { pattern: hoursPattern.source }],
    [hoursOption.pipe[2], {}],
    // A line end is cut off after the check.
    [trimmedText, {}],
    [needsCampaigns, { allOf: [conditional({ not: syncMode }, { required: ['campaigns'] })] }],
    [needsCampaignId, { allOf: [conditional(syncMode, { required: ['campaignId'] })] }],
    [
      needsCredentials,
      { allOf: [{ anyOf: [{ required: ['accessToken'] }, { required: ['clientId', 'clientSecret'] }] }] },
    ],
  ]),
}

const addressPattern: JsonSchema = { pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@\\s]' }

/** The options of the providers that only a relay has, and their checks. */
export const relayProviderOptions: ConvertOptions = {
  definitions: Object.fromEntries(relayProviderNames.map((name) => [name, allProviders[name].config])),
  keywords: new Map<unknown, JsonSchema>([
    [webhookConfig.entries.url.options[0].pipe[1], addressPattern],
    [httpOptions.entries.url.wrapped.options[0].pipe[1], addressPattern],
    // Always comes from the environment.
    [webhookConfig.entries.secret.pipe[1], {}],
    [outcomeRuleSchema.pipe[1], { anyOf: [{ required: ['status'] }, { required: ['path'] }] }],
    [outcomeRuleSchema.pipe[2], { allOf: [conditional({ required: ['oneOf'] }, { required: ['path'] })] }],
    [httpConfig.pipe[1], {}],
    [httpConfig.pipe[2], {}],
  ]),
}

/** An https address without a user name or a password; plain http on this machine only. */
const safeUrl: JsonSchema = {
  pattern: '^(https://[^/?#@\\s]+|http://(localhost|\\[::1\\]|127(\\.\\d+){3})(:\\d+)?)([/?#]|$)',
}

/**
 * A provider's options as an entry of a form's `destinations`, with the provider's name and an id. Every option can come
 * from an environment variable; a secret must.
 */
export function createDestinationSchema(
  schema: JsonSchema,
  name: ProviderName | RelayProviderName,
): JsonSchema {
  const converted = withMarkedSecrets(describeProvider(schema, name))
  const secrets: readonly string[] = allProviders[name].secrets
  const options = Object.entries(propertiesOf(converted)).map(([option, { description, ...accepted }]) => {
    const isBaseUrl = baseUrlOptions.some((name) => name === option)
    const value = isBaseUrl ? { ...accepted, ...safeUrl } : accepted
    const alternatives = secrets.includes(option) ? [] : [value]
    return [option, { description, anyOf: [...alternatives, reference('secretReference')] }] as const
  })
  const { provider: _, ...properties } = Object.fromEntries(options)
  return {
    ...converted,
    properties: {
      provider: { description: 'The name of the provider.', const: name },
      id: {
        description: 'A name of your own for the destination, which it keeps if all its options change.',
        ...reference('destinationId'),
      },
      ...(allProviders[name].isNamed || Object.hasOwn(properties, 'name')
        ? {}
        : { name: { description: 'The same as `id`.', ...reference('destinationId') } }),
      ...propertiesOf(describeProperties(definitionOf(schema, 'destinationRules'), destinationRuleKeys)),
      ...properties,
    },
    required: ['provider', ...(converted.required ?? [])],
    additionalProperties: false,
  }
}

/** A provider's options as a page's `providerOptions`. In test mode a form needs no credentials. */
export function createPageOptionsSchema(schema: JsonSchema, name: ProviderName): JsonSchema {
  const { allOf: _, required: __, ...converted } = describeProvider(schema, name)
  const { provider: ___, ...properties } = propertiesOf(converted)
  return { ...converted, properties, additionalProperties: false }
}

/** Where an adapter takes `{ secret: '…' }`, a configuration names the environment variable that holds it. */
function withMarkedSecrets(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_, value: unknown) => {
    const { properties }: JsonSchema = Object(value)
    return properties && Object.keys(properties).join() === 'secret' ? reference('markedSecret') : value
  })
}

function describeProvider(schema: JsonSchema, name: ProviderName | RelayProviderName): JsonSchema {
  const definition = definitionOf(schema, name)
  const common = {
    provider: 'The name of the provider.',
    baseUrl: "The provider's address, or that of a sandbox.",
    fields: 'Rules that fill parameters of the document, by their names there.',
  }
  const names = Object.keys(propertiesOf(definition))
  return describeProperties(definition, {
    ...Object.fromEntries(Object.entries(common).filter(([option]) => names.includes(option))),
    ...allDescriptions[name],
  })
}

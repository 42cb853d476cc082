import { admitadConfig, campaignsOption } from '../../src/providers/admitad/config.ts'
import { withoutLineEnd } from '../../src/providers/core/options/option-schemas.ts'
import { fieldRulesSchema } from '../../src/providers/core/field-rules.ts'
import { type ProviderName, providers } from '../../src/providers/registry.ts'
import { baseUrlOptions } from '../../src/relay/config/destination-config.ts'
import { providerOptionDescriptions } from '../docs/provider-options.ts'
import {
  conditional,
  type ConvertOptions,
  definitionOf,
  describeProperties,
  type JsonSchema,
  propertiesOf,
  reference,
} from './convert-schema.ts'

const [, needsCampaigns, needsCampaignId, needsCredentials] = admitadConfig.pipe
const campaign = campaignsOption.pipe[0].item
const syncMode: JsonSchema = { properties: { mode: { const: 'sync' } }, required: ['mode'] }

/** The names of all providers. */
export const providerNames: readonly ProviderName[] = ['devtek', 'admitad', 'lotinfo', 'fivecrm']

/** The options of every provider, and their checks. */
export const providerOptions: ConvertOptions = {
  definitions: {
    ...Object.fromEntries(providerNames.map((name) => [name, providers[name].config])),
    fieldRules: fieldRulesSchema,
    campaign: campaign.getter(0),
    campaignList: campaign.getter([]),
    campaignGroup: campaign.getter({}),
  },
  keywords: new Map<unknown, JsonSchema>([
    // A line end is cut off after the check.
    [withoutLineEnd, {}],
    [needsCampaigns, { allOf: [conditional({ not: syncMode }, { required: ['campaigns'] })] }],
    [needsCampaignId, { allOf: [conditional(syncMode, { required: ['campaignId'] })] }],
    [
      needsCredentials,
      { allOf: [{ anyOf: [{ required: ['accessToken'] }, { required: ['clientId', 'clientSecret'] }] }] },
    ],
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
export function createDestinationSchema(schema: JsonSchema, name: ProviderName): JsonSchema {
  const converted = describeProvider(schema, name)
  const secrets: readonly string[] = providers[name].secrets
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

function describeProvider(schema: JsonSchema, name: ProviderName): JsonSchema {
  return describeProperties(definitionOf(schema, name), {
    provider: 'The name of the provider.',
    baseUrl: "The provider's address, or that of a sandbox.",
    fields: 'Rules that fill parameters of the document, by their names there.',
    ...providerOptionDescriptions[name],
  })
}

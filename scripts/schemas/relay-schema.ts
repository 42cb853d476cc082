import {
  array,
  minEntries,
  optional,
  picklist,
  pipe,
  record,
  regex,
  strictObject,
  string,
  union,
} from 'valibot'
import { definitionSchemas } from '../../src/form/definition.ts'
import { presets } from '../../src/form/presets/presets.ts'
import { providers } from '../../src/providers/registry.ts'
import { http } from '../../src/providers/http/index.ts'
import { webhook } from '../../src/providers/webhook/index.ts'
import { relayConfigSchema } from '../../src/relay/config/config.ts'
import { consoleSchema, consoleUserSchema } from '../../src/relay/config/console-config.ts'
import {
  databaseAddressSchema,
  databaseServerSchema,
  serverUrlSchema,
} from '../../src/relay/config/database-config.ts'
import { destinationIdSchema } from '../../src/relay/config/destination-config.ts'
import { overridableKeys } from '../../src/relay/config/definitions/load-definition.ts'
import { formConfigSchema } from '../../src/relay/config/form-config.ts'
import { markedReferenceSchema } from '../../src/relay/config/marked-secrets.ts'
import {
  emailSchema,
  notificationHookSchema,
  notifySchema,
  postbackSchema,
  telegramSchema,
} from '../../src/relay/config/message-config.ts'
import { secretReferenceSchema } from '../../src/relay/config/secrets.ts'
import { formKeys, relayKeys } from '../docs/relay-reference.ts'
import {
  conditional,
  convertSchema,
  definitionOf,
  describeProperties,
  type JsonSchema,
} from './convert-schema.ts'
import { authorSchema, definitionOptions, describeDefinition, httpUrlPattern } from './definition-schema.ts'
import {
  createDestinationSchema,
  providerNames,
  providerOptions,
  relayProviderNames,
  relayProviderOptions,
} from './provider-schemas.ts'

const { entries } = definitionSchemas.definition
const presetNames = Object.keys(presets)
const overrides = Object.fromEntries(overridableKeys.map((key) => [key, optional(entries[key])]))

const destinationNames = [...providerNames, ...relayProviderNames]
const destinationSchema = union([
  ...providerNames.map((name) => providers[name].config),
  webhook.config,
  http.config,
])

/** A form's entry. The relay checks its parts one by one, so that a form with a mistake is refused alone. */
const formSchema = strictObject({
  ...formConfigSchema.entries,
  ...overrides,
  definition: union([picklist(presetNames), pipe(string(), regex(/\.json$/)), authorSchema]),
  destinations: array(destinationSchema),
})

/** A receiver of notifications. Ids and addresses may come from the environment, secrets must. */
const notifyEntrySchema = strictObject({
  ...notifySchema.entries,
  telegram: optional(
    strictObject({
      ...telegramSchema.entries,
      token: secretReferenceSchema,
      chat: union([secretReferenceSchema, telegramSchema.entries.chat.pipe[0]]),
    }),
  ),
  email: optional(strictObject({ ...emailSchema.entries, smtp: secretReferenceSchema })),
  webhook: optional(
    strictObject({
      ...notificationHookSchema.entries,
      url: union([secretReferenceSchema, notificationHookSchema.entries.url]),
      secret: secretReferenceSchema,
    }),
  ),
})

const postbackEntrySchema = strictObject({
  ...postbackSchema.entries,
  url: union([secretReferenceSchema, postbackSchema.entries.url]),
})

const configSchema = strictObject({
  ...relayConfigSchema.entries,
  database: optional(
    union([
      databaseAddressSchema,
      strictObject({ ...databaseServerSchema.entries, url: union([secretReferenceSchema, serverUrlSchema]) }),
    ]),
    relayConfigSchema.entries.database.default,
  ),
  notify: optional(array(notifyEntrySchema)),
  postbacks: optional(array(postbackEntrySchema)),
  adminToken: optional(secretReferenceSchema),
  metricsToken: optional(secretReferenceSchema),
  dataKeys: optional(array(secretReferenceSchema)),
  searchKey: optional(secretReferenceSchema),
  forms: pipe(record(relayConfigSchema.entries.forms.pipe[0].key, formSchema), minEntries(1)),
})

/** Documents that a definition has, or else the form's entry. */
const documents = ['operator', 'policyUrl', 'consents'] as const

const needsDocuments: JsonSchema = {
  allOf: [
    // A preset has no documents.
    conditional({ properties: { definition: { enum: presetNames } } }, { required: [...documents] }),
    ...documents.map((key) =>
      conditional(
        { properties: { definition: { type: 'object' } } },
        { anyOf: [{ required: [key] }, { properties: { definition: { required: [key] } } }] },
      ),
    ),
  ],
}

/** JSON Schema of the relay's configuration. */
export function createRelaySchema(): JsonSchema {
  const { $schema, ...schema } = convertSchema(configSchema, {
    definitions: {
      ...definitionOptions.definitions,
      ...providerOptions.definitions,
      ...relayProviderOptions.definitions,
      form: formSchema,
      destination: destinationSchema,
      destinationId: destinationIdSchema,
      secretReference: secretReferenceSchema,
      markedSecret: markedReferenceSchema,
    },
    keywords: new Map<unknown, JsonSchema>([
      ...definitionOptions.keywords,
      ...providerOptions.keywords,
      ...relayProviderOptions.keywords,
      [databaseAddressSchema.pipe[2], {}],
      [relayConfigSchema.entries.host.wrapped.pipe[1], { pattern: '^[A-Za-z\\d:][\\w.:%-]*$' }],
      [serverUrlSchema.pipe[2], {}],
      [consoleUserSchema.entries.name.pipe[3], {}],
      [consoleUserSchema.entries.password.pipe[1], { pattern: '^scrypt\\$' }],
      [consoleSchema.entries.users.wrapped.pipe[1], {}],
      [relayConfigSchema.entries.publicUrl.wrapped.pipe[1], { pattern: httpUrlPattern }],
      [
        formConfigSchema.entries.origins.item.pipe[1],
        { pattern: '^(null|[Hh][Tt][Tt][Pp][Ss]?://(\\*\\.(?=[^.]+\\.))?[^/?#@*\\s]+/?)$' },
      ],
      [formSchema, needsDocuments],
      // Lets editors name all providers.
      [
        destinationSchema,
        { type: 'object', properties: { provider: { enum: destinationNames } }, required: ['provider'] },
      ],
      [
        secretReferenceSchema,
        {
          description:
            'The environment variable or the file that holds the value, as in { "env": "TOKEN" } or { "file": "token.txt" }.',
        },
      ],
    ]),
  })
  return {
    $schema,
    title: 'Configuration of an Anketa relay',
    ...describeProperties(schema, relayKeys),
    $defs: {
      ...describeDefinition(schema),
      form: describeProperties(definitionOf(schema, 'form'), formKeys),
      ...Object.fromEntries(destinationNames.map((name) => [name, createDestinationSchema(schema, name)])),
    },
  }
}

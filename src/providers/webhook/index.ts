import { secretsOfAddress } from '../core/url.ts'
import type { Provider } from '../core/provider.ts'
import { type WebhookConfig, webhookConfig } from './config.ts'
import { webhookOutcome } from './outcome.ts'
import { webhookRequest } from './request.ts'

/** A webhook of the operator's own, signed by the Standard Webhooks scheme: https://www.standardwebhooks.com. */
export const webhook: Provider<WebhookConfig> = {
  name: 'webhook',
  config: webhookConfig,
  secrets: ['secret'],
  secretPaths: ['url'],
  credentials: ({ url, secret }) => [...secretsOfAddress(url), ...secret.split(/\s+/)],
  identity: ['url'],
  isNamed: true,
  reservedParameters: [],
  parameters: () => [],
  operations: {
    create: {
      // A repetition has the id of the first message.
      retry: 'safe',
      request: webhookRequest,
      outcome: webhookOutcome,
    },
  },
}

import type { Outcome } from '../../lead/outcome.ts'
import type { LeadContext } from '../core/context.ts'
import type { Provider } from '../core/provider.ts'
import { type HttpConfig, httpConfig } from './config.ts'
import { findNamedConsents } from './named-consents.ts'
import { httpCredentials } from './credentials.ts'
import { httpOutcome } from './outcome.ts'
import { httpParameters } from './parameters.ts'
import { httpProblems } from './problems.ts'
import { httpRequest } from './request.ts'

/** Any interface that takes leads in one call: its address, parameters and answers are data. */
export const http: Provider<HttpConfig> = {
  name: 'http',
  config: httpConfig,
  secrets: [],
  secretPaths: ['url', 'headers.*', 'fields.*'],
  credentials: httpCredentials,
  identity: ['url'],
  isNamed: true,
  reservedParameters: [],
  parameters: httpParameters,
  problems: httpProblems,
  requiredFields: ({ requires }) => requires,
  retry: ({ retry }) => retry,
  receiver: ({ receiver }) => receiver,
  requiredConsents: ({ consents }) => consents,
  namedConsents: findNamedConsents,
  precondition,
  operations: {
    create: { retry: 'if-not-sent', request: httpRequest, outcome: httpOutcome },
  },
}

function precondition({ consents }: HttpConfig, { lead }: LeadContext): Outcome | undefined {
  const missing = consents.find((needed) => !lead.consents.some(({ id }) => id === needed))
  return missing === undefined
    ? undefined
    : { outcome: 'declined', reason: `nothing was sent: no consent "${missing}"` }
}

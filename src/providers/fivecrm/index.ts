import type { Operation, Operations, Provider } from '../core/provider.ts'
import { writeParameters } from '../core/write-parameters.ts'
import { type FiveCrmConfig, fiveCrmConfig, type FiveCrmMethod } from './config.ts'
import { type FiveCrmLists, fiveCrmLists } from './lists.ts'
import { fiveCrmOutcome } from './outcome.ts'
import { fiveCrmParameters } from './parameters.ts'

const methodPaths = {
  form: 'ctm/form/send',
  deal: 'public/deal/add',
  contact: 'public/contact/add',
  company: 'public/company/add',
  task: 'public/task/add',
} as const satisfies Record<FiveCrmMethod, string>

const createLead: Operation<FiveCrmConfig> = {
  // Every call adds another one, and no answer tells an id by which it could be found again.
  retry: 'if-not-sent',

  request(config, context) {
    const { baseUrl, method, publicToken } = config
    const body = new URLSearchParams({ public_token: publicToken })
    for (const { path, value } of writeParameters(fiveCrmParameters(config), config, context)) {
      if (typeof value === 'string' || typeof value === 'number') body.set(path, String(value))
    }
    return {
      // form/send takes GET, too, which would put personal data into addresses.
      method: 'POST',
      url: `${baseUrl.replace(/\/+$/, '')}/${methodPaths[method]}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        accept: 'application/json',
      },
      body: body.toString(),
    }
  },

  outcome: fiveCrmOutcome,
}

/** 5CRM's adapter: it can read the CRM's own lists, too. */
export interface FiveCrm extends Provider<FiveCrmConfig> {
  readonly operations: Operations<FiveCrmConfig> & FiveCrmLists
}

/** 5CRM, a general CRM: a lead becomes what `method` says. Contract: its document for integrators, a beta version. */
export const fivecrm: FiveCrm = {
  name: 'fivecrm',
  config: fiveCrmConfig,
  // The public token is made for pages.
  secrets: ['secretToken'],
  identity: ['publicToken', 'method', 'funnelId'],
  reservedParameters: [
    { path: 'public_token', type: 'string', required: true, from: { option: 'publicToken' } },
  ],
  parameters: fiveCrmParameters,
  operations: { create: createLead, ...fiveCrmLists },
}

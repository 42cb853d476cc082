import type { HttpRequest, LeadContext } from '../core/context.ts'
import { joinUrl } from '../core/url.ts'
import { writeParameters } from '../core/write-parameters.ts'
import type { FiveCrmConfig, FiveCrmMethod } from './config.ts'
import { fiveCrmParameters } from './parameters.ts'

const methodPaths = {
  form: 'ctm/form/send',
  deal: 'public/deal/add',
  contact: 'public/contact/add',
  company: 'public/company/add',
  task: 'public/task/add',
} as const satisfies Record<FiveCrmMethod, string>

/** The call that adds what the destination's `method` names. */
export function fiveCrmRequest(config: FiveCrmConfig, context: LeadContext): HttpRequest {
  const { baseUrl, method, publicToken } = config
  const body = new URLSearchParams({ public_token: publicToken })
  for (const { path, value } of writeParameters(fiveCrmParameters(config), config, context)) {
    if (typeof value === 'string' || typeof value === 'number') body.set(path, String(value))
  }
  return {
    // form/send also accepts GET, which would put personal data into addresses.
    method: 'POST',
    url: joinUrl(baseUrl, methodPaths[method]),
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      accept: 'application/json',
    },
    body: body.toString(),
  }
}

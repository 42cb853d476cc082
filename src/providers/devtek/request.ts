import type { HttpRequest, LeadContext } from '../core/context.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import { buildNestedBody } from '../core/parameters/nested-body.ts'
import { joinUrl } from '../core/url.ts'
import { writeParameters } from '../core/write-parameters.ts'
import type { DevtekConfig } from './config.ts'
import { devtekParameters } from './parameters.ts'

/** The call `new-lead`. */
export function devtekRequest(config: DevtekConfig, context: LeadContext): HttpRequest {
  const data = buildNestedBody(writeParameters(devtekParameters, config, context))
  return buildDevtekRequest(config.baseUrl, 'new-lead', config, { data: { main: {}, ...data } })
}

/** A call of the API: a POST of JSON that carries the credentials. */
export function buildDevtekRequest(
  baseUrl: string,
  path: string,
  { idWebmaster, token }: Pick<DevtekConfig, 'idWebmaster' | 'token'>,
  body: object,
): HttpRequest {
  return {
    method: 'POST',
    // Without the slash at the end the server redirects, and a redirected POST becomes a GET.
    url: joinUrl(baseUrl, `${path}/`),
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    body: stringifyJson({ id_webmaster: idWebmaster, token, ...body }),
  }
}

import type { HttpRequest, LeadContext } from '../core/context.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import { textOf } from '../core/url.ts'
import { buildNestedBody } from '../core/parameters/nested-body.ts'
import type { WireValue } from '../core/parameter.ts'
import { type WrittenParameter, writeParameters } from '../core/write-parameters.ts'
import type { HttpConfig } from './config.ts'
import { httpParameters, isRuleDue } from './parameters.ts'

const formType = 'application/x-www-form-urlencoded; charset=utf-8'

/** The call that the options describe. */
export function httpRequest(config: HttpConfig, context: LeadContext): HttpRequest {
  const { method, format, headers } = config
  const unmet = new Set(config.body.flatMap((field) => (isRuleDue(field, context) ? [] : [field.path])))
  const written = writeParameters(httpParameters(config), config, context).filter(
    ({ path }) => !unmet.has(path),
  )
  const url = textOf(config.url)
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), textOf(value)] as const)
  const build = (type: string | undefined, to: string, body?: string): HttpRequest => ({
    method,
    url: to,
    headers: Object.fromEntries([
      ['accept', 'application/json'],
      ...(type === undefined ? [] : [['content-type', type] as const]),
      ...own,
    ]),
    ...(body === undefined ? {} : { body }),
  })
  switch (format) {
    case 'json':
      return build('application/json; charset=utf-8', url, stringifyJson(buildJsonBody(written)))
    case 'form':
      return build(formType, url, toSearchParams(written).toString())
    case 'query':
      return build(undefined, withQuery(url, toSearchParams(written)))
  }
}

/** The nested body. Paths that begin with a number describe a list. */
function buildJsonBody(written: readonly WrittenParameter[]): WireValue {
  const wrapped = written.map(({ path, value }) => ({ path: `body.${path}`, value }))
  return buildNestedBody(wrapped)['body'] ?? {}
}

function toSearchParams(written: readonly WrittenParameter[]): URLSearchParams {
  return new URLSearchParams(
    written.map(({ path, value }) => [
      path,
      typeof value === 'object' ? stringifyJson(value) : String(value),
    ]),
  )
}

function withQuery(address: string, added: URLSearchParams): string {
  const url = new URL(address)
  for (const [name, value] of added) url.searchParams.append(name, value)
  return url.href
}

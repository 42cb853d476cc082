import { parse } from 'valibot'
import { stringifyJson } from '../../lead/stringify-json.ts'
import type { NamedConsent } from '../core/provider.ts'
import type { HttpConfig, HttpField } from './config.ts'
import { httpOptions } from './options.ts'
import { readyDefinitions } from './with-definition.ts'

/**
 * The consents that rules name by `consents.<id>`. Those of the ready definitions are for every form: they send what a form
 * has.
 */
export function findNamedConsents({ body }: HttpConfig): readonly NamedConsent[] {
  const ready = new Set(
    Object.values(readyDefinitions).flatMap((definition) =>
      Object.entries(parse(httpOptions, definition).fields ?? {}).map((entry) => stringifyJson(entry)),
    ),
  )
  return body.filter(({ path, rule }) => !ready.has(stringifyJson([path, rule]))).flatMap(consentsOfRule)
}

function consentsOfRule({ path, rule }: HttpField): readonly NamedConsent[] {
  if (typeof rule === 'string') return []
  const names = {
    with: 'with' in rule ? rule.with : undefined,
    moment: 'moment' in rule ? rule.moment : undefined,
  }
  return Object.entries(names).flatMap(([key, name]) => {
    const id = name === undefined ? undefined : /^consents\.(.*)$/s.exec(name)?.[1]
    return id === undefined ? [] : [{ path: `fields.${path}.${key}`, id }]
  })
}

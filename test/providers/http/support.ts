import { parse } from 'valibot'
import { validateFieldRules } from '../../../src/providers/core/validate-field-rules.ts'
import type { HttpConfig } from '../../../src/providers/http/config.ts'
import { http } from '../../../src/providers/http/index.ts'

/** A complete interface, with changes. */
export function networkOptions(changes: object = {}): object {
  return {
    url: 'https://api.example.ru/v1/applications',
    headers: { 'X-ACCOUNT-TOKEN': { secret: 'invented-network-token' } },
    fields: { phone: 'phone' },
    outcomes: [
      { status: [200, 201], path: 'status', oneOf: ['approved', 'new'], outcome: 'accepted', id: 'data.id' },
      { status: [409], outcome: 'duplicate' },
      { status: [400, 422], outcome: 'invalid', issues: { path: 'errors', fields: { phone: 'phone' } } },
      { status: [401, 403], outcome: 'refused' },
    ],
    ...changes,
  }
}

/** The options of an interface, parsed. */
export function networkConfig(changes: object = {}): HttpConfig {
  return parse(http.config, networkOptions(changes))
}

/** All problems of options that have the right types. */
export function problemsOf(changes: object): readonly string[] {
  const config = networkConfig(changes)
  return [...(http.problems?.(config) ?? []), ...validateFieldRules(config.fields, http.parameters(config))]
}

import { pipe, transform } from 'valibot'
import type { MaybeSecret } from '../core/url.ts'
import type { FieldRules } from '../core/field-rules.ts'
import { type HttpOptions, httpOptions } from './options.ts'
import type { HttpRule, OutcomeRule } from './rules.ts'
import { type CompletedOptions, withDefinition } from './with-definition.ts'

/** Schema of the options of an interface that is described as data, with credentials resolved. */
export const httpConfig = pipe(httpOptions, transform(withDefinition), transform(toHttpConfig))

/** A parameter of an interface and what it is filled with. */
export interface HttpField {
  readonly path: string
  readonly rule: HttpRule
}

/** Options of an interface that is described as data. */
export interface HttpConfig {
  readonly name: string | undefined
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** Empty if neither the options nor the definition have one, which `problems` reports. */
  readonly url: MaybeSecret
  readonly format: 'json' | 'form' | 'query'
  readonly headers: Readonly<Record<string, MaybeSecret>>
  readonly retry: 'safe' | 'if-not-sent'
  readonly body: readonly HttpField[]
  /** The rules for names and templates, which are checked and filled as those of every other provider. */
  readonly fields: FieldRules
  readonly outcomes: readonly OutcomeRule[]
  readonly requires: readonly string[]
  readonly consents: readonly string[]
  readonly needs: readonly string[]
  readonly receiver: HttpOptions['receiver']
  readonly allowPrivate: boolean
  /** The definition that the options name, if there is no such definition. */
  readonly unknownDefinition: string | undefined
}

function toHttpConfig(options: CompletedOptions): HttpConfig {
  const { method = 'POST', format = method === 'GET' ? 'query' : 'json' } = options
  const body = Object.entries(options.fields ?? {}).flatMap(([path, rule]) =>
    rule === null ? [] : [{ path, rule }],
  )
  return {
    name: options.name,
    method,
    url: options.url ?? '',
    format,
    headers: options.headers ?? {},
    retry: options.retry ?? 'if-not-sent',
    body,
    fields: Object.fromEntries(body.flatMap(toFieldRule)),
    outcomes: options.outcomes ?? [],
    requires: options.requires ?? [],
    consents: options.consents ?? [],
    needs: options.needs ?? [],
    receiver: options.receiver,
    allowPrivate: options.allowPrivate,
    unknownDefinition: options.unknownDefinition,
  }
}

function toFieldRule({ path, rule }: HttpField): readonly (readonly [string, FieldRules[string]])[] {
  if (typeof rule === 'string') return [[path, rule]]
  if ('field' in rule) return [[path, rule.field]]
  return 'template' in rule ? [[path, { template: rule.template }]] : []
}

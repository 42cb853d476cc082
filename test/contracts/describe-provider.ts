import fc from 'fast-check'
import { type GenericSchema, parse, safeParse } from 'valibot'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { formatIssues } from '../../src/form/format-issues.ts'
import type { Outcome } from '../../src/lead/outcome.ts'
import type { LeadValues } from '../../src/lead/values.ts'
import { validateFieldRules } from '../../src/providers/core/validate-field-rules.ts'
import type { ParameterType } from '../../src/providers/core/parameter.ts'
import type { HttpResult, LeadContext } from '../../src/providers/core/context.ts'
import { fieldOf, isFieldName } from '../../src/fields/fields.ts'
import {
  isPlaceParameter,
  isValueName,
  requiredFormFields,
  sourceFieldNames,
} from '../../src/providers/core/parameters/source-fields.ts'
import { checkLengths, writeParameters } from '../../src/providers/core/write-parameters.ts'
import type { BaseConfig } from '../../src/providers/core/field-rules.ts'
import { anyText, spoiled } from '../fields/any-text.ts'
import { describeErrors } from './describe-errors.ts'
import { loadRecordedResponses } from './support/recorded-responses.ts'
import { deepFreeze, forbidImpureGlobals } from './support/purity.ts'
import { compareParameters } from './support/compare-parameters.ts'
import { allValues, fullContext } from './support/full-lead.ts'
import { withEchoedCredential, misplacedBodies } from './support/malformed-responses.ts'
import { outcomeSchema } from './support/outcome-schema.ts'
import type { ContractSubject } from './support/contract-subject.ts'

const statuses = [0, 200, 200, 200, 201, 204, 301, 302, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503]

/** The contract of every adapter. */
export async function describeProvider<Config extends BaseConfig>(
  subject: ContractSubject<Config>,
): Promise<void> {
  const { provider, options, credentials, document } = subject
  const { create } = provider.operations
  const recorded = await loadRecordedResponses(provider.name)
  const configWith = (overrides: Readonly<Record<string, unknown>> = {}): Config =>
    parse(provider.config, { ...options, ...overrides })
  const config = configWith()
  const parameters = provider.parameters(config)
  const reserved = new Set(provider.reservedParameters.map(({ path }) => path))
  const all = [...provider.reservedParameters, ...parameters]
  const contextWith = (values: LeadValues): LeadContext => ({
    ...fullContext,
    lead: { ...fullContext.lead, values: { ...allValues, ...values } },
  })
  const sentWith = (settings: Config, context = fullContext): ReadonlyMap<string, unknown> =>
    new Map(subject.sent(create.request(settings, context)))
  const configWithRule = (path: string, rule: unknown): Config =>
    configWith({ fields: { ...options.fields, [path]: rule } })
  const read = (result: HttpResult): Outcome => create.outcome(result, config, fullContext)

  describe(`${subject.title}: the document`, () => {
    it('lists the same parameters as the adapter: names, types and limits', () => {
      expect(compareParameters(all, subject)).toEqual([])
    })

    it('reveals any parameter that the adapter lacks', () => {
      for (const removed of all.filter(({ undocumented }) => !undocumented)) {
        const rest = all.filter((parameter) => parameter !== removed)
        expect(compareParameters(rest, subject), removed.path).toEqual([
          `${removed.path}: not in the adapter`,
        ])
      }
    })

    it.each(document)('has $path, which is sent', ({ path, sent, options: overrides = {}, values = {} }) => {
      expect(sentWith(configWith(overrides), contextWith(values)).get(path)).toEqual(sent)
    })

    it('lists every parameter that is sent', () => {
      const known = new Set([...document.map(({ path }) => path), ...(subject.undocumented ?? [])])
      expect([...sentWith(config).keys()].filter((path) => !known.has(path))).toEqual([])
    })

    it.each(document.filter(({ path }) => !reserved.has(path)))(
      'has $path, which a rule of fields can fill',
      ({ path, type, max = 40 }) => {
        const [value, sent] = samples[type]('Ю'.repeat(Math.min(max, 40)))
        expect(sentWith(configWithRule(path, { value })).get(path)).toEqual(
          subject.texts ? String(sent) : sent,
        )
      },
    )

    it('has limits: a longer value of a person is an issue or is shortened, a longer constant is refused', () => {
      for (const { path, max, type, shorten, values, pattern } of parameters) {
        if (max === undefined || type !== 'string' || subject.dropped?.includes(path)) continue
        const settings = configWithRule(path, 'custom.words')
        const issuesOf = (length: number) =>
          checkLengths(
            provider.parameters(settings).filter((parameter) => parameter.path === path),
            settings,
            contextWith({ 'custom.words': 'Ю'.repeat(length) }),
          )
        expect(issuesOf(max), path).toEqual([])
        const tooLong = { field: 'custom.words', code: 'text-length', limit: max }
        expect(issuesOf(max + 1), path).toEqual(shorten ? [] : [tooLong])
        const rule = (length: number) => ({ [path]: { value: 'Ю'.repeat(length) } })
        const isFree = values === undefined && pattern === undefined
        expect(validateFieldRules(rule(max), parameters).length === 0, path).toBe(isFree)
        expect(validateFieldRules(rule(max + 1), parameters).join(), path).toContain(`fields.${path}: `)
        const sent = sentWith(configWithRule(path, { value: 'Ю'.repeat(max + 1) })).get(path)
        expect(String(sent).length, path).toBe(max)
      }
    })
  })

  describe(`${subject.title}: values that nobody can shorten`, () => {
    const limited = parameters.filter(
      ({ max, type, path }) => max !== undefined && type === 'string' && !reserved.has(path),
    )
    const sourcesOf = (parameter: (typeof limited)[number]) =>
      sourceFieldNames(parameter, config).filter(isValueName)

    it('are no issue of a person where they are places, and are sent whole or not at all', () => {
      for (const parameter of limited.filter((each) => isPlaceParameter(each, config))) {
        const { path, required } = parameter
        const place = 'Верхние Нижние Примеры '.repeat(15).trim()
        const context = contextWith(Object.fromEntries(sourcesOf(parameter).map((name) => [name, place])))
        expect(required, path).toBeUndefined()
        expect(checkLengths([parameter], config, context), path).toEqual([])
        expect(writeParameters([parameter], config, context), path).toEqual([])
      }
    })

    it('are no issue of a person where several values together are too long', () => {
      for (const parameter of limited.filter((each) => sourcesOf(each).length > 1)) {
        const { path, max } = parameter
        const texts = sourcesOf(parameter).filter((name) => typeof Reflect.get(allValues, name) === 'string')
        const longest = (name: string) => {
          const own = isFieldName(name) ? fieldOf(name).kind.maxLength : undefined
          return 'Ю'.repeat(Math.min(own ?? 100, max ?? 100))
        }
        const context = contextWith(Object.fromEntries(texts.map((name) => [name, longest(name)])))
        expect(checkLengths([parameter], config, context), path).toEqual([])
        for (const { value } of writeParameters([parameter], config, context))
          expect(String(value).length, path).toBeLessThanOrEqual(max ?? 0)
      }
    })
  })

  describe(`${subject.title}: options`, () => {
    it('have no rule or template with an unknown name', () => {
      expect(validateFieldRules(config.fields, parameters)).toEqual([])
    })

    it('require only fields that a form can ask for', () => {
      const names = requiredFormFields(parameters, configWith({ fields: {} })).flatMap(
        (required) => required.names,
      )
      expect(names.filter((name) => !Object.hasOwn(allValues, name))).toEqual([])
    })

    it('are refused without quoting their values', () => {
      const [credential = ''] = credentials
      for (const name of Object.keys(entriesOf(provider.config))) {
        for (const wrong of [{ credential }, [credential], `https://${credential}@`, credential]) {
          const result = safeParse(provider.config, { ...options, [name]: wrong })
          const message = result.success ? '' : formatIssues(provider.config, result.issues).join()
          expect(message, name).not.toContain(credential)
        }
      }
    })
  })

  describe(`${subject.title}: a request`, () => {
    afterEach(() => {
      vi.unstubAllGlobals()
      vi.restoreAllMocks()
    })

    it('is the same for the same lead, and depends only on its arguments', () => {
      forbidImpureGlobals()
      const [settings, context] = [
        deepFreeze(structuredClone(config)),
        deepFreeze(structuredClone(fullContext)),
      ]
      const later = deepFreeze({ ...context, now: new Date(Number(context.now) + 1e9), attempt: 9 })
      const request = create.request(settings, context)
      expect(create.request(settings, context)).toEqual(request)
      expect(create.request(settings, later)).toEqual(request)
    })

    it('has no personal data in its address and headers', () => {
      const { url, headers } = create.request(config, fullContext)
      const addressAndHeaders = decodeURIComponent(`${url} ${JSON.stringify(headers)}`)
      const personal = Object.values(allValues).filter((value) => String(value).length > 3)
      expect(personal.filter((value) => addressAndHeaders.includes(String(value)))).toEqual([])
    })

    it('can be built from an empty lead, and from one with values of wrong types', () => {
      const empty = {
        ...fullContext,
        lead: { ...fullContext.lead, values: {}, consents: [], attribution: {} },
      }
      expect(() => create.request(config, empty)).not.toThrow()
      const wrong = Object.fromEntries(Object.keys(allValues).map((name) => [name, 'Ю']))
      const values = Object.assign({}, allValues, wrong)
      expect(() => create.request(config, contextWith(values))).not.toThrow()
    })

    const hasBaseUrl = 'baseUrl' in entriesOf(provider.config)
    it.runIf(hasBaseUrl)('goes to the address of the options, with or without a slash at its end', () => {
      const to = (baseUrl: string) => create.request(configWith({ baseUrl }), fullContext).url
      expect(to('http://127.0.0.1:8080/sandbox/')).toBe(to('http://127.0.0.1:8080/sandbox'))
      expect(to('http://127.0.0.1:8080/sandbox')).toMatch(/^http:\/\/127\.0\.0\.1:8080\/sandbox\/\w/)
    })
  })

  describe(`${subject.title}: the outcome`, () => {
    afterEach(() => {
      vi.unstubAllGlobals()
      vi.restoreAllMocks()
    })

    it('is specified for every recorded response', () => {
      expect(recorded.map(({ name }) => name).toSorted()).toEqual(Object.keys(subject.outcomes).toSorted())
    })

    it.each(recorded)('of $name', ({ name, status, body }) => {
      expect(read({ status, body })).toEqual(subject.outcomes[name])
    })

    it.each(['timeout', 'network', 'aborted'] as const)('of a request without a response: %s', (failure) => {
      expect(read({ failure, sent: false })).toMatchObject({ outcome: 'unavailable', mayHaveArrived: false })
      expect(read({ failure, sent: true })).toMatchObject(
        create.retry === 'safe'
          ? { outcome: 'unavailable', mayHaveArrived: true }
          : // It is unknown whether it arrived, and it must not be repeated.
            { outcome: 'uncertain' },
      )
    })

    it('is the same every time, and depends only on its arguments', () => {
      forbidImpureGlobals()
      const [settings, context] = [
        deepFreeze(structuredClone(config)),
        deepFreeze(structuredClone(fullContext)),
      ]
      for (const { status, body } of recorded) {
        const result = deepFreeze({ status, body })
        expect(create.outcome(result, settings, context)).toEqual(create.outcome(result, settings, context))
      }
    })

    it('of garbage is a known one, and never a success', () => {
      const bodies = fc.oneof(
        spoiled(fc.constantFrom(...recorded.map(({ body }) => body))),
        fc.json({ maxDepth: 4 }),
        anyText,
        misplacedBodies(recorded.map(({ name }) => name)),
      )
      fc.assert(
        fc.property(fc.constantFrom(...statuses), bodies, (status, body) => {
          const outcome = read({ status, body })
          expect(safeParse(outcomeSchema, outcome).issues).toBeUndefined()
          expect(outcome.outcome !== 'accepted' || subject.saysAccepted(body, status), body).toBe(true)
        }),
        { numRuns: 2000 },
      )
    })

    it('of a deeply nested or very long body is determined', () => {
      for (const unit of ['[', '{"a":', '{"errors":{"phone":[', '"', 'callback(', '(', 'Field "']) {
        const body = unit.repeat(100_000)
        const isAccepted = read({ status: 200, body }).outcome === 'accepted'
        expect(isAccepted, unit).toBe(subject.saysAccepted(body, 200))
      }
    })

    it('never contains the credentials, even if the response repeats them', () => {
      const request = create.request(config, fullContext)
      const echoes = [`${request.url} ${request.body}`, ...recorded.map(({ body }) => body)]
      for (const credential of credentials) {
        for (const status of statuses) {
          for (const body of echoes.flatMap((echo) => [echo, ...withEchoedCredential(echo, credential)])) {
            expect(JSON.stringify(read({ status, body })), body).not.toContain(credential)
          }
        }
      }
    })
  })

  describeErrors(subject)

  describe.each(subject.otherCalls ?? [])(`${subject.title}: the call $name`, (call) => {
    it('goes to the address of the options, without a lead', () => {
      expect(call.request(configWith({ baseUrl: 'http://127.0.0.1:8080/x/' })).url).toMatch(
        /^http:\/\/127\.0\.0\.1:8080\/x\/\w/,
      )
      expect(call.request(config)).toEqual(call.request(config))
    })

    it('reads any response, takes no garbage for a success, and reveals no credential', () => {
      const results = fc.oneof(
        fc.record({
          status: fc.constantFrom(...statuses),
          body: fc.oneof(spoiled(fc.constantFrom(...recorded.map(({ body }) => body))), fc.json(), anyText),
        }),
        fc.record({
          failure: fc.constantFrom('timeout' as const, 'network' as const, 'aborted' as const),
          sent: fc.boolean(),
        }),
      )
      fc.assert(
        fc.property(results, (result) => {
          const answer = call.read(result, config)
          const maySucceed = !('failure' in result) && result.status >= 200 && result.status <= 202
          expect(maySucceed || !call.isSuccess(answer)).toBe(true)
          expect(call.read(result, config)).toEqual(answer)
        }),
        { numRuns: 1000 },
      )
      for (const { status, body } of recorded) {
        for (const credential of credentials) {
          for (const echo of withEchoedCredential(body, credential)) {
            const answer = call.read({ status, body: echo }, config)
            const problem = call.isSuccess(answer) ? '' : JSON.stringify(answer)
            expect(problem).not.toContain(credential)
          }
        }
      }
    })
  })
}

/** A value for a rule of `fields` and what is sent for it, by type. */
const samples = {
  string: (text: string) => [text, text],
  date: () => ['1990-09-05', '05.09.1990'],
  integer: () => ['5', 5],
  decimal: () => [5, '5.00'],
  boolean: () => [true, 1],
  list: () => ['7, Ю', [7, 'Ю']],
  object: () => [undefined, undefined],
} as const satisfies Record<ParameterType, (text: string) => readonly [unknown, unknown]>

function entriesOf(schema: GenericSchema): object {
  return 'entries' in schema && typeof schema.entries === 'object' && schema.entries !== null
    ? schema.entries
    : {}
}

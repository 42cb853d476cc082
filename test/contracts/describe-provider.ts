import fc from 'fast-check'
import { type GenericSchema, parse, safeParse } from 'valibot'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { formatIssues } from '../../src/form/format-issues.ts'
import type { Outcome } from '../../src/lead/outcome.ts'
import type { LeadValues } from '../../src/lead/values.ts'
import { validateFieldRules } from '../../src/providers/core/validate-field-rules.ts'
import type { ParameterType } from '../../src/providers/core/parameter.ts'
import type { HttpResult, LeadContext } from '../../src/providers/core/context.ts'
import { checkLengths, requiredFormFields } from '../../src/providers/core/write-parameters.ts'
import type { BaseConfig } from '../../src/providers/core/field-rules.ts'
import { anyText, spoiled } from '../fields/any-text.ts'
import { loadRecordedResponses } from './support/recorded-responses.ts'
import { deepFreeze, forbidImpureGlobals } from './support/purity.ts'
import { compareParameters } from './support/compare-parameters.ts'
import { allValues, fullContext } from './support/full-lead.ts'
import { withEchoedCredential, misplacedBodies } from './support/malformed-responses.ts'
import { outcomeSchema } from './support/outcome-schema.ts'
import type { ContractSubject } from './support/contract-subject.ts'

const statuses = [0, 200, 200, 200, 201, 204, 301, 302, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503]

/** What every adapter holds to. */
export async function describeProvider<Config extends BaseConfig>(
  subject: ContractSubject<Config>,
): Promise<void> {
  const { provider, options, credentials, document } = subject
  const { create } = provider.operations
  const kept = await loadRecordedResponses(provider.name)
  const configWith = (changed: Readonly<Record<string, unknown>> = {}): Config =>
    parse(provider.config, { ...options, ...changed })
  const config = configWith()
  const parameters = provider.parameters(config)
  const access = new Set(provider.reservedParameters.map(({ path }) => path))
  const all = [...provider.reservedParameters, ...parameters]
  const contextWith = (values: LeadValues): LeadContext => ({
    ...fullContext,
    lead: { ...fullContext.lead, values: { ...allValues, ...values } },
  })
  const sentBy = (settings: Config, context = fullContext): ReadonlyMap<string, unknown> =>
    new Map(subject.sent(create.request(settings, context)))
  const ruledBy = (path: string, rule: unknown): Config =>
    configWith({ fields: { ...options.fields, [path]: rule } })
  const read = (result: HttpResult): Outcome => create.outcome(result, config, fullContext)

  describe(`${subject.title}: the document`, () => {
    it('is what the adapter knows, parameter by parameter: names, types and limits', () => {
      expect(compareParameters(all, subject)).toEqual([])
    })

    it('would be missed by the adapter with any of its parameters gone', () => {
      for (const gone of all.filter(({ undocumented }) => !undocumented)) {
        const rest = all.filter((parameter) => parameter !== gone)
        expect(compareParameters(rest, subject), gone.path).toEqual([`${gone.path}: not in the adapter`])
      }
    })

    it.each(document)('has $path, which is sent', ({ path, sent, options: changed = {}, values = {} }) => {
      expect(sentBy(configWith(changed), contextWith(values)).get(path)).toEqual(sent)
    })

    it('is all that is sent', () => {
      const known = new Set([...document.map(({ path }) => path), ...(subject.undocumented ?? [])])
      expect([...sentBy(config).keys()].filter((path) => !known.has(path))).toEqual([])
    })

    it.each(document.filter(({ path }) => !access.has(path)))(
      'has $path, which fields reach',
      ({ path, type, max = 40 }) => {
        const [value, sent] = samples[type]('Ю'.repeat(Math.min(max, 40)))
        expect(sentBy(ruledBy(path, { value })).get(path)).toEqual(subject.texts ? String(sent) : sent)
      },
    )

    it('has limits, past which a value is an error, or is shortened', () => {
      for (const { path, max, type, shorten } of parameters) {
        if (max === undefined || type !== 'string') continue
        const issuesOf = (length: number) => {
          const settings = ruledBy(path, { value: 'Ю'.repeat(length) })
          return checkLengths(provider.parameters(settings), settings, fullContext)
        }
        expect(issuesOf(max), path).toEqual([])
        const tooLong = { field: '', code: 'text-length', limit: max }
        expect(issuesOf(max + 1), path).toEqual(shorten ? [] : [tooLong])
        const sent = String(sentBy(ruledBy(path, { value: 'Ю'.repeat(max + 1) })).get(path))
        expect(sent.length, path).toBe(shorten ? max : max + 1)
      }
    })
  })

  describe(`${subject.title}: options`, () => {
    it('have no rule or template that names what is not there', () => {
      expect(validateFieldRules(config.fields, parameters)).toEqual([])
    })

    it('require nothing but what a form can ask for', () => {
      const names = requiredFormFields(parameters, configWith({ fields: {} })).flatMap(
        (needed) => needed.names,
      )
      expect(names.filter((name) => !Object.hasOwn(allValues, name))).toEqual([])
    })

    it('are refused without a word of what they hold', () => {
      const [credential = ''] = credentials
      for (const name of Object.keys(entriesOf(provider.config))) {
        for (const wrong of [{ credential }, [credential], `https://${credential}@`, credential]) {
          const result = safeParse(provider.config, { ...options, [name]: wrong })
          const told = result.success ? '' : formatIssues(provider.config, result.issues).join()
          expect(told, name).not.toContain(credential)
        }
      }
    })
  })

  describe(`${subject.title}: a request`, () => {
    afterEach(() => {
      vi.unstubAllGlobals()
      vi.restoreAllMocks()
    })

    it('is the same for the same lead, and comes from nothing but what it is given', () => {
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

    it('has nothing of the person in its address and its headers', () => {
      const { url, headers } = create.request(config, fullContext)
      const shown = decodeURIComponent(`${url} ${JSON.stringify(headers)}`)
      const personal = Object.values(allValues).filter((value) => String(value).length > 3)
      expect(personal.filter((value) => shown.includes(String(value)))).toEqual([])
    })

    it('is made of an empty lead, too, and of one whose values are of a wrong kind', () => {
      const empty = {
        ...fullContext,
        lead: { ...fullContext.lead, values: {}, consents: [], attribution: {} },
      }
      expect(() => create.request(config, empty)).not.toThrow()
      const wrong = Object.fromEntries(Object.keys(allValues).map((name) => [name, 'Ю']))
      const values = Object.assign({}, allValues, wrong)
      expect(() => create.request(config, contextWith(values))).not.toThrow()
    })

    it('goes to the address in the options, with or without a slash at its end', () => {
      const to = (baseUrl: string) => create.request(configWith({ baseUrl }), fullContext).url
      expect(to('http://127.0.0.1:8080/sandbox/')).toBe(to('http://127.0.0.1:8080/sandbox'))
      expect(to('http://127.0.0.1:8080/sandbox')).toMatch(/^http:\/\/127\.0\.0\.1:8080\/sandbox\/\w/)
    })
  })

  describe(`${subject.title}: an answer`, () => {
    afterEach(() => {
      vi.unstubAllGlobals()
      vi.restoreAllMocks()
    })

    it('of every kind is kept as a file', () => {
      expect(kept.map(({ name }) => name).toSorted()).toEqual(Object.keys(subject.answers).toSorted())
    })

    it.each(kept)('$name has its outcome', ({ name, status, body }) => {
      expect(read({ status, body })).toEqual(subject.answers[name])
    })

    it.each(['timeout', 'network', 'aborted'] as const)('that did not come: %s', (failure) => {
      expect(read({ failure, sent: false })).toMatchObject({ outcome: 'unavailable', mayHaveArrived: false })
      expect(read({ failure, sent: true })).toMatchObject(
        create.retry === 'safe'
          ? { outcome: 'unavailable', mayHaveArrived: true }
          : // Nobody knows, and it must not be repeated.
            { outcome: 'uncertain' },
      )
    })

    it('is read the same every time, from nothing but what was given', () => {
      forbidImpureGlobals()
      const [settings, context] = [
        deepFreeze(structuredClone(config)),
        deepFreeze(structuredClone(fullContext)),
      ]
      for (const { status, body } of kept) {
        const result = deepFreeze({ status, body })
        expect(create.outcome(result, settings, context)).toEqual(create.outcome(result, settings, context))
      }
    })

    it('that is garbage has an outcome that is named, and never success', () => {
      const bodies = fc.oneof(
        spoiled(fc.constantFrom(...kept.map(({ body }) => body))),
        fc.json({ maxDepth: 4 }),
        anyText,
        misplacedBodies(kept.map(({ name }) => name)),
      )
      fc.assert(
        fc.property(fc.constantFrom(...statuses), bodies, (status, body) => {
          const outcome = read({ status, body })
          expect(safeParse(outcomeSchema, outcome).issues).toBeUndefined()
          expect(outcome.outcome !== 'accepted' || subject.saysTaken(body), body).toBe(true)
        }),
        { numRuns: 2000 },
      )
    })

    it('that goes on without end is read to an end', () => {
      for (const unit of ['[', '{"a":', '{"errors":{"phone":[', '"', 'callback(', '(', 'Field "']) {
        const outcome = read({ status: 200, body: unit.repeat(100_000) })
        expect(outcome.outcome, unit).not.toBe('accepted')
      }
    })

    it('is told without the credentials, whatever repeats them', () => {
      const request = create.request(config, fullContext)
      const echoes = [`${request.url} ${request.body}`, ...kept.map(({ body }) => body)]
      for (const credential of credentials) {
        for (const status of statuses) {
          for (const body of echoes.flatMap((echo) => [echo, ...withEchoedCredential(echo, credential)])) {
            expect(JSON.stringify(read({ status, body })), body).not.toContain(credential)
          }
        }
      }
    })
  })

  describe.each(subject.others ?? [])(`${subject.title}: the call $name`, (other) => {
    it('goes to the address in the options, with nothing of a lead', () => {
      expect(other.request(configWith({ baseUrl: 'http://127.0.0.1:8080/x/' })).url).toMatch(
        /^http:\/\/127\.0\.0\.1:8080\/x\/\w/,
      )
      expect(other.request(config)).toEqual(other.request(config))
    })

    it('reads anything, takes no garbage for success, and tells no credential', () => {
      const results = fc.oneof(
        fc.record({
          status: fc.constantFrom(...statuses),
          body: fc.oneof(spoiled(fc.constantFrom(...kept.map(({ body }) => body))), fc.json(), anyText),
        }),
        fc.record({
          failure: fc.constantFrom('timeout' as const, 'network' as const, 'aborted' as const),
          sent: fc.boolean(),
        }),
      )
      fc.assert(
        fc.property(results, (result) => {
          const told = other.read(result, config)
          const mayBe = !('failure' in result) && result.status >= 200 && result.status <= 202
          expect(mayBe || !other.isSuccess(told)).toBe(true)
          expect(other.read(result, config)).toEqual(told)
        }),
        { numRuns: 1000 },
      )
      for (const { status, body } of kept) {
        for (const credential of credentials) {
          for (const echo of withEchoedCredential(body, credential)) {
            const told = other.read({ status, body: echo }, config)
            const shown = other.isSuccess(told) ? '' : JSON.stringify(told)
            expect(shown).not.toContain(credential)
          }
        }
      }
    })
  })
}

/** A value for a rule of `fields`, and what is sent for it, by type. */
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

import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/lead/outcome.ts'
import type { LeadContext } from '../../src/providers/core/context.ts'
import type { BaseConfig } from '../../src/providers/core/field-rules.ts'
import type { ContractSubject } from './support/contract-subject.ts'
import { allValues, fullContext } from './support/full-lead.ts'

/** What every adapter makes of an error about one of its parameters. */
export function describeErrors<Config extends BaseConfig>(subject: ContractSubject<Config>): void {
  const { provider, errorAbout } = subject
  if (!errorAbout) return
  const { create } = provider.operations
  const config = parse(provider.config, subject.options)
  const parameters = provider.parameters(config)
  const all = [...provider.reservedParameters, ...parameters]
  const outcomeOf = (path: string, askedFields: ReadonlySet<string>): Outcome =>
    create.outcome(errorAbout(path), config, { ...fullContext, askedFields })
  const sentFor = (context: LeadContext): ReadonlyMap<string, unknown> =>
    new Map(subject.sent(create.request(config, context)))
  const custom = parameters.map(({ path }) => `custom.${path}`)
  const everyField = new Set([...Object.keys(allValues), ...custom])

  describe(`${subject.title}: an error about a parameter`, () => {
    it.each(all)('$path never reaches a person whose form shows nothing', ({ path }) => {
      expect(outcomeOf(path, new Set()).outcome).toBe('refused')
    })

    it('reaches the person only at a field that is shown and that changes what is sent', () => {
      const sent = sentFor(fullContext)
      const sentWithoutValues = sentFor({ ...fullContext, lead: { ...fullContext.lead, values: {} } })
      const sameFor = all.filter(
        ({ path }) => sent.has(path) && sent.get(path) === sentWithoutValues.get(path),
      )
      // A name that two parameters share is no proof of either.
      const ends = all.map(({ path }) => endOf(path))
      const alone = sameFor.filter(({ path }) => ends.filter((end) => end === endOf(path)).length === 1)
      expect(alone.length).toBeGreaterThan(0)
      for (const { path } of alone) expect(outcomeOf(path, everyField).outcome, path).toBe('refused')
    })

    it('reaches the person where they typed the value, at the field that they see', () => {
      const typed = parameters.filter(
        ({ path, from }) =>
          config.fields?.[path] === undefined && typeof from === 'object' && 'value' in from,
      )
      for (const { path } of typed) {
        const outcome = outcomeOf(path, everyField)
        const issues = outcome.outcome === 'invalid' ? outcome.issues : []
        expect(issues, path).toHaveLength(1)
        for (const { field } of issues) {
          expect(outcomeOf(path, new Set([field])), path).toEqual(outcome)
        }
      }
    })
  })
}

function endOf(path: string): string {
  return path.replace(/^.*\./, '')
}

import { effect } from '@preact/signals-core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldName } from '../../src/fields/fields.ts'
import type { Condition } from '../../src/form/condition.ts'
import type { FieldDefinition } from '../../src/form/definition.ts'
import { expandDefinition } from '../../src/form/expand-definition.ts'
import { collectValues, resolveFlow } from '../../src/form/flow.ts'
import { addKnownCodes, createFieldModels } from '../../src/state/field-models.ts'
import { define, defineSteps } from '../form/define.ts'

const names = [
  'email',
  'comment',
  'amount',
  'passport',
  'city',
  'region',
  'cityKladr',
  'noMiddleName',
] as const

/** Texts of which some are valid in each field. */
const texts = ['', 'a@mail.ru', 'Москва', 'Тюмень', '15000', '4510 123456', 'да', '7200000100000'] as const

const leaf = fc.oneof(
  fc.record({
    field: fc.constantFrom(...names, 'issuePlace', 'passportSeries', 'regionId'),
    filled: fc.boolean(),
  }),
  fc.record({ field: fc.constantFrom(...names), equals: fc.constantFrom('Москва', '4510', true, 15_000) }),
  fc.record({ field: fc.constant('amount'), atLeast: fc.constantFrom(1000, 20_000) }),
)

const condition: fc.Arbitrary<Condition> = fc.oneof(
  leaf,
  fc.record({ not: leaf }),
  fc.record({ all: fc.array(leaf, { minLength: 1, maxLength: 2 }) }),
  fc.record({ any: fc.array(leaf, { minLength: 1, maxLength: 2 }) }),
)

const steps = fc
  .tuple(
    fc.shuffledSubarray([...names], { minLength: 2 }),
    fc.array(fc.option(condition, { nil: undefined }), { minLength: names.length, maxLength: names.length }),
    fc.option(condition, { nil: undefined }),
  )
  .map(([chosen, conditions, when]) => {
    const fields = chosen.map((name, index): FieldDefinition => ({ name, when: conditions[index] }))
    return [
      { id: 'first', title: 'Шаг', fields: fields.slice(0, 2) },
      { id: 'second', title: 'Шаг', when, fields: fields.slice(2) },
    ]
  })

describe('the visible steps', () => {
  it('and their values are those of the whole flow, after every change', () => {
    fc.assert(
      fc.property(
        steps,
        fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...texts)), { maxLength: 12 }),
        (definitionSteps, changes) => {
          const definition = defineSteps(definitionSteps)
          const form = createFieldModels(definition)
          const stop = effect(() => void form.steps.value)
          for (const [name, text] of changes) {
            form.models.get(name)?.setText(text)
            const entered = collectValues(form.models.keys(), (field) => form.models.get(field)?.value.value)
            const flow = resolveFlow(expandDefinition(definition), addKnownCodes(entered))
            expect(form.steps.value).toEqual(flow.steps)
            expect(form.values.value).toEqual(flow.values)
            expect(Object.keys(form.values.value)).toEqual(Object.keys(flow.values))
            for (const [canonical, value] of Object.entries(form.lazyValues)) {
              expect(value).toEqual(Reflect.get(flow.values, canonical))
            }
          }
          stop()
        },
      ),
    )
  })

  it('stay the same objects until another field is visible', () => {
    const form = createFieldModels(
      define(
        [{ name: 'amount' }, { name: 'purpose', when: { field: 'amount', atLeast: 1000 } }],
        [{ name: 'email' }, { name: 'comment', when: { field: 'email', filled: true } }],
      ),
    )
    const type = (name: FieldName, text: string): void => form.models.get(name)?.setText(text)
    const before = form.steps.value
    type('amount', '100')
    expect(form.steps.value).toBe(before)
    type('amount', '1000')
    const [first, second] = form.steps.value
    expect(first).not.toBe(before[0])
    expect(second).toBe(before[1])
    type('amount', '20000')
    expect(form.steps.value[0]).toBe(first)
  })

  it('are recomputed only when a condition changes', () => {
    const form = createFieldModels(
      define([
        { name: 'amount' },
        { name: 'email' },
        { name: 'comment', when: { field: 'amount', atLeast: 1000 } },
      ]),
    )
    let count = 0
    const stop = effect(() => {
      count += form.steps.value.length
    })
    form.models.get('email')?.setText('a@mail.ru')
    form.models.get('amount')?.setText('999')
    expect(count).toBe(1)
    form.models.get('amount')?.setText('1000')
    expect(count).toBe(2)
    stop()
  })
})

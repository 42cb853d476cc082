import { describe, expectTypeOf, it } from 'vitest'
import { type FormInput, mount, type Options } from '../../src/entries/index.ts'
import { defineForm } from '../../src/form/define-form.ts'
import type { devtek } from '../../src/providers/devtek/index.ts'

const steps = [{ id: 'a', title: 'a', fields: ['phone' as const] }]
interface Form {
  readonly id: string
  readonly steps: typeof steps
}

describe('the type of options', () => {
  it('accepts a relay; a provider with a form; test mode with a form', () => {
    expectTypeOf<{
      relay: string
      theme: 'dark'
      onStep: (step: { id: string }) => void
    }>().toExtend<Options>()
    expectTypeOf<{
      provider: 'devtek'
      providerOptions: { idWebmaster: number; token: string }
      exposeCredentials: true
      form: 'microloan'
    }>().toExtend<Options>()
    expectTypeOf<{
      provider: typeof devtek
      providerOptions: { idWebmaster: number }
      form: Form
    }>().toExtend<Options>()
    expectTypeOf<{ test: true; form: Form }>().toExtend<Options>()
    expectTypeOf<{ relay: string; test: boolean; channel: undefined }>().toExtend<Options>()
    expectTypeOf<{ relay: string; metrika: 1; prefillFromUrl: string[] }>().toExtend<Options>()
  })

  it('rejects a form without a source, or with two', () => {
    expectTypeOf<{ theme: 'dark' }>().not.toExtend<Options>()
    expectTypeOf<{ test: true }>().not.toExtend<Options>()
    expectTypeOf<{ test: false; form: Form }>().not.toExtend<Options>()
    expectTypeOf<{ provider: 'devtek'; form: 'microloan' }>().not.toExtend<Options>()
    expectTypeOf<{ provider: 'devtek'; providerOptions: object }>().not.toExtend<Options>()
    expectTypeOf<{
      relay: string
      provider: 'devtek'
      providerOptions: { idWebmaster: number }
      form: Form
    }>().not.toExtend<Options>()
  })

  it('rejects wrong values', () => {
    expectTypeOf<{ relay: number }>().not.toExtend<Options>()
    expectTypeOf<{ relay: string; theme: 'black' }>().not.toExtend<Options>()
    expectTypeOf<{ relay: string; minimumAge: string }>().not.toExtend<Options>()
    expectTypeOf<{ relay: string; values: { amount: string } }>().not.toExtend<Options>()
    expectTypeOf<{
      provider: 'devtek'
      providerOptions: { idWebmaster: string }
      form: Form
    }>().not.toExtend<Options>()
    expectTypeOf<{ provider: 'devtec'; providerOptions: object; form: Form }>().not.toExtend<Options>()
  })

  it('is the parameter of mount', () => {
    expectTypeOf(mount).parameter(1).toEqualTypeOf<Options>()
  })
})

describe('the type of a definition', () => {
  it('accepts names of fields, alone or with changes, and no other names', () => {
    expectTypeOf<Form>().toExtend<FormInput>()
    expectTypeOf<{
      id: string
      steps: { id: string; title: string; fields: { name: 'email'; required: boolean }[] }[]
    }>().toExtend<FormInput>()
    expectTypeOf<{
      id: string
      steps: { id: string; title: string; fields: 'phnoe'[] }[]
    }>().not.toExtend<FormInput>()
  })

  it('rejects keys that there are not, at any depth', () => {
    const step = { id: 'a', title: 'a', fields: ['phone'] } as const
    defineForm({ id: 'a', steps: [step, { ...step, fields: [{ name: 'email', required: false }] }] })
    // @ts-expect-error: a key of the definition.
    defineForm({ id: 'a', titel: 'a', steps: [step] })
    // @ts-expect-error: a key of a step.
    defineForm({ id: 'a', steps: [{ ...step, wehn: { field: 'amount', atLeast: 1 } }] })
    // @ts-expect-error: a misspelt key of a field.
    defineForm({ id: 'a', steps: [{ ...step, fields: [{ name: 'email', requird: false }] }] })
    // @ts-expect-error: a key that fields do not have.
    defineForm({ id: 'a', steps: [{ ...step, fields: [{ name: 'inn', pattern: '[0-9]+' }] }] })
    // @ts-expect-error: a key of the operator.
    defineForm({ id: 'a', steps: [step], operator: { name: 'a', withdrawlContact: 'a' } })
    // @ts-expect-error: a key of a condition.
    defineForm({ id: 'a', steps: [{ ...step, when: { field: 'amount', atLeest: 1 } }] })
    const misspelt = { id: 'a', steps: [step], minimumAgee: 21 }
    // @ts-expect-error: in a variable, too.
    defineForm(misspelt)
  })

  it('of defineForm is that of its argument', () => {
    const form = defineForm({ id: 'a', steps: [{ id: 'one', title: 'a', fields: ['phone'] }] })
    expectTypeOf(form.steps[0].id).toEqualTypeOf<'one'>()
    expectTypeOf(form).toExtend<FormInput>()
  })
})

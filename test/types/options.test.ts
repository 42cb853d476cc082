import { describe, expectTypeOf, it } from 'vitest'
import { type FormInput, mount, type Options } from '../../src/entries/index.ts'
import type { defineForm } from '../../src/form/define-form.ts'
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
    expectTypeOf<Parameters<typeof defineForm>[0]>().toEqualTypeOf<FormInput>()
    expectTypeOf<{
      id: string
      steps: { id: string; title: string; fields: { name: 'email'; required: boolean }[] }[]
    }>().toExtend<FormInput>()
    expectTypeOf<{
      id: string
      steps: { id: string; title: string; fields: 'phnoe'[] }[]
    }>().not.toExtend<FormInput>()
  })
})

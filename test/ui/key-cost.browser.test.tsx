import { effect } from '@preact/signals-core'
import { act } from '@testing-library/preact'
import { Fragment, options } from 'preact'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fieldOf, isFieldName } from '../../src/fields/fields.ts'
import type { FieldDefinition } from '../../src/form/definition.ts'
import { define } from '../form/define.ts'
import { press, typeKeys } from './support/keys.ts'
import { type ShownForm, showFields, showForm } from './support/show-form.ts'

const names = [
  'lastName',
  ...(['phone', 'firstName', 'birthDate', 'email', 'amount', 'passport', 'comment'] as const),
  ...(['termDays', 'snils', 'inn', 'passportIssuedDate', 'passportIssuedCode', 'passportIssuedBy'] as const),
  ...(['employment', 'jobPlace', 'jobPosition', 'jobIncome', 'jobPhone', 'gender'] as const),
] as const

const sizes = [1, 8, 20]

/** Counts the renders of Preact components from now on, by the component's name. */
function countRenders(): string[] {
  const rendered: string[] = []
  // The hook that Preact calls before each render of a component. Its name is the same in every minified build.
  const before: unknown = Reflect.get(options, '__r')
  Reflect.set(options, '__r', (node: { readonly type: { readonly name: string } }) => {
    if (node.type !== Fragment) rendered.push(node.type.name)
    if (typeof before === 'function') before(node)
  })
  onTestFinished(() => {
    Reflect.set(options, '__r', before)
  })
  return rendered
}

/** Counts how often the fields of a form parse a text from now on. */
function countChecks(form: ShownForm): () => number {
  const kinds = new Set(
    Object.keys(form.model.fields).flatMap((name) => (isFieldName(name) ? fieldOf(name).kind : [])),
  )
  const spies = [...kinds].map((kind) => vi.spyOn(kind, 'normalize'))
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore()
  })
  return () => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0)
}

async function type(form: ShownForm, name: string, text: string): Promise<void> {
  form.input(name).focus()
  await act(() => typeKeys(text))
}

describe('a key in a field', () => {
  it.each(sizes)('renders nothing and checks no value of a form with %i fields', async (size) => {
    const form = showFields(...names.slice(0, size))
    await type(form, 'lastName', 'Ив')
    const rendered = countRenders()
    const checks = countChecks(form)
    await type(form, 'lastName', 'анов')
    expect(form.model.fields['lastName']?.text.peek()).toBe('Иванов')
    expect(rendered).toEqual([])
    expect(checks()).toBe(0)
  })

  it.each(sizes)(
    'checks one value of a form with %i fields where a page observes the values',
    async (size) => {
      const form = showFields(...names.slice(0, size))
      onTestFinished(effect(() => void form.model.values.value))
      await type(form, 'lastName', 'Ив')
      const rendered = countRenders()
      const checks = countChecks(form)
      await type(form, 'lastName', 'а')
      expect(form.model.values.peek()).toEqual({ lastName: 'Ива' })
      expect(rendered).toEqual([])
      expect(checks()).toBe(1)
    },
  )

  it('renders nothing while the condition that names it stays the same', async () => {
    const fields = names.map((name): FieldDefinition => ({ name }))
    const form = showForm(
      define([...fields, { name: 'purpose', when: { field: 'amount', atLeast: 1000 } }], []),
    )
    await type(form, 'amount', '1')
    const rendered = countRenders()
    const checks = countChecks(form)
    await type(form, 'amount', '23')
    expect(rendered).toEqual([])
    expect(checks()).toBe(2)
    await type(form, 'amount', '4')
    expect(rendered).toContain('Step')
    expect(form.all(HTMLElement, '[data-field="purpose"]')).toHaveLength(1)
  })

  it('renders its own field and the list of issues when its message disappears, and checks no other value', async () => {
    const form = showFields(...names)
    await form.click()
    await press('Escape')
    expect(form.message('lastName')).toBeDefined()
    const rendered = countRenders()
    const checks = countChecks(form)
    await type(form, 'lastName', 'И')
    expect(form.message('lastName')).toBeUndefined()
    expect([...new Set(rendered)].toSorted()).toEqual([
      'EntryView',
      'FieldDescription',
      'FieldFrame',
      'IssueSummary',
      'StepNotices',
      'TextField',
    ])
    expect(checks()).toBeLessThanOrEqual(2)
  })

  it('renders no step when it is the first one after a failure to send', async () => {
    const form = showForm(define([{ name: 'lastName' }]), {
      send: async () => ({ outcome: 'failed', code: 'network' }),
    })
    await type(form, 'lastName', 'Иванов')
    form.model.tick('processing', true)
    await form.click('submit')
    await vi.waitFor(() => expect(form.one(HTMLElement, '[role=alert]')).toHaveDeepFocus())
    const rendered = countRenders()
    await type(form, 'lastName', 'а')
    expect(form.model.status.peek()).toBe('filling')
    expect([...new Set(rendered)].toSorted()).toEqual(['Form', 'ShownText', 'StepActions'])
  })
})

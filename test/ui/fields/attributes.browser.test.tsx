import { act } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { type FieldName, fieldOf, fields, isFieldName } from '../../../src/fields/fields.ts'
import type { FieldDefinition } from '../../../src/form/definition.ts'
import { devtekPreset } from '../../../src/form/presets/devtek.ts'
import { define, defineSteps } from '../../form/define.ts'
import { showForm } from '../support/show-form.ts'

const names = Object.keys(fields).filter(isFieldName)
const textFields = names.filter((name) => ['text', 'lines', 'place'].includes(fieldOf(name).kind.control))
const optionalField = (name: FieldName): FieldDefinition => ({ name, required: false })

describe('an input', () => {
  const showInput = (name: FieldName) => {
    const shown = showForm(define([optionalField(name)], []))
    return shown.one(HTMLElement, `[data-field="${name}"] :is(input, textarea)`)
  }

  it.each(textFields)('for %s has the attributes of its kind', (name) => {
    const { kind, attributes } = fieldOf(name)
    const {
      type = 'text',
      inputMode,
      autoComplete,
      autoCapitalize,
      spellCheck = kind.mask ? false : undefined,
    } = {
      ...kind.attributes,
      ...attributes,
    }
    const input = showInput(name)
    expect(input.getAttribute('type')).toBe(kind.control === 'lines' ? null : type)
    expect({
      inputmode: input.getAttribute('inputmode'),
      autocomplete: input.getAttribute('autocomplete'),
      autocapitalize: input.getAttribute('autocapitalize'),
      spellcheck: input.getAttribute('spellcheck'),
      autocorrect: input.getAttribute('autocorrect'),
      enterkeyhint: input.getAttribute('enterkeyhint'),
    }).toEqual({
      inputmode: inputMode ?? null,
      autocomplete: autoComplete ?? null,
      autocapitalize: autoCapitalize ?? null,
      spellcheck: spellCheck === undefined ? null : String(spellCheck),
      autocorrect: spellCheck === false ? 'off' : null,
      enterkeyhint: 'go',
    })
  })

  it.each([
    ['lastName', 'family-name', null],
    ['firstName', 'given-name', null],
    ['middleName', 'additional-name', null],
    ['birthDate', 'bday', 'numeric'],
    ['phone', 'tel', 'tel'],
    ['email', 'email', 'email'],
    ['passport', 'off', 'numeric'],
    ['snils', 'off', 'numeric'],
    ['inn', 'off', 'numeric'],
    ['registrationIndex', 'section-registration postal-code', 'numeric'],
    ['jobPhone', 'section-job work tel', 'tel'],
  ] as const)('for %s has the autocomplete %s and the keyboard %s', (name, autocomplete, inputmode) => {
    const input = showInput(name)
    expect(input.getAttribute('autocomplete')).toBe(autocomplete)
    expect(input.getAttribute('inputmode')).toBe(inputmode)
  })

  // A correction of a name, an address or a number goes unnoticed, and the checker may be on a server.
  it.each(textFields)('for %s is corrected by the browser only if it takes plain words', (name) => {
    const plainWords = ['callTime', 'purpose', 'productType', 'comment', 'guarantorType']
    expect(showInput(name).getAttribute('autocorrect')).toBe(plainWords.includes(name) ? null : 'off')
  })
})

describe('on every step of the whole Devtek form', () => {
  const steps = devtekPreset.steps.map(({ id }) => id)

  it.each(steps)('“%s” hides what is entered from session recorders', async (id) => {
    const { root, controls } = await openStep(id)
    expect(root.classList.contains('ym-hide-content')).toBe(true)
    for (const element of [root, ...controls]) {
      for (const name of ['ym-disable-keys', 'rr-block', 'fs-exclude'])
        expect(element.classList.contains(name), element.outerHTML).toBe(true)
      for (const name of [
        'hj-suppress',
        'clarity-mask',
        'matomo-mask',
        'sentry-mask',
        'recording-ignore',
        'private',
      ])
        expect(element.hasAttribute(`data-${name}`), element.outerHTML).toBe(true)
    }
  })

  it.each(steps)('“%s” has no maximum length', async (id) => {
    const { controls } = await openStep(id)
    for (const control of controls) expect(control.hasAttribute('maxlength'), control.outerHTML).toBe(false)
  })
})

async function openStep(id: string) {
  const form = showForm(defineSteps(devtekPreset.steps))
  // With a job and a large amount the form asks for everything.
  form.model.setValues({ employment: 1, amount: 1_000_000 })
  await act(() => form.model.goTo(id))
  expect(form.one(HTMLElement, '[part=form]').dataset['step']).toBe(id)
  const root = form.one(HTMLElement, '[part=form]')
  return { root, controls: form.all(HTMLElement, 'input, select, textarea') }
}

import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { cdp } from 'vitest/browser'
import { define } from '../../form/define.ts'
import { compose, press, typeKeys } from '../support/keys.ts'
import { showFields, showForm, type ShownForm } from '../support/show-form.ts'

const person = ['lastName', 'firstName', 'middleName', 'birthDate', 'phone'] as const

/** The name of the field that has the focus. */
const focused = ({ root }: ShownForm): string | null | undefined => root.activeElement?.getAttribute('name')
const errors = ({ all }: ShownForm): readonly Element[] => all(HTMLElement, '[part=error]')

describe('on a phone', () => {
  const emulate = async (mobile: boolean): Promise<void> => {
    await cdp().send('Emulation.setTouchEmulationEnabled', { enabled: mobile })
    await cdp().send('Emulation.setDeviceMetricsOverride', {
      mobile,
      width: 0,
      height: 0,
      deviceScaleFactor: 0,
    })
  }
  beforeAll(() => emulate(true))
  afterAll(() => emulate(false))

  it('is emulated with a finger as the pointer', () => {
    expect(matchMedia('(pointer: coarse)').matches).toBe(true)
  })

  it('Enter goes through an empty step line by line, and shows no error before the last one', async () => {
    const form = showFields(...person)
    form.input('lastName').focus()
    const visited = [focused(form)]
    for (const _ of person.slice(1)) {
      await press('Enter')
      visited.push(focused(form))
    }
    expect(visited).toEqual(person)
    expect(errors(form)).toEqual([])
    await press('Enter')
    expect(errors(form).length).toBeGreaterThan(3)
  })

  it('Enter sends the step once nothing after the line is empty', async () => {
    const form = showFields('lastName', 'firstName', 'phone')
    form.model.setValues({ lastName: 'Иванова', firstName: 'Анна', phone: '+79000000001' })
    form.input('lastName').focus()
    await press('Enter')
    expect(form.model.index.value).toBe(1)
  })

  it('Enter skips boxes and goes to a choice', async () => {
    const form = showFields('middleName', 'gender', 'phone')
    form.input('middleName').focus()
    await press('Enter')
    expect(form.root.activeElement?.closest('[data-field]')?.getAttribute('data-field')).toBe('gender')
  })

  it('Enter goes from lines to the next field, too', async () => {
    const form = showFields('passportIssuedBy', 'phone')
    form.one(HTMLTextAreaElement, 'textarea').focus()
    await typeKeys('МВД')
    await press('Enter')
    expect(focused(form)).toBe('phone')
    expect(form.model.fields['passportIssuedBy']?.text.value).toBe('МВД')
  })

  it('the Enter that ends a composition stays in the line', async () => {
    const form = showFields('lastName', 'firstName')
    form.input('lastName').focus()
    await compose('Иванова')
    form
      .input('lastName')
      .dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }),
      )
    expect(focused(form)).toBe('lastName')
  })
})

describe('with a hardware keyboard', () => {
  it('Enter sends the step from any line', async () => {
    const form = showFields('lastName', 'firstName', { name: 'phone', required: false })
    form.input('lastName').focus()
    await typeKeys('Иванова')
    await press('Enter')
    expect(form.model.index.value).toBe(0)
    expect(errors(form)).toHaveLength(1)
    await typeKeys('Анна')
    await press('Enter')
    expect(form.model.index.value).toBe(1)
  })
})

it("the phone's key says what Enter does", async () => {
  const form = showForm(
    define([{ name: 'lastName' }, { name: 'middleName' }], [{ name: 'phone' }, { name: 'email' }]),
  )
  const keyOf = (name: string): string | null => form.input(name).getAttribute('enterkeyhint')
  expect([keyOf('lastName'), keyOf('middleName')]).toEqual(['next', 'go'])
  form.model.setValues({ lastName: 'Иванова', middleName: 'Ивановна' })
  await form.click()
  expect([keyOf('phone'), keyOf('email')]).toEqual(['next', 'send'])
})

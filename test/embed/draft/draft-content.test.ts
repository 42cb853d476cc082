import { describe, expect, it } from 'vitest'
import { readContent, restoreContent } from '../../../src/embed/draft/draft-content.ts'
import type { FormModel } from '../../../src/state/form-model.ts'
import { define } from '../../form/define.ts'
import { createFormModel, now } from '../../state/support/form-ports.ts'

const definition = define([{ name: 'fullName' }, { name: 'gender' }, { name: 'phone' }])

/** What a draft keeps of a form that somebody has filled in. */
function draftOf(fill: (model: FormModel) => void): string {
  const { model } = createFormModel(definition)
  fill(model)
  return readContent(model, false)
}

/** A form into which the draft comes after `fill`. */
function restore(content: string, fill: (model: FormModel) => void = () => undefined): FormModel {
  const { model } = createFormModel(definition)
  const before = model.exportState()
  fill(model)
  restoreContent(model, content, before)
  return model
}

const husband = draftOf((model) => {
  model.typeName('Примеров Иван Петрович')
  model.leaveName()
  model.choose('gender', 'male')
  model.type('phone', '+7 900 000-00-01')
})

describe('the name in a draft', () => {
  it('is restored, with what was chosen', () => {
    expect(restore(husband).values.value).toEqual({
      lastName: 'Примеров',
      firstName: 'Иван',
      middleName: 'Петрович',
      gender: 'male',
      phone: '+79000000001',
    })
  })

  it('is left out as a whole where the person has begun to type one, and its gender with it', () => {
    const model = restore(husband, (form) => form.typeName('Образцова Анна'))
    expect(model.nameLine.text.value).toBe('Образцова Анна')
    expect(model.values.value).toEqual({ phone: '+79000000001' })
    model.typeName('Образцова Анна Сергеевна')
    model.leaveName()
    expect(model.values.value).toEqual({
      lastName: 'Образцова',
      firstName: 'Анна',
      middleName: 'Сергеевна',
      gender: 'female',
      phone: '+79000000001',
    })
  })

  it('is confirmed in its parts, as before, where they are only a proposal', () => {
    const proposed = draftOf((model) => {
      model.typeName('Мария Анна Шмидт')
      model.leaveName()
      expect(model.nameLine.isOpen.value).toBe(true)
    })
    const model = restore(proposed)
    expect(model.nameLine.isOpen.value).toBe(true)
    expect(model.fields['lastName']?.text.value).toBe('Мария')
    // What the person has typed meanwhile stays in its one line.
    const own = restore(proposed, (form) => form.typeName('Примеров Иван Петрович'))
    expect(own.nameLine.isOpen.value).toBe(false)
    expect(own.nameLine.text.value).toBe('Примеров Иван Петрович')
    expect(restore(husband).nameLine.isOpen.value).toBe(false)
  })

  it('implies its gender by itself, and none that was implied is kept', () => {
    const content = draftOf((model) => {
      model.typeName('Примеров Иван Петрович')
      model.leaveName()
    })
    expect(content).not.toContain('male')
    const model = restore(content)
    expect(model.values.value.gender).toBe('male')
    model.typeName('Примерова Анна Петровна')
    model.leaveName()
    expect(model.values.value.gender).toBe('female')
  })

  it('is unfinished again where it was not finished, and a surname where a page has set it', () => {
    const unfinished = restore(draftOf((model) => model.typeName('Примеров Ив')))
    expect(unfinished.nameLine.text.value).toBe('Примеров Ив')
    expect(unfinished.values.value).toEqual({})
    const surname = restore(draftOf((model) => void model.setValues({ lastName: 'Примерова' })))
    expect(surname.values.value).toEqual({ lastName: 'Примерова' })
  })
})

it('a lead in a draft is sent again as a later one, also after the clock has been set back', async () => {
  const short = define([{ name: 'phone' }])
  const first = createFormModel(short, { send: async () => ({ outcome: 'failed', code: 'network' }) })
  first.model.type('phone', '+7 900 000-00-01')
  first.model.tick('processing', true)
  await first.model.submit()
  const second = createFormModel(short, { now: () => new Date(now.getTime() - 10 * 60_000) })
  restoreContent(second.model, readContent(first.model, true), second.model.exportState())
  // What is found out about a lead after a reload keeps it, too.
  second.model.recover((sending) => sending.resume({ id: 'lead-1', key: 'key-1' }))
  second.model.type('phone', '+7 900 000-00-02')
  second.model.tick('processing', true)
  await second.model.submit()
  expect([...first.sent, ...second.sent].map(({ id, page }) => [id, page.submittedAt])).toEqual([
    ['lead-1', '2026-11-22T09:00:00.000Z'],
    ['lead-1', '2026-11-22T09:00:00.001Z'],
  ])
})

describe('the codes of an address in a draft', () => {
  const address = define([{ name: 'registration' }])
  const tyumen = {
    registrationRegion: 'Тюменская область',
    registrationCity: 'Тюмень',
    registrationStreet: 'ул. Ленина',
    registrationHouse: '12',
    registrationCityKladr: '7200000100000',
    registrationStreetKladr: '72000001000001100',
    registrationHouseKladr: '7200000100000110012',
  }
  const codes = ['registrationCityKladr', 'registrationStreetKladr', 'registrationHouseKladr']
  const codesOf = ({ fields }: FormModel) => codes.filter((name) => fields[name]?.text.value)

  /** A form in which the page, and then the person, has entered something before a draft comes. */
  function restoreInto(content: string, values: object, enter: (model: FormModel) => void = () => undefined) {
    const { model } = createFormModel(address)
    model.setValues({ ...values })
    const before = model.exportState()
    enter(model)
    restoreContent(model, content, before)
    return model
  }

  function draftAfter(change: (model: FormModel) => void): string {
    const { model } = createFormModel(address)
    model.setValues(tyumen)
    change(model)
    return readContent(model, false)
  }

  it('are restored with their texts', () => {
    const model = restoreInto(
      draftAfter(() => undefined),
      {},
    )
    expect(model.values.value).toEqual(tyumen)
  })

  it('are not those that the page gives to other texts', () => {
    const typed = draftAfter((model) => model.type('registrationStreet', 'Новая'))
    expect(codesOf(restoreInto(typed, tyumen))).toEqual(['registrationCityKladr'])
    const moved = draftAfter((model) => model.type('registrationCity', 'Деревня'))
    expect(codesOf(restoreInto(moved, tyumen))).toEqual([])
    expect(
      codesOf(
        restoreInto(
          draftAfter(() => undefined),
          tyumen,
        ),
      ),
    ).toEqual(codes)
  })

  it('are left out where the person has entered another text meanwhile', () => {
    const content = draftAfter(() => undefined)
    const enter = (name: 'registrationCity' | 'registrationStreet' | 'registrationHouse') =>
      codesOf(restoreInto(content, {}, (model) => model.type(name, 'Иное 1')))
    expect(enter('registrationCity')).toEqual([])
    expect(enter('registrationStreet')).toEqual(['registrationCityKladr'])
    expect(enter('registrationHouse')).toEqual(['registrationCityKladr', 'registrationStreetKladr'])
  })
})

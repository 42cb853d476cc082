import { describe, expect, it } from 'vitest'
import type { SendResult } from '../../src/lead/delivery.ts'
import type { FormModel } from '../../src/state/form-model.ts'
import { define } from '../form/define.ts'
import { createFormModel } from './support/form-ports.ts'

const definition = define([{ name: 'fullName' }, { name: 'gender' }, { name: 'phone' }])
const ivan = { lastName: 'Примеров', firstName: 'Иван', middleName: 'Петрович' }

const enter = (model: FormModel, text: string): void => {
  model.typeName(text)
  model.leaveName()
}

const texts = (model: FormModel): readonly (string | undefined)[] =>
  ['lastName', 'firstName', 'middleName', 'noMiddleName'].map((name) => model.fields[name]?.text.value)

describe('a whole name in one field', () => {
  it('is split when the field is left, and shown in its usual spelling', () => {
    const { model } = createFormModel(definition)
    model.typeName('иван петрович прим')
    expect(model.nameLine.text.value).toBe('иван петрович прим')
    // An unfinished name is no surname.
    expect(model.values.value).toEqual({})
    model.typeName('иван петрович примеров')
    model.leaveName()
    expect(model.values.value).toEqual({ ...ivan, gender: 'male' })
    expect(model.nameLine.text.value).toBe('Примеров Иван Петрович')
    expect(model.nameLine.isOpen.value).toBe(false)
  })

  it('may be set by a program, and is split when the person leaves it', () => {
    const { model } = createFormModel(definition)
    expect(model.setValues(JSON.parse('{"fullName":"Примеров Иван Петрович","phone":"9000000001"}'))).toEqual(
      [],
    )
    expect(model.nameLine.text.value).toBe('Примеров Иван Петрович')
    model.leaveName()
    expect(model.values.value).toEqual({ ...ivan, gender: 'male', phone: '+79000000001' })
  })

  it('is confirmed where a program sets an uncertain one', () => {
    const { model } = createFormModel(definition)
    expect(model.setValues(JSON.parse('{"fullName":"Ким Глеб"}'))).toEqual([])
    expect(model.values.value).toEqual({})
    model.leaveName()
    expect(model.nameLine.isOpen.value).toBe(true)
  })

  it.each([null, {}, 7, true, '', ' \u00A0'])('is no %j that a program sets: the name stays', (fullName) => {
    const { model } = createFormModel(definition)
    enter(model, 'Примеров Иван Петрович')
    expect(model.setValues(JSON.parse(JSON.stringify({ fullName, phone: '9000000001' })))).toEqual([
      'fullName',
    ])
    expect(model.nameLine.text.value).toBe('Примеров Иван Петрович')
    expect(model.values.value).toEqual({ ...ivan, gender: 'male', phone: '+79000000001' })
  })

  it('has no input in a form of other fields', () => {
    const { model } = createFormModel(define([{ name: 'phone' }]))
    expect(model.setValues(JSON.parse('{"fullName":"Примеров Иван Петрович"}'))).toEqual(['fullName'])
  })

  it('sets the gender until a person has chosen it', () => {
    const { model } = createFormModel(definition)
    enter(model, 'Примерова Анна Петровна')
    expect(model.values.value.gender).toBe('female')
    enter(model, 'Примеров Иван Петрович')
    expect(model.values.value.gender).toBe('male')
    model.choose('gender', 'female')
    enter(model, 'Примеров Пётр Петрович')
    expect(model.values.value.gender).toBe('female')
  })

  it('has the gender of the name that is there, not of the one before it', async () => {
    const asked = define([{ name: 'fullName' }])
    const { model, sent } = createFormModel(
      { ...asked, after: { accepted: { again: true } } },
      { send: async () => ({ outcome: 'accepted' }) },
    )
    const send = async () => {
      model.tick('processing', true)
      await model.submit()
    }
    enter(model, 'Примеров Иван Петрович')
    await send()
    model.actions()?.again()
    expect(model.nameLine.text.value).toBe('Примеров Иван Петрович')
    enter(model, 'Примерова Анна Петровна')
    await send()
    model.actions()?.again()
    enter(model, 'Ли Вэй Чан')
    await send()
    expect(sent.map(({ values }) => values.gender)).toEqual(['male', 'female', undefined])
  })

  it('keeps the gender that was chosen in place of the implied one when the person begins again', async () => {
    const asked = define([{ name: 'fullName' }])
    const outcomes: SendResult[] = [
      { outcome: 'invalid', issues: [{ field: 'gender', code: 'choice-unknown' }] },
      { outcome: 'declined' },
    ]
    const { model, sent } = createFormModel(
      { ...asked, after: { declined: { again: true } } },
      { send: async () => outcomes.shift() ?? { outcome: 'declined' } },
    )
    const send = async () => {
      model.tick('processing', true)
      await model.submit()
    }
    enter(model, 'Примеров Иван Петрович')
    await send()
    model.choose('gender', 'female')
    await send()
    model.actions()?.again()
    expect(model.fields.gender?.entered.value).toBe('female')
    await send()
    expect(sent.map(({ values }) => values.gender)).toEqual(['male', 'female', 'female'])
  })

  it('forgets with the lead the gender that a page has set for a form that does not show it', async () => {
    const asked = define([{ name: 'fullName' }])
    const { model, sent } = createFormModel({ ...asked, after: { accepted: { again: true } } })
    model.setValues({ ...ivan, gender: 'male' })
    model.tick('processing', true)
    await model.submit()
    model.actions()?.again()
    enter(model, 'Примерова Анна Петровна')
    model.tick('processing', true)
    await model.submit()
    expect(sent.map(({ values }) => values.gender)).toEqual(['male', 'female'])
  })

  it.each([
    { typed: undefined, gender: 'male' },
    { typed: 'Примерова Анна Петровна', gender: 'female' },
  ])('follows in a form that takes over the name that is there: $typed', ({ typed, gender }) => {
    const { model } = createFormModel(definition)
    enter(model, 'Примеров Иван Петрович')
    const { model: next } = createFormModel(definition)
    next.restoreState(model.exportState())
    if (typed) enter(next, typed)
    expect(next.values.value.gender).toBe(gender)
  })

  it('keeps a choice in a form that takes over', () => {
    const { model } = createFormModel(definition)
    enter(model, 'Примеров Иван Петрович')
    model.choose('gender', 'male')
    const { model: next } = createFormModel(definition)
    next.restoreState(model.exportState())
    enter(next, 'Примерова Анна Петровна')
    expect(next.values.value.gender).toBe('male')
  })

  it.each([
    [['fullName']],
    [['fullName', 'gender']],
    [['lastName', 'firstName', 'middleName', 'gender']],
  ] as const)('has the gender of a name that a page sets: %j', (names) => {
    const { model } = createFormModel(define(names.map((name) => ({ name }))))
    model.setValues(ivan)
    expect(model.values.value).toEqual({ ...ivan, gender: 'male' })
    model.setValues({ lastName: 'Примерова', firstName: 'Анна', middleName: 'Петровна' })
    expect(model.values.value.gender).toBe('female')
    model.setValues({ ...ivan, gender: 'female' })
    expect(model.values.value.gender).toBe('female')
  })

  it('needs no choice any more once the name implies it', () => {
    const { model } = createFormModel(definition)
    model.next()
    expect(model.fields['gender']?.message.value?.code).toBe('required-choice')
    enter(model, 'Примеров Иван Петрович')
    expect(model.fields['gender']?.message.value).toBeUndefined()
  })

  it('gives a certain gender also to a form that does not ask for it, and no other', () => {
    const { model } = createFormModel(define([{ name: 'fullName' }]))
    enter(model, 'Примерова Анна Петровна')
    expect(model.values.value.gender).toBe('female')
    enter(model, 'Ли Вэй')
    expect(model.values.value).toEqual({ lastName: 'Ли', firstName: 'Вэй' })
    model.reset()
    enter(model, 'Примерова Анна Петровна')
    model.typeName('')
    expect(model.values.value).toEqual({})
  })

  it('takes two words for a surname and a name, and says so', () => {
    const { model } = createFormModel(definition)
    enter(model, 'Примеров Иван')
    expect(texts(model)).toEqual(['Примеров', 'Иван', '', 'да'])
    expect(model.fields['lastName']?.message.value).toEqual({ code: 'name-two-words', warning: true })
    model.typeName('Примеров Иван П')
    expect(model.fields['lastName']?.message.value).toBeUndefined()
    model.typeName('Примеров Иван Петрович')
    model.leaveName()
    expect(texts(model)).toEqual(['Примеров', 'Иван', 'Петрович', ''])
    expect(model.fields['lastName']?.message.value).toBeUndefined()
  })

  it('opens the parts with all that was typed where it is not certain', () => {
    const { model } = createFormModel(definition)
    enter(model, 'Нгуен Ван Тхань')
    expect(model.nameLine.isOpen.value).toBe(true)
    expect(texts(model)).toEqual(['Нгуен', 'Ван', 'Тхань', ''])
    expect(['lastName', 'middleName'].map((name) => model.fields[name]?.message.value)).toEqual([
      undefined,
      undefined,
    ])
  })

  it('waits with one word for the next step', () => {
    const { model } = createFormModel(define([{ name: 'fullName' }], [{ name: 'phone' }]))
    enter(model, 'Примеров ')
    expect(model.nameLine.isOpen.value).toBe(false)
    enter(model, 'Примеров Иван Петрович')
    expect(model.values.value).toMatchObject(ivan)
    model.typeName('Примеров')
    model.next()
    expect(model.nameLine.isOpen.value).toBe(true)
    expect(texts(model)).toEqual(['Примеров', '', '', ''])
  })

  it('asks to confirm a proposal that was not seen before the next step is shown', () => {
    const { model } = createFormModel(define([{ name: 'fullName' }], [{ name: 'phone' }]))
    model.typeName('Нгуен Ван Тхань')
    model.next()
    expect(model.index.value).toBe(0)
    expect(model.nameLine.isOpen.value).toBe(true)
    expect(model.focusRequest.value).toMatchObject({ target: 'field', name: 'lastName' })
    model.next()
    expect(model.index.value).toBe(1)
    expect(model.values.value).toEqual({ lastName: 'Нгуен', firstName: 'Ван', middleName: 'Тхань' })
  })

  it('goes on with a certain name that the person has not left', () => {
    const { model } = createFormModel(define([{ name: 'fullName' }], [{ name: 'phone' }]))
    model.typeName('Примеров Иван Петрович')
    model.next()
    expect(model.index.value).toBe(1)
    expect(model.values.value).toMatchObject(ivan)
  })

  it('has one issue when it is empty', () => {
    const { model, events } = createFormModel(definition)
    model.next()
    expect(events.at(-1)).toMatchObject({
      type: 'issues',
      codes: ['required', 'required-choice', 'required', 'consent-required'],
    })
    expect(model.issueCount.value).toBe(4)
    expect(model.nameLine.isOpen.value).toBe(false)
    expect(model.focusRequest.value).toMatchObject({ target: 'field', name: 'fullName' })
  })

  it('opens at the part that somebody finds wrong', async () => {
    const issues = [{ field: 'middleName', message: 'Проверьте отчество' }]
    const { model } = createFormModel(define([{ name: 'fullName' }]), {
      send: async () => ({ outcome: 'invalid', issues }),
    })
    enter(model, 'Примеров Иван Петрович')
    model.tick('processing', true)
    await model.submit()
    expect(model.nameLine.isOpen.value).toBe(true)
    expect(model.focusRequest.value).toMatchObject({ target: 'field', name: 'middleName' })
    expect(model.fields['middleName']?.message.value).toMatchObject({ message: 'Проверьте отчество' })
  })

  it('shows values of a page and another form as they are, and changes only what a person changes', () => {
    const { model } = createFormModel(definition)
    const given = { lastName: 'Нгуен', firstName: 'Ван Тхань', noMiddleName: true }
    expect(model.setValues(given)).toEqual([])
    expect(model.nameLine.text.value).toBe('Нгуен Ван Тхань')
    model.leaveName()
    expect(model.values.value).toEqual(given)

    const { model: next } = createFormModel(definition)
    next.restoreState(model.exportState())
    expect(next.values.value).toEqual(given)
  })

  it.each(['Примерова', 'Римский Корсаков'])('has a surname that a page has set alone: %s', (lastName) => {
    const { model } = createFormModel(definition)
    model.typeName('Образец Иван')
    model.setValues({ lastName })
    expect(model.values.value).toEqual({ lastName })
    model.leaveName()
    const { model: next } = createFormModel(definition)
    next.restoreState(model.exportState())
    next.leaveName()
    expect(next.values.value).toEqual({ lastName })
    next.typeName(`${lastName} Анна Ивановна`)
    expect(next.values.value).toEqual({})
  })

  it('has the surname that a page sets where the person has typed the same word', () => {
    const { model } = createFormModel(definition)
    model.typeName('Примерова')
    expect(model.values.value).toEqual({})
    model.setValues({ lastName: 'Примерова' })
    expect(model.values.value).toEqual({ lastName: 'Примерова' })
  })

  it('stays open in a form that takes over', () => {
    const { model } = createFormModel(definition)
    enter(model, 'Нгуен Ван Тхань')
    const { model: next } = createFormModel(definition)
    next.restoreState(model.exportState())
    expect(next.nameLine.isOpen.value).toBe(true)
    expect(texts(next)).toEqual(['Нгуен', 'Ван', 'Тхань', ''])
  })

  it('keeps an unfinished name when another form takes over', () => {
    const { model } = createFormModel(definition)
    model.typeName('Примеров Ив')
    const { model: next } = createFormModel(definition)
    next.restoreState(model.exportState())
    expect(next.nameLine.text.value).toBe('Примеров Ив')
    expect(next.values.value).toEqual({})
  })

  it('is one field again in a form that is cleared', () => {
    const { model } = createFormModel(definition)
    enter(model, 'Нгуен Ван Тхань')
    model.reset()
    expect(model.nameLine.isOpen.value).toBe(false)
    expect(model.nameLine.text.value).toBe('')
  })
})

describe('an entry that has been checked', () => {
  it('is shown when a field that people doubt is left, until it is changed', () => {
    const { model } = createFormModel(define([{ name: 'phone' }, { name: 'comment' }]))
    const isConfirmed = (name: string) => model.fields[name]?.isConfirmed.value
    model.type('phone', '+7 900 000-00-01')
    expect(isConfirmed('phone')).toBe(false)
    model.leave('phone')
    expect(isConfirmed('phone')).toBe(true)
    model.type('phone', '+7 900 000-00-0')
    expect(isConfirmed('phone')).toBe(false)
    model.leave('phone')
    expect(isConfirmed('phone')).toBe(false)
    model.type('phone', '+7 999 999-99-99')
    model.leave('phone')
    // A warning leaves a doubt.
    expect(isConfirmed('phone')).toBe(false)
    model.type('comment', 'Пример')
    model.leave('comment')
    expect(isConfirmed('comment')).toBe(false)
  })
})

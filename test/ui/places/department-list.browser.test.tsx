import { act } from '@testing-library/preact'
import axe from 'axe-core'
import { describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { adoptStyles } from '../../../src/embed/appearance/styles.ts'
import { ru } from '../../../src/i18n/ru/ru.ts'
import { createPlaceFinder } from '../../../src/places/place-finder.ts'
import css from '../../../src/themes/place-list.css?inline'
import type { FindDepartments } from '../../../src/ui/places/department-list.tsx'
import { createPlaceList } from '../../../src/ui/places/place-list.tsx'
import { define } from '../../form/define.ts'
import { isOnTop } from '../support/is-on-top.ts'
import { press, typeKeys } from '../support/keys.ts'
import { showForm } from '../support/show-form.ts'
import { somePlaces } from '../support/show-places.ts'

const several = [
  'ОТДЕЛОМ УФМС РОССИИ ПО ВЫДУМАННОЙ ОБЛАСТИ В ВЫМЫШЛЕННОМ РАЙОНЕ',
  'ОВД ВЫМЫШЛЕННОГО РАЙОНА',
  'УМВД РОССИИ ПО ВЫДУМАННОЙ ОБЛАСТИ',
]
const directory: Readonly<Record<string, readonly string[]>> = {
  '720-001': several,
  '720-002': ['ОВД ГОРОДА НЕБЫВАЛЬСКА'],
}

/** Shows a form that asks for the name, and before it or after it for the code. */
function show({
  find = async (code: string) => directory[code] ?? [],
  order = ['passportIssuedCode', 'passportIssuedBy'],
  isServed = true,
}: {
  readonly find?: FindDepartments
  readonly order?: readonly ('passportIssuedCode' | 'passportIssuedBy' | 'birthPlace' | 'purpose')[]
  readonly isServed?: boolean
} = {}) {
  const asked: string[] = []
  const List = createPlaceList(createPlaceFinder(somePlaces, 0), (code, signal) => {
    asked.push(code)
    return find(code, signal)
  })
  const definition = define(
    order.map((name) => ({ name })),
    [],
  )
  const form = showForm(isServed ? { ...definition, departments: true } : definition, {
    loadPlaceList: async () => List,
  })
  const target = { root: form.root, host: document.body, inPage: false }
  adoptStyles(target)
  adoptStyles(target, css)
  return {
    ...form,
    asked,
    code: form.input('passportIssuedCode'),
    name: form.one(HTMLTextAreaElement, '[data-field=passportIssuedBy] textarea'),
    options: () => form.all(HTMLElement, '[role=option]').map(({ textContent }) => textContent),
    offers: () => form.all(HTMLElement, '[data-action=offer]').map(({ textContent }) => textContent),
  }
}

type Shown = ReturnType<typeof show>

async function enterCode(form: Shown, code: string): Promise<void> {
  form.code.focus()
  await press('Control+a')
  await typeKeys(code)
}

async function typeName(form: Shown, text: string): Promise<void> {
  form.name.focus()
  await typeKeys(text)
}

/** Waits until the names of a code have come. */
async function hasNames(form: Shown): Promise<void> {
  await expect.poll(() => form.name.getAttribute('aria-autocomplete')).toBe('list')
}

describe('the names of a department code', () => {
  it('are asked for once the code is complete, and announced', async () => {
    const form = show()
    await enterCode(form, '72000')
    expect(form.asked).toEqual([])
    await typeKeys('1')
    await hasNames(form)
    expect(form.asked).toEqual(['720-001'])
    expect(form.offers()).toEqual([ru.departments.choose(3)])
    await expect.poll(() => form.announcement()).toBe('Кем выдан: По коду найдены 3 названия')
  })

  it('open as a list when the person comes to the empty field, and keys choose one', async () => {
    const form = show()
    await enterCode(form, '720001')
    await hasNames(form)
    await press('Tab')
    await expect.poll(() => form.options()).toEqual(several)
    expect(form.root.getElementById(form.name.getAttribute('aria-controls') ?? '')).toHaveProperty(
      'ariaLabel',
      'Кем выдан',
    )
    await press('ArrowDown', 'ArrowDown')
    const active = form.root.getElementById(form.name.getAttribute('aria-activedescendant') ?? '')
    expect(active?.textContent).toBe(several[1])
    await press('Enter')
    expect(form.name.value).toBe(several[1])
    expect(form.model.values.value).toMatchObject({ passportIssuedBy: several[1] })
    expect([form.options(), form.offers()]).toEqual([[], []])
    await press('Control+z')
    expect(form.name.value).toBe('')
  })

  it('can be chosen with a click, and be edited then', async () => {
    const form = show()
    await enterCode(form, '720001')
    await hasNames(form)
    await act(() => form.one(HTMLElement, '[data-action=offer]').click())
    await expect.poll(() => form.options()).toEqual(several)
    const [first] = form.all(HTMLElement, '[role=option]')
    if (!first) throw new TypeError('an option: expected to be shown')
    await userEvent.click(first)
    expect(form.name).toHaveDeepFocus()
    await press('End')
    await typeKeys(' № 2')
    await press('Tab')
    expect(form.model.values.value).toMatchObject({ passportIssuedBy: `${several[0]} № 2` })
  })

  it('are filtered by what the person types, in either case, and a text that is not on the list stays', async () => {
    const form = show()
    await enterCode(form, '720001')
    await hasNames(form)
    await typeName(form, 'овд')
    await expect.poll(() => form.options()).toEqual([several[1]])
    await typeKeys(' другого района')
    await expect.poll(() => form.options()).toEqual([])
    await press('Escape', 'Escape', 'Enter')
    expect(form.name.value.trim()).toBe('овд другого района')
    expect(form.offers()).toEqual([])
    await userEvent.click(form.name)
    await expect.poll(() => form.options()).toEqual(several)
  })

  it('are one press if there is one, which no key enters by itself', async () => {
    const form = show()
    await enterCode(form, '720002')
    await hasNames(form)
    expect(form.name.value).toBe('')
    expect(form.offers()).toEqual(['Подставить: ОВД ГОРОДА НЕБЫВАЛЬСКА'])
    await act(() => form.one(HTMLElement, '[data-action=offer]').click())
    expect(form.name.value).toBe('ОВД ГОРОДА НЕБЫВАЛЬСКА')
    expect(form.name).toHaveDeepFocus()
  })

  it('never replace what was typed before the code came', async () => {
    const form = show({ order: ['passportIssuedBy', 'passportIssuedCode'] })
    await typeName(form, 'мой овд')
    await enterCode(form, '720002')
    await hasNames(form)
    await press('Shift+Tab')
    expect(form.name.value).toBe('мой овд')
    expect([form.offers(), form.options()]).toEqual([[], []])
  })

  it('are offered at the empty field where the code is asked for after it', async () => {
    const form = show({ order: ['passportIssuedBy', 'passportIssuedCode'] })
    await enterCode(form, '720002')
    await expect.poll(() => form.offers()).toEqual(['Подставить: ОВД ГОРОДА НЕБЫВАЛЬСКА'])
  })

  it('of another code are offered in place of one that was chosen', async () => {
    const form = show()
    await enterCode(form, '720001')
    await hasNames(form)
    await press('Tab', 'ArrowDown', 'Enter')
    await enterCode(form, '720002')
    await expect.poll(() => form.offers()).toEqual(['Подставить: ОВД ГОРОДА НЕБЫВАЛЬСКА'])
    expect(form.name.value).toBe(several[0])
  })

  it('go with the code', async () => {
    const form = show()
    await enterCode(form, '720001')
    await hasNames(form)
    await press('Backspace')
    await expect.poll(() => form.name.getAttribute('aria-autocomplete')).toBe(null)
    expect(form.offers()).toEqual([])
  })
})

describe('without names', () => {
  it.each<[string, FindDepartments]>([
    ['the directory does not know the code', async () => []],
    ['the relay fails', async () => Promise.reject(new TypeError('status 500'))],
    ['the relay does not answer', () => new Promise(() => undefined)],
  ])('the field is as it was: %s', async (_, find) => {
    const form = show({ find })
    await enterCode(form, '720001')
    await expect.poll(() => form.asked).toEqual(['720-001'])
    await press('Tab')
    await typeKeys('ОВД')
    await press('ArrowDown', 'Escape')
    expect(form.name.value).toBe('ОВД')
    expect(form.name.getAttribute('aria-autocomplete')).toBe(null)
    expect([form.offers(), form.options()]).toEqual([[], []])
  })

  it('an answer for an earlier code is ignored', async () => {
    const answers = new Map<string, (names: readonly string[]) => void>()
    const form = show({
      find: (code) => new Promise((resolve) => answers.set(code, resolve)),
    })
    await enterCode(form, '720001')
    await enterCode(form, '720002')
    answers.get('720-002')?.(directory['720-002'] ?? [])
    await hasNames(form)
    answers.get('720-001')?.(several)
    await expect.poll(() => form.offers()).toEqual(['Подставить: ОВД ГОРОДА НЕБЫВАЛЬСКА'])
  })

  it('nothing is asked for where the relay has no directory', async () => {
    const form = show({ isServed: false })
    await enterCode(form, '720001')
    await press('Tab')
    await typeKeys('ОВД')
    expect(form.asked).toEqual([])
    expect(form.name.getAttribute('aria-autocomplete')).toBe(null)
  })
})

it('a list of names lies over the fields that follow', async () => {
  const form = show({ order: ['passportIssuedCode', 'passportIssuedBy', 'birthPlace', 'purpose'] })
  await enterCode(form, '720001')
  await hasNames(form)
  await press('Tab')
  await expect.poll(() => form.options()).toEqual(several)
  for (const option of form.all(HTMLElement, '[role=option]')) expect(isOnTop(form.root, option)).toBe(true)
})

it('a list of names is accessible, and shows long names whole', async () => {
  const form = show()
  await enterCode(form, '720001')
  await hasNames(form)
  await press('Tab')
  await expect.poll(() => form.options()).toEqual(several)
  for (const option of form.all(HTMLElement, '[role=option]'))
    expect(option.scrollHeight).toBeLessThanOrEqual(option.clientHeight)
  const { violations } = await axe.run(form.root.host)
  expect(violations.map(({ id }) => id)).toEqual([])
})

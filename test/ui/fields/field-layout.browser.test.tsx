import { expect, it, onTestFinished } from 'vitest'
import { adoptStyles } from '../../../src/embed/appearance/styles.ts'
import { typeKeys } from '../support/keys.ts'
import { showFields } from '../support/show-form.ts'
import { createListLoader, openPlaces, somePlaces } from '../support/show-places.ts'

it.each([
  ['', 52],
  ['.anketa{--a-border-width:2px}', 52],
  ['.anketa{--a-border-width:5px}', 58],
  ['.anketa-input{font-size:40px!important}', 84],
  ['.anketa-input{line-height:3!important}', 77],
])(
  'a line is as high as one line of its text, whatever the text is, with the styles `%s`',
  (css, atLeast) => {
    const form = showFields('lastName', 'phone')
    const { host } = form.root
    if (!(host instanceof HTMLElement)) throw new TypeError('expected an element as the host')
    for (const styles of [undefined, css])
      onTestFinished(adoptStyles({ root: form.root, host, inPage: false }, styles))
    const heights = (contain: string) => {
      const undo = adoptStyles({ root: form.root, host, inPage: false }, contain)
      const measured = ['', 'Иванов', 'Ж'.repeat(500)].map((text) => {
        form.input('lastName').value = text
        return form.input('lastName').getBoundingClientRect().height
      })
      undo()
      return measured
    }
    expect(getComputedStyle(form.input('phone')).contain).toBe('size layout')
    const [height = 0] = heights('input{contain:none!important}')
    expect(height).toBeGreaterThanOrEqual(atLeast)
    expect(heights('input{}')).toEqual([height, height, height])
  },
)

it('a list of places comes over the fields that follow', async () => {
  const form = openPlaces(
    createListLoader(somePlaces),
    ...(['city', 'lastName', 'phone', 'email'] as const).map((name) => ({ name })),
  )
  form.input('city').focus()
  await expect.poll(() => form.input('city').getAttribute('role')).toBe('combobox')
  await typeKeys('киров')
  await expect.poll(() => form.options()).toHaveLength(3)
  const covered = form.input('lastName').getBoundingClientRect()
  const found = form.root.elementFromPoint(covered.left + covered.width / 2, covered.top + covered.height / 2)
  expect(found?.closest('[role=listbox]')).not.toBeNull()
})

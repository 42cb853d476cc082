import MaskedPattern from 'imask/esm/masked/pattern'
import { describe, expect, it, onTestFinished } from 'vitest'
import { afterFocusMs } from '../../../src/ui/form.tsx'
import { press, typeKeys } from '../support/keys.ts'
import { type ShownForm, showFields } from '../support/show-form.ts'

const others = [
  ...(['firstName', 'birthDate', 'email', 'amount', 'snils', 'inn', 'passportIssuedDate'] as const),
  ...(['passportIssuedCode', 'passportIssuedBy', 'employment', 'jobPlace', 'jobPosition'] as const),
  ...(['jobIncome', 'jobPhone', 'gender', 'comment', 'termDays', 'noMiddleName', 'lastName'] as const),
] as const

const sizes = [0, 6, others.length]

/** What a key has been counted to do: to imask's models, to the input, and to find out how the page is laid out. */
const none = { edits: 0, commands: 0, values: 0, selections: 0, measurements: 0 }

/** Counts from now on, by replacing what the browser and imask offer. */
function countWork(): Readonly<typeof none> {
  const work = { ...none }
  const count = (owner: object, what: keyof typeof none, ...names: readonly string[]): void => {
    for (const name of names) {
      const own = Object.getOwnPropertyDescriptor(owner, name)
      const found = findProperty(owner, name)
      const counted = (original: unknown) =>
        function counting(this: unknown, ...parameters: unknown[]): unknown {
          if (typeof original !== 'function') return undefined
          const before = work[what]
          const result: unknown = Reflect.apply(original, this, parameters)
          // An edit that consists of others is one.
          work[what] = before + 1
          return result
        }
      if ('value' in found) Object.defineProperty(owner, name, { ...found, value: counted(found.value) })
      else if (what === 'measurements')
        Object.defineProperty(owner, name, { ...found, get: counted(found.get) })
      else Object.defineProperty(owner, name, { ...found, set: counted(found.set) })
      onTestFinished(() => {
        if (own) Object.defineProperty(owner, name, own)
        else Reflect.deleteProperty(owner, name)
      })
    }
  }
  count(MaskedPattern.prototype, 'edits', 'append', 'splice', 'remove', 'resolve', 'updateOptions')
  count(Document.prototype, 'commands', 'execCommand')
  count(HTMLInputElement.prototype, 'values', 'value', 'setRangeText')
  count(
    HTMLInputElement.prototype,
    'selections',
    'setSelectionRange',
    'select',
    'selectionStart',
    'selectionEnd',
  )
  count(
    Element.prototype,
    'measurements',
    'getBoundingClientRect',
    'getClientRects',
    'scrollTop',
    'clientHeight',
  )
  count(HTMLElement.prototype, 'measurements', 'offsetHeight', 'offsetTop', 'offsetParent', 'innerText')
  count(window, 'measurements', 'getComputedStyle')
  return work
}

function findProperty(owner: object, name: string): PropertyDescriptor {
  const found = Object.getOwnPropertyDescriptor(owner, name)
  if (found) return found
  const parent: object | null = Object.getPrototypeOf(owner)
  if (!parent) throw new TypeError(`${name}: expected to exist`)
  return findProperty(parent, name)
}

async function begin(form: ShownForm, name: string, text: string): Promise<HTMLInputElement> {
  const input = form.input(name)
  input.focus()
  await typeKeys(text)
  // Soon after the first focus a form begins to keep the focused field in view, which measures once.
  await new Promise((resolve) => setTimeout(resolve, afterFocusMs))
  await import('../../../src/ui/later-views.ts')
  for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame)
  return input
}

describe.each(sizes)('a key in a form with %i other fields', (size) => {
  const rest = others.slice(0, size)

  it('leaves a name to the browser', async () => {
    const form = showFields('middleName', ...rest)
    const input = await begin(form, 'middleName', 'Ив')
    const work = countWork()
    await typeKeys('анович')
    await press('Backspace')
    expect(input.value).toBe('Иванови')
    expect(work).toEqual(none)
  })

  it.each([
    ['phone', '90', '0', '+7 900'],
    ['passport', '451', '0', '45 10'],
    ['birthDate', '01.02.1', '9', '01.02.19'],
  ] as const)(
    'edits the model of %s once after %s, and leaves the text to the browser where it makes the same',
    async (name, before, key, after) => {
      const form = showFields(name, ...rest.filter((other) => other !== name))
      const input = await begin(form, name, before)
      const work = countWork()
      await typeKeys(key)
      expect(input.value).toBe(after)
      expect(work).toEqual({ ...none, edits: 1 })
    },
  )

  it.each([
    ['phone', '', '9', '+7 9'],
    ['phone', '900', '0', '+7 900 0'],
    ['phone', '9000', 'Backspace', '+7 900'],
    ['passport', '45', '1', '45 1'],
    ['birthDate', '01', '0', '01.0'],
  ] as const)(
    'edits the model of %s once after %s, and the text by one command where the mask adds or takes signs',
    async (name, before, key, after) => {
      const form = showFields(name, ...rest.filter((other) => other !== name))
      const input = await begin(form, name, before)
      const work = countWork()
      await press(key)
      expect(input.value).toBe(after)
      expect(work).toEqual({ ...none, edits: 1, commands: 1, selections: 1 })
    },
  )
})

import { describe, expect, it, onTestFinished } from 'vitest'
import { type FormHandle, mount } from '../../../src/entries/index.ts'
import type { OptionChanges } from '../../../src/embed/options/options.ts'
import {
  agree,
  inputOf,
  place,
  recordConsole,
  relay,
  rootOf,
  startRelay,
  type,
} from '../support/relay-page.ts'

type PageRules = Pick<OptionChanges, 'validate' | 'beforeSubmit'>

async function show(container: HTMLElement, rules: PageRules): Promise<FormHandle> {
  const form = mount(container, { ...rules, relay })
  onTestFinished(() => form.destroy())
  await form.ready
  return form
}

async function fillIn(container: HTMLElement, form: FormHandle): Promise<void> {
  type(container, 'amount', '30000')
  type(container, 'lastName', 'Иванов')
  form.next()
  await expect.poll(() => rootOf(container).querySelector('[data-consent]')).not.toBeNull()
  type(container, 'phone', '+79000000001')
  agree(container)
}

const messageAt = (container: HTMLElement, field: string) =>
  rootOf(container).querySelector(`[data-field="${field}"] [part=error]`)?.textContent

describe('a rule of the page', () => {
  it("runs after the form's own, keeps the step, and gives way as soon as it is met", async () => {
    const seen: unknown[] = []
    startRelay()
    const container = place()
    const form = await show(container, {
      validate: {
        amount(amount, values) {
          seen.push([amount, values.lastName])
          return Number(amount) % 1000 ? 'Сумма – в целых тысячах' : undefined
        },
      },
    })
    type(container, 'lastName', 'Иванов')
    type(container, 'amount', '1')
    seen.length = 0
    type(container, 'amount', '30500')
    await expect.poll(() => messageAt(container, 'amount')).toContain('Сумма – в целых тысячах')
    expect(seen[0]).toEqual([30_500, 'Иванов'])
    form.next()
    expect(form.state.step).toBe('step-0')
    expect(form.state.issues).toEqual([{ field: 'amount', code: 'provider' }])
    type(container, 'amount', '30000')
    await expect.poll(() => messageAt(container, 'amount')).toBeUndefined()
    form.next()
    expect(form.state.step).toBe('step-1')
  })

  it('that fails, is no rule, or belongs to no field of the form stops nothing, and is reported', async () => {
    const lines = recordConsole()
    const page = startRelay()
    const container = place()
    const rules: PageRules['validate'] = JSON.parse('{"phone":"text"}')
    const form = await show(container, {
      validate: {
        ...rules,
        amount(amount) {
          throw new RangeError(`mistake in ${amount}`)
        },
        email: () => 'нет',
      },
    })
    await fillIn(container, form)
    form.submit()
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(page.leads).toHaveLength(1)
    await expect.poll(() => lines.join('\n')).toMatch(/«amount».*RangeError, [\w.-]+:\d+:\d+/)
    await expect.poll(() => lines.join('\n')).toContain('«email»')
    // The console is not for what a person has entered.
    expect(lines.join('\n')).not.toMatch(/mistake|30000/)
  })
})

describe('beforeSubmit', () => {
  it('may say what is wrong: the person corrects it, and then the lead is sent', async () => {
    let objections = 0
    const page = startRelay()
    const container = place()
    const outcomes: unknown[] = []
    container.addEventListener('anketa:outcome', (event) => outcomes.push(event))
    const form = await show(container, {
      async beforeSubmit({ values }) {
        if (values.lastName === 'Петров') return { issues: [] }
        objections += 1
        return { issues: [{ field: 'lastName', message: 'Такой анкеты у нас нет' }] }
      },
    })
    await fillIn(container, form)
    form.submit()
    await expect.poll(() => form.state.step).toBe('step-0')
    await expect.poll(() => messageAt(container, 'lastName')).toContain('Такой анкеты у нас нет')
    expect(form.state.status).toBe('filling')
    type(container, 'lastName', 'Петров')
    form.submit()
    await expect.poll(() => form.state.status).toBe('accepted')
    expect(page.leads).toMatchObject([{ values: { lastName: 'Петров', amount: 30_000 } }])
    expect(outcomes).toHaveLength(1)
    expect(objections).toBe(1)
  })

  it.each<[string, object, string, RegExp]>([
    ['no field', { message: 'Мы работаем с девяти' }, 'Мы работаем с девяти', /^$/],
    [
      'a field that the form does not ask for',
      { field: 'email', message: 'Нужна почта' },
      'Нужна почта',
      /«email»/,
    ],
    ['no text', { field: 'phone' }, 'Заявка пока не отправлена', /beforeSubmit/],
  ])('may say something about %s: it is shown above the step', async (_, issue, text, line) => {
    const lines = recordConsole()
    const page = startRelay()
    const container = place()
    const form = await show(container, { beforeSubmit: () => ({ issues: [issue] }) })
    await fillIn(container, form)
    form.submit()
    await expect.poll(() => rootOf(container).querySelector('[role=alert]')?.textContent).toContain(text)
    expect(page.leads).toEqual([])
    expect(inputOf(container, 'phone').value).toBe('+7 900 000-00-01')
    await expect.poll(() => lines.join('\n')).toMatch(line)
  })
})

import { setTimeout as pause } from 'node:timers/promises'
import { hooks } from '../../../src/entries/testing.ts'
import type { Engine } from './engine.ts'
import { createFormProbe, type FormProbe } from './form-probe.ts'

/** The first form of a page, used as a person uses it: with the mouse and keys. */
export type EngineForm = ReturnType<typeof createEngineForm>

/** Opens a page, and waits for its form. */
export async function openEngineForm(engine: Engine, url: string): Promise<EngineForm> {
  await engine.open(url)
  const form = createEngineForm(engine)
  await form.appears(hooks.form)
  return form
}

/** Creates the functions that use the form of the page that is open in an engine. */
function createEngineForm(engine: Engine) {
  /** Calls a function in the page, with a probe of the form. It sees nothing of its module. */
  function ask<Args extends readonly unknown[], Result>(
    pageFunction: (probe: FormProbe, ...args: Args) => Result,
    ...args: Args
  ): Promise<Result> {
    const probe = `(${createFormProbe.toString()})()`
    return engine.evaluate(`(${pageFunction.toString()})(${probe}, ...${JSON.stringify(args)})`)
  }

  /** Waits until a page function returns something true. */
  async function waitFor<Args extends readonly unknown[], Result>(
    pageFunction: (probe: FormProbe, ...args: Args) => Result,
    ...args: Args
  ): Promise<NonNullable<Result>> {
    const deadline = Date.now() + 20_000
    for (;;) {
      const result = await ask(pageFunction, ...args)
      if (result) return result
      if (Date.now() > deadline) {
        const state = await ask(({ describe }) => describe())
        throw new Error(`waited for ${pageFunction.toString()} with ${JSON.stringify(args)}; ${state}`)
      }
      await pause(50)
    }
  }

  async function appears(selector: string): Promise<void> {
    await waitFor(({ find }, wanted) => find(wanted) !== undefined, selector)
  }

  /** Clicks on the middle of an element, once it has stopped moving. */
  async function click(selector: string): Promise<void> {
    const findMiddle = () => waitFor(({ middleOf }, wanted) => middleOf(wanted), selector)
    for (let before = await findMiddle(); ;) {
      await pause(20)
      const { x, y } = await findMiddle()
      if (x === before.x && y === before.y) return engine.clickAt(x, y)
      before = { x, y }
    }
  }

  /** Copies a text. Nothing has the focus afterwards. */
  async function copy(text: string): Promise<void> {
    await ask((_, copied) => {
      const source = document.createElement('textarea')
      document.body.append(source)
      source.value = copied
      source.focus()
      source.select()
      document.execCommand('copy')
      source.remove()
    }, text)
  }

  /** Clicks a field and selects its text. */
  async function select(name: string): Promise<void> {
    await click(hooks.control(name))
    await engine.press('Control+a')
  }

  return {
    engine,
    ask,
    waitFor,
    appears,
    click,
    select,
    step: (id: string) => appears(hooks.step(id)),
    status: (name: string) => appears(hooks.status(name)),
    press: (action: string) => click(hooks.action(action)),
    /** Types a text in place of what a field holds. */
    async type(name: string, text: string | number): Promise<void> {
      await select(name)
      await engine.press('Delete')
      await engine.type(String(text))
    },
    copy,
    /** Pastes a text in place of what a field holds. */
    async paste(name: string, text: string): Promise<void> {
      await copy(text)
      await select(name)
      await engine.press('Control+v')
    },
    /** Chooses an option of a list that the browser draws itself. */
    async choose(name: string, value: string): Promise<void> {
      await ask(
        ({ find }, selector, wanted) => {
          const list = find(selector)
          if (!(list instanceof HTMLSelectElement)) throw new Error(`no list at ${selector}`)
          list.value = wanted
          list.dispatchEvent(new Event('input', { bubbles: true }))
          list.dispatchEvent(new Event('change', { bubbles: true }))
        },
        hooks.control(name),
        value,
      )
    },
    text: (name: string) =>
      ask(({ find }, selector) => {
        const control = find(selector)
        return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement
          ? control.value
          : undefined
      }, hooks.control(name)),
    caret: () => ask(({ caret }) => caret()),
    /** The field or the button that has the focus. */
    focused: () =>
      ask(({ active }) => {
        const element = active()
        return (
          element?.getAttribute('data-action') ??
          element?.closest('[data-field], [data-consent]')?.getAttribute('data-field') ??
          element?.tagName
        )
      }),
    message: (name: string) =>
      ask(({ find }, selector) => find(selector)?.textContent?.trim(), hooks.message(name)),
    /** Ticks the required consents, and sends the application. */
    async submit(): Promise<void> {
      await click(hooks.consent('processing'))
      await click(hooks.consent('transfer'))
      await click(hooks.action('submit'))
    },
  }
}

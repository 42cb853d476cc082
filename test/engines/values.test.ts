import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hooks } from '../../src/entries/testing.ts'
import type { LeadValues } from '../../src/lead/values.ts'
import { type Entered, inputCases, matchAccepted, nameOfCase } from '../fields/input-cases.ts'
import { enterValue, type EntryWay } from '../support/enter-value.ts'
import type { Engine } from './support/engine.ts'
import { startEngine } from './support/start-engine.ts'
import { type EngineForm, openEngineForm } from './support/engine-form.ts'
import { createFormProbe } from './support/form-probe.ts'
import { type PageServer, startPageServer } from './support/page-server.ts'

let engine: Engine
let pages: PageServer
let form: EngineForm

/** A form of one step that asks for every field of the table, in test mode, which needs no operator. */
const definition = {
  id: 'values',
  title: 'Значения',
  steps: [
    {
      id: 'all',
      title: 'Все поля',
      fields: [...new Set(inputCases.map(({ field }) => field))].map((name) => ({ name, required: false })),
    },
  ],
}

beforeAll(async () => {
  pages = await startPageServer()
  engine = await startEngine(inject('engine'))
  const json = `<script type="application/json">${JSON.stringify(definition)}</script>`
  form = await openEngineForm(engine, pages.add({ body: `<div data-anketa data-test>${json}</div>` }))
})

afterAll(async () => {
  await engine.close()
  pages.close()
})

/** WPE WebKit changes what is not Latin in the clipboard, so that its pasting is simulated. */
const hasWholeClipboard = inject('engine') !== 'webkit'

/** Enters a text into an empty field, leaves the field, and returns what became of the text. */
async function enter(field: string, text: string, way: EntryWay): Promise<Entered> {
  await engine.evaluate(`void ${handle}.reset()`)
  const usesClipboard = way === 'paste' && hasWholeClipboard
  if (usesClipboard) await form.copy(text)
  await form.waitFor(({ find }, selector) => {
    const control = find(selector)
    control?.focus()
    return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement
      ? control.value === ''
      : false
  }, hooks.control(field))
  if (way === 'type') await engine.type(text)
  else if (usesClipboard) await engine.press('Control+v')
  else await enterByEvents(field, text, way)
  await engine.press('Tab')
  const shown = await form.text(field)
  const values = await engine.evaluate<LeadValues>(`${handle}.state.values`)
  const isInvalid = await form.ask(
    ({ find }, selector) => find(selector)?.getAttribute('aria-invalid') === 'true',
    hooks.control(field),
  )
  return {
    value: valueOf(field, values),
    refused: isInvalid && Boolean(await form.message(field)),
    shown: shown ?? '',
  }
}

const handle = `Anketa.mount(document.querySelector('[data-anketa]'), {})`

/** Sends the events that browsers send. The control keeps the focus. */
async function enterByEvents(field: string, text: string, way: EntryWay): Promise<void> {
  const control = `(${createFormProbe.toString()})().find(${JSON.stringify(hooks.control(field))})`
  await engine.evaluate(`void (${enterValue.toString()})(${control}, ${JSON.stringify(text)}, '${way}')`)
}

/** Both parts of a passport are one field. */
function valueOf(field: string, values: LeadValues): unknown {
  if (field !== 'passport') return new Map<string, unknown>(Object.entries(values)).get(field)
  const { passportSeries, passportNumber } = values
  return passportSeries === undefined ? undefined : { passportSeries, passportNumber }
}

// In Chromium the tests of components do this.
describe.skipIf(inject('engine') === 'chromium')('a text of the table', () => {
  const entries = inputCases.flatMap((entry) => {
    const name = nameOfCase(entry)
    const entered: [string, EntryWay, typeof entry] = [name, entry.how, entry]
    return entry.how === 'paste' ? [entered, [`${name}, dropped`, 'drop', entry] as const] : [entered]
  })
  it.each(entries)('%s', async (_, way, entry) => {
    const entered = await enter(entry.field, entry.input, way)
    expect(entry.accept).toContainEqual(matchAccepted(entry, entered))
  })
})

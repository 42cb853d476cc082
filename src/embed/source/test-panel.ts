import type { TestModeTexts } from '../../i18n/texts.ts'
import type { SendResult } from '../../lead/delivery.ts'
import { stringifyJson } from '../../lead/stringify-json.ts'
import type { HttpRequest } from '../../providers/core/context.ts'
import { parseJson } from '../../providers/core/json.ts'

/** The panel that test mode adds to a form. */
export interface TestPanel {
  /** The bar above the form, with the button that fills it in. */
  readonly head: HTMLElement
  /** The requests, below the form. */
  readonly foot: HTMLElement
  show(requests: readonly HttpRequest[]): void
  /** The result that was chosen for the next lead. */
  answer(): SendResult
}

/** Creates the panel. `fill` is called when the button is pressed. */
export function createTestPanel(texts: TestModeTexts, fill: () => void): TestPanel {
  const answers = createElement('select', { class: 'anketa-test-answer' })
  for (const [value, label] of Object.entries(texts.answers)) {
    answers.append(createElement('option', { value }, label))
  }
  const button = createElement(
    'button',
    { type: 'button', class: 'anketa-test-fill', 'data-action': 'fill-sample' },
    texts.fill,
  )
  button.addEventListener('click', fill)
  const head = createElement(
    'aside',
    { class: 'anketa-test', part: 'test-mode', 'data-test-mode': 'mark', 'aria-label': texts.title },
    createElement('p', {}, createElement('b', {}, `${texts.title}.`), ` ${texts.promise}`),
    button,
    createElement('label', {}, `${texts.answer} `, answers),
  )
  const calls = createElement('div', { 'aria-live': 'polite' }, createElement('p', {}, texts.none))
  const foot = createElement(
    'aside',
    {
      class: 'anketa-test ym-hide-content',
      part: 'test-requests',
      'data-test-mode': 'requests',
      'aria-label': texts.requests,
    },
    createElement('p', {}, createElement('b', {}, texts.requests)),
    calls,
  )
  return {
    head,
    foot,
    show: (requests) => calls.replaceChildren(...requests.map(renderRequest)),
    answer: () => chosenResult(answers.value),
  }
}

function chosenResult(chosen: string): SendResult {
  switch (chosen) {
    case 'accepted':
    case 'verification':
    case 'duplicate':
    case 'declined':
    case 'queued':
      return { outcome: chosen }
    default:
      return { outcome: 'failed', code: 'network' }
  }
}

function renderRequest({ method, url, headers, body = '' }: HttpRequest): HTMLElement {
  const head = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
  return createElement('pre', {}, `${head.join('\n')}\n\n${formatBody(body)}`)
}

/** Formats a body for people: JSON with indentation, form data one field a line. */
function formatBody(body: string): string {
  const json = parseJson(body)
  return json === undefined
    ? [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join('\n')
    : stringifyJson(json, 2)
}

function createElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) created.setAttribute(attribute, value)
  created.append(...children)
  return created
}

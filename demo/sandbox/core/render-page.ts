import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { isFormType } from './request.ts'
import type { ReceivedRequest } from './request-log.ts'
import { parseJson } from './json.ts'
import { faultModeLabels } from './fault-modes.ts'

/** A piece of a page. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** The label of a request on the page. */
export type RequestLabel = { readonly kind: 'ok' | 'bad' | 'broken' | 'waiting'; readonly text: string }

/** The provider's part of the page. */
export type PageContent<Switches> = {
  /** The provider's name. */
  readonly name: string
  /** What the sandbox accepts, and from which account. */
  readonly accepts: Html
  /** Labels of the modes, in the order of their buttons. The fault modes follow. */
  readonly modes: Readonly<Record<string, string>>
  /** Renders the fields of the switches other than the mode. */
  readonly renderSettings: (switches: Switches) => Html
  /** The label of a request by its response; `undefined` if the response is not recognised. */
  readonly label: (request: ReceivedRequest) => RequestLabel | undefined
}

type PageSwitches = { readonly mode: string; readonly times: number | null; readonly slowMs: number }

const moscowTime = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Europe/Moscow',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** Renders a sandbox's page in Russian: the switches and the received requests, newest first. */
export function renderPage<Switches extends PageSwitches>(
  content: PageContent<Switches>,
  switches: Switches,
  received: readonly ReceivedRequest[],
): Html {
  const { name, accepts, modes, renderSettings } = content
  return html`<!doctype html>
    <html lang="ru">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>Песочница ${name}</title>
        <link rel="stylesheet" href="sandbox.css" />
        <script type="module" src="sandbox.js"></script>
      </head>
      <body>
        <header>
          <h1>Песочница ${name}</h1>
          <p>
            Этот сервер изображает API ${name} по его документу и ничего никуда не отправляет. Заявки лежат в
            памяти, пока он работает; в настоящем API этот код не проверялся.
          </p>
          <p class="quiet">${accepts}</p>
        </header>
        <main>
          <section class="controls" aria-labelledby="answering">
            <h2 id="answering">Как отвечать на заявки</h2>
            ${renderModes({ ...modes, ...faultModeLabels }, switches)}
            <details>
              <summary>Подробности режимов</summary>
              <form method="post" action="switches" class="settings">
                <label>
                  <span>Задержка в режиме «${faultModeLabels.slow}», мс</span>
                  <input
                    name="slowMs"
                    type="number"
                    min="0"
                    max="600000"
                    step="1"
                    required
                    value="${switches.slowMs}"
                  />
                </label>
                ${renderSettings(switches)}
                <button>Применить</button>
              </form>
            </details>
          </section>
          <section aria-labelledby="log-title">
            <div class="log-head">
              <h2 id="log-title">Что пришло</h2>
              <button type="button" id="clear" hidden>Очистить</button>
            </div>
            <p class="quiet" id="connection" role="status"></p>
            <div id="log">
              ${received.length === 0 ? html`<p class="nothing" id="nothing">Пока ничего. Отправьте анкету, и её запрос появится здесь.</p>` : received.toReversed().map((request) => renderRequest(request, requestLabel(content, request)))}
            </div>
          </section>
        </main>
      </body>
    </html>`
}

/** A checkbox. The hidden field sends the value of an unchecked box, which a browser leaves out of the form. */
export function renderCheckbox(name: string, checked: boolean, label: string): Html {
  return html`<input type="hidden" name="${name}" value="false" />
    <label class="wide row">
      <input type="checkbox" name="${name}" value="true" ${checked ? 'checked' : ''} />
      <span>${label}</span>
    </label>`
}

/** A select. Each option is a value with its label. */
export function renderSelect(
  name: string,
  chosen: string | number,
  label: string,
  options: readonly (readonly [value: string | number, text: string | number])[],
): Html {
  return html`<label>
    <span>${label}</span>
    <select name="${name}">
      ${options.map(([value, text]) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${text}</option>`)}
    </select>
  </label>`
}

function renderModes(names: Readonly<Record<string, string>>, { mode: current, times }: PageSwitches): Html {
  const left = times === null ? 'пока не смените' : `осталось заявок: ${times}`
  return html`<form id="modes" method="post" action="switches">
    <p>
      <span>Сейчас: <strong>${names[current]}</strong></span>
      ${current === 'strict' ? '' : html`<span class="quiet">(${left})</span>`}
    </p>
    <div class="modes">
      ${Object.entries(names).map(([mode, name]) => html`<button name="mode" value="${mode}" aria-pressed="${mode === current ? 'true' : 'false'}">${name}</button>`)}
    </div>
    <label class="row">
      <span>Новый режим действует</span>
      <select name="times">
        <option value="">пока не смените</option>
        ${[1, 2, 3, 5].map((count) => html`<option value="${count}">на заявок: ${count}</option>`)}
      </select>
    </label>
  </form>`
}

function renderRequest(request: ReceivedRequest, { kind, text }: RequestLabel): Html {
  const { number, at, method, path, query, contentType, authorization } = request
  const { rawBody, status, rawAnswer, answeredAt } = request
  const type = contentType ?? (rawBody === '' ? 'без тела' : 'без Content-Type')
  return html`<article id="request-${number}" data-answered="${answeredAt ?? ''}">
    <header>
      <h3>№ ${number} <code>${method} ${path}${query === '' ? '' : `?${query}`}</code></h3>
      <time datetime="${at}">${moscowTime.format(new Date(at))} мск</time>
      <span class="verdict ${kind}">${text}</span>
    </header>
    <div class="columns">
      <div>
        <h4>
          Запрос
          <span class="quiet"
            >${type}${authorization === null ? '' : `, Authorization: ${authorization}`}</span
          >
        </h4>
        ${rawBody === '' ? '' : html`<pre tabindex="0">${isFormType(contentType) ? formatForm(rawBody) : formatJson(rawBody)}</pre>`}
      </div>
      <div>
        <h4>
          ${answeredAt === null ? 'Будет ответ' : 'Ответ'}
          <span class="quiet">${status === null ? '' : `HTTP ${status}`}</span>
        </h4>
        ${rawAnswer === null ? html`<p class="quiet">Ответа нет: соединение разорвано.</p>` : html`<pre tabindex="0">${rawAnswer === '' ? '(пусто)' : formatJson(rawAnswer)}</pre>`}
      </div>
    </div>
  </article>`
}

function requestLabel<Switches>({ label }: PageContent<Switches>, request: ReceivedRequest): RequestLabel {
  if (request.answeredAt === null) return { kind: 'waiting', text: 'ждёт ответа' }
  if (request.status === null) return { kind: 'broken', text: 'разрыв' }
  return label(request) ?? { kind: 'broken', text: 'сбой' }
}

/** Indents JSON. Other texts stay unchanged. */
function formatJson(text: string): string {
  const value = parseJson(text)
  return value === undefined ? text : JSON.stringify(value, null, 2)
}

/** The fields of a form, one on each line. */
function formatForm(text: string): string {
  return Array.from(new URLSearchParams(text), ([name, value]) => `${name} = ${value}`).join('\n')
}

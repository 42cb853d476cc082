import { html } from 'hono/html'
import type { ReceivedRequest } from './journal.ts'
import { parseJson } from './json-record.ts'
import { listModes, modes, type ListMode, type Mode, type Switches } from './switches.ts'

/** What the page shows. */
export type PageContents = {
  readonly idWebmaster: number
  readonly switches: Switches
  readonly received: readonly ReceivedRequest[]
}

const modeNames = {
  strict: 'Строго по документу',
  duplicate: 'Дубликат',
  'field-error': 'Ошибка в поле',
  'error-500': 'Ошибка 500',
  slow: 'Медленно',
  hold: 'Держать без ответа',
  drop: 'Рвать соединение',
  garbage: 'Мусор вместо JSON',
  html: 'HTML вместо JSON',
  empty: 'Пустой ответ',
  truncated: 'Обрезанный ответ',
  refuse: 'Отказ в доступе',
} as const satisfies Record<Mode, string>

const listModeNames = {
  strict: 'как обычно',
  slow: 'медленно',
  'error-500': 'ошибка 500',
  garbage: 'мусор вместо JSON',
  html: 'HTML вместо JSON',
  empty: 'пустой ответ',
} as const satisfies Record<ListMode, string>

/** How many cities the page offers. */
const cityCounts = [0, 1, 1000, 10_000, 200_000]

const moscowTime = new Intl.DateTimeFormat('ru-RU', {
  timeZone: 'Europe/Moscow',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** Renders the sandbox's page in Russian: the switches, and the received requests, newest first. */
export function renderPage({ idWebmaster, switches, received }: PageContents) {
  return html`<!doctype html>
    <html lang="ru">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>Песочница Devtek</title>
        <link rel="stylesheet" href="sandbox.css" />
        <script type="module" src="sandbox.js"></script>
      </head>
      <body>
        <header>
          <h1>Песочница Devtek</h1>
          <p>
            Этот сервер изображает API Devtek по его документу и ничего никуда не отправляет. Заявки лежат в
            памяти, пока он работает; в настоящем API этот код не проверялся.
          </p>
          <p class="quiet">
            Принимает <code>POST new-lead/</code>, <code>get-regions/</code> и <code>get-cities/</code> от
            вебмастера <code>${idWebmaster}</code>.
          </p>
        </header>
        <main>
          <section class="controls" aria-labelledby="answering">
            <h2 id="answering">Как отвечать на заявки</h2>
            ${renderModes(switches)} ${renderSettings(switches)} ${renderLists(switches)}
          </section>
          <section aria-labelledby="log-title">
            <div class="log-head">
              <h2 id="log-title">Что пришло</h2>
              <button type="button" id="clear" hidden>Очистить</button>
            </div>
            <p class="quiet" id="connection" role="status"></p>
            <div id="log">
              ${received.length === 0 ? html`<p class="nothing" id="nothing">Пока ничего. Отправьте анкету, и её запрос появится здесь.</p>` : received.toReversed().map(renderRequest)}
            </div>
          </section>
        </main>
      </body>
    </html>`
}

function renderModes({ mode: current, times }: Switches) {
  const left = times === null ? 'пока не смените' : `осталось заявок: ${times}`
  return html`<form id="modes" method="post" action="switches">
    <p>
      <span>Сейчас: <strong>${modeNames[current]}</strong></span>
      ${current === 'strict' ? '' : html`<span class="quiet">(${left})</span>`}
    </p>
    <div class="modes">
      ${modes.map((mode) => html`<button name="mode" value="${mode}" aria-pressed="${mode === current ? 'true' : 'false'}">${modeNames[mode]}</button>`)}
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

function renderSettings({ slowMs, badStatus, fieldErrors, acceptPlaceIds, rememberDuplicates }: Switches) {
  const lines = fieldErrors.map(({ field, message }) => `${field}: ${message}`).join('\n')
  return html`<details>
    <summary>Подробности режимов</summary>
    <form method="post" action="switches" class="settings">
      <label>
        <span>Задержка в режиме «Медленно», мс</span>
        <input name="slowMs" type="number" min="0" max="600000" step="1" required value="${slowMs}" />
      </label>
      <label>
        <span>HTTP-статус отказа</span>
        <select name="badStatus">
          ${[400, 200].map((status) => html`<option ${status === badStatus ? 'selected' : ''}>${status}</option>`)}
        </select>
      </label>
      <label class="wide">
        <span>Ошибки в режиме «Ошибка в поле», по одной на строке: <code>поле: текст</code></span>
        <textarea name="fieldErrors" rows="3" required spellcheck="false">${lines}</textarea>
      </label>
      ${renderCheckbox('rememberDuplicates', rememberDuplicates, 'Вторая заявка с тем же телефоном — дубликат')}
      ${renderCheckbox('acceptPlaceIds', acceptPlaceIds, 'Принимать номера или названия региона и города вместо КЛАДР')}
      <button>Применить</button>
    </form>
  </details>`
}

function renderLists({ lists, cities, listsBare, listsAsText, listsWithKladr }: Switches) {
  const counts = [...new Set([...cityCounts, ...(cities === null ? [] : [cities])])].toSorted(
    (one, other) => one - other,
  )
  return html`<details>
    <summary>Списки регионов и городов</summary>
    <form method="post" action="switches" class="settings">
      <label>
        <span>Отвечают</span>
        <select name="lists">
          ${listModes.map((mode) => html`<option value="${mode}" ${mode === lists ? 'selected' : ''}>${listModeNames[mode]}</option>`)}
        </select>
      </label>
      <label>
        <span>Городов в списке</span>
        <select name="cities">
          <option value="" ${cities === null ? 'selected' : ''}>несколько настоящих</option>
          ${counts.map((count) => html`<option value="${count}" ${count === cities ? 'selected' : ''}>${count.toLocaleString('ru-RU')} вымышленных</option>`)}
        </select>
      </label>
      ${renderCheckbox('listsBare', listsBare, 'Список без обёртки')}
      ${renderCheckbox('listsAsText', listsAsText, 'Номера и признаки — строками')}
      ${renderCheckbox('listsWithKladr', listsWithKladr, 'Города с кодом КЛАДР')}
      <button>Применить</button>
    </form>
  </details>`
}

// The hidden twin speaks for a box without a tick, which a browser leaves out of the form.
function renderCheckbox(name: string, checked: boolean, label: string) {
  return html`<input type="hidden" name="${name}" value="false" />
    <label class="wide row">
      <input type="checkbox" name="${name}" value="true" ${checked ? 'checked' : ''} />
      <span>${label}</span>
    </label>`
}

function renderRequest(request: ReceivedRequest) {
  const { number, at, path, contentType, rawBody, status, rawAnswer, answeredAt } = request
  return html`<article id="request-${number}" data-answered="${answeredAt ?? ''}">
    <header>
      <h3>№ ${number} <code>POST ${path}</code></h3>
      <time datetime="${at}">${moscowTime.format(new Date(at))} мск</time>
      ${renderVerdict(request)}
    </header>
    <div class="columns">
      <div>
        <h4>Запрос <span class="quiet">${contentType ?? 'без Content-Type'}</span></h4>
        <pre tabindex="0">${pretty(rawBody)}</pre>
      </div>
      <div>
        <h4>
          ${answeredAt === null ? 'Будет ответ' : 'Ответ'}
          <span class="quiet">${status === null ? '' : `HTTP ${status}`}</span>
        </h4>
        ${rawAnswer === null ? html`<p class="quiet">Ответа нет: соединение разорвано.</p>` : html`<pre tabindex="0">${rawAnswer === '' ? '(пусто)' : pretty(rawAnswer)}</pre>`}
      </div>
    </div>
  </article>`
}

function renderVerdict({ answeredAt, status, answer }: ReceivedRequest) {
  if (answeredAt === null) return html`<span class="verdict waiting">ждёт ответа</span>`
  if (status === null) return html`<span class="verdict broken">разрыв</span>`
  const result =
    typeof answer === 'object' && answer !== null && 'result' in answer ? answer.result : undefined
  if (result === 'ok') return html`<span class="verdict ok">принято</span>`
  if (result === 'bad') return html`<span class="verdict bad">отказ</span>`
  return html`<span class="verdict broken">сбой</span>`
}

/** Indents JSON for reading; anything else stays exactly as it is. */
function pretty(text: string): string {
  const value = parseJson(text)
  return value === undefined ? text : JSON.stringify(value, null, 2)
}

import { html } from 'hono/html'
import { isRecord } from '../core/json.ts'
import { type PageContent, renderCheckbox, renderSelect, type RequestLabel } from '../core/render-page.ts'
import { sandboxCampaigns } from './campaigns.ts'
import { callLabels, admitadModes, type AdmitadSwitches } from './switches.ts'

/** The page of the Admitad sandbox. */
export function admitadPage(websiteId: number): PageContent<AdmitadSwitches> {
  return {
    name: 'Admitad',
    accepts: html`Принимает заявки брокера от площадки <code>${websiteId}</code>: <code>create/</code>,
      <code>sync_create/</code>, <code>confirm</code>, список заявок, <code>campaign_settings</code> и
      <code>token/</code>. Программы:
      ${Object.entries(sandboxCampaigns).map(([id, { title }], index) => html`${index > 0 ? ', ' : ''}<code>${id}</code> (${title})`)}.`,
    modes: { strict: 'Строго по документу', ...admitadModes },
    renderSettings: (switches) => html`
      ${renderSelect('calls', switches.calls, 'Режим действует на', Object.entries(callLabels))}
      ${renderSelect('decision', switches.decision, 'Решение программы', [
        ['approved', 'одобрит'],
        ['declined', 'отклонит'],
        ['error', 'ошибка'],
        ['waiting', 'будет думать'],
      ])}
      ${renderNumber('decisionMs', switches.decisionMs, 'Решение через, мс')}
      <label>
        <span>Верный код из СМС</span>
        <input name="code" required value="${switches.code}" />
      </label>
      ${renderNumber('attempts', switches.attempts, 'Попыток ввести код')}
      ${renderNumber('codeMs', switches.codeMs, 'Код действует, мс')}
      ${renderSelect('wrongCode', switches.wrongCode, 'Ответ на неверный код', [
        ['waiting', 'waiting_sms_verification'],
        ['error-400', 'ошибка 400'],
      ])}
      ${renderNumber('tokenSeconds', switches.tokenSeconds, 'Токен действует, с')}
      <label class="wide">
        <span>Ошибка в режиме «${admitadModes['field-error']}»: <code>параметр: текст</code></span>
        <input
          name="fieldError"
          required
          value="${switches.fieldError.field}: ${switches.fieldError.message}"
        />
      </label>
      ${renderCheckbox('limitRate', switches.limitRate, 'Не больше 60 запросов в минуту')}
    `,
    label: requestOutcomeLabel,
  }
}

function renderNumber(name: string, value: number, label: string) {
  return html`<label>
    <span>${label}</span>
    <input name="${name}" type="number" min="0" step="1" required value="${value}" />
  </label>`
}

function requestOutcomeLabel({
  path,
  status,
  answer,
}: Parameters<PageContent<AdmitadSwitches>['label']>[0]): RequestLabel | undefined {
  if (!isRecord(answer)) return undefined
  if (typeof answer['error'] === 'string') return { kind: 'bad', text: 'отказ' }
  if (status !== 200) return undefined
  if (!path.includes('/applications/') || path.endsWith('/applications/'))
    return { kind: 'ok', text: 'ответ' }
  if (answer['status'] === 'waiting_sms_verification') return { kind: 'waiting', text: 'ждёт код' }
  const isTest = !('id' in answer) && Array.isArray(answer['responses'])
  const isAccepted = typeof answer['id'] === 'number' || typeof answer['application_id'] === 'number'
  return isAccepted || isTest ? { kind: 'ok', text: 'принято' } : { kind: 'bad', text: 'отказ' }
}

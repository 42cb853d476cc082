import { html } from 'hono/html'
import { isRecord } from '../json-record.ts'
import { type PageParts, renderCheckbox, renderSelect } from '../page.ts'
import { ownModes, type Switches } from './switches.ts'

/** What the page shows of Devtek. */
export function devtekPage(idWebmaster: number): PageParts<Switches> {
  return {
    name: 'Devtek',
    accepts: html`Принимает <code>POST new-lead/</code>, <code>get-regions/</code> и
      <code>get-cities/</code> от вебмастера <code>${idWebmaster}</code>.`,
    modes: { strict: 'Строго по документу', ...ownModes },
    settings: ({ badStatus, fieldErrors, acceptPlaceIds, rememberDuplicates }) => html`
      ${renderSelect('badStatus', badStatus, 'HTTP-статус отказа', [
        [400, 400],
        [200, 200],
      ])}
      <label class="wide">
        <span
          >Ошибки в режиме «${ownModes['field-error']}», по одной на строке: <code>поле: текст</code></span
        >
        <textarea name="fieldErrors" rows="3" required spellcheck="false">
${fieldErrors.map(({ field, message }) => `${field}: ${message}`).join('\n')}</textarea>
      </label>
      ${renderCheckbox('rememberDuplicates', rememberDuplicates, 'Вторая заявка с тем же телефоном — дубликат')}
      ${renderCheckbox('acceptPlaceIds', acceptPlaceIds, 'Принимать номера региона и города вместо КЛАДР')}
    `,
    verdict({ answer }) {
      const result = isRecord(answer) ? answer['result'] : undefined
      if (result === 'ok') return { kind: 'ok', text: 'принято' }
      return result === 'bad' ? { kind: 'bad', text: 'отказ' } : undefined
    },
  }
}

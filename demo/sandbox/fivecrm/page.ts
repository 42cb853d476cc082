import { html } from 'hono/html'
import { isRecord } from '../core/json.ts'
import type { PageContent } from '../core/render-page.ts'
import { fiveCrmModes, type FiveCrmSwitches } from './switches.ts'

/** The page of the 5CRM sandbox. */
export const fiveCrmPage: PageContent<FiveCrmSwitches> = {
  name: '5CRM',
  accepts: html`Принимает <code>ctm/form/send</code>, <code>public/deal/add</code>, <code>contact/add</code>,
    <code>company/add</code> и <code>task/add</code>, показывает списки полей, воронок и сотрудников. Как API
    отказывает, документ не говорит: отказы здесь такие, как у Laravel.`,
  modes: { strict: 'Строго по документу', ...fiveCrmModes },
  renderSettings: ({ errorField, errorText }) => html`
    <label>
      <span>Поле в режиме «${fiveCrmModes['field-error']}»</span>
      <input name="errorField" required value="${errorField}" />
    </label>
    <label>
      <span>Текст ошибки</span>
      <input name="errorText" required value="${errorText}" />
    </label>
  `,
  label({ answer }) {
    if (!isRecord(answer)) return undefined
    if (answer['ans'] === 'true' || answer['ans'] === true) return { kind: 'ok', text: 'принято' }
    return 'ans' in answer || 'errors' in answer ? { kind: 'bad', text: 'отказ' } : undefined
  },
}

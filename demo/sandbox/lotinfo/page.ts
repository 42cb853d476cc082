import { html } from 'hono/html'
import { isRecord } from '../core/json.ts'
import type { PageContent } from '../core/render-page.ts'
import { lotinfoModes, type LotinfoSwitches } from './switches.ts'

/** The page of the Lotinfo sandbox. */
export const lotinfoPage: PageContent<LotinfoSwitches> = {
  name: 'Lotinfo',
  accepts: html`Принимает <code>PUT v1/CLIENTS</code>. Как API отказывает, документ не говорит: отказы здесь
    придуманы.`,
  modes: { strict: 'Строго по документу', ...lotinfoModes },
  renderSettings: ({ noticeText }) =>
    html`<label class="wide">
      <span>Замечание в режиме «${lotinfoModes.notice}»</span>
      <textarea name="noticeText" rows="2" required spellcheck="false">${noticeText}</textarea>
    </label>`,
  label({ answer, status }) {
    if (!isRecord(answer)) return undefined
    if (status === 200 && Array.isArray(answer['result'])) {
      return Array.isArray(answer['notices'])
        ? { kind: 'ok', text: 'принято с замечанием' }
        : { kind: 'ok', text: 'принято' }
    }
    return 'errors' in answer ? { kind: 'bad', text: 'отказ' } : undefined
  },
}

import { html } from 'hono/html'
import { isRecord } from '../core/json.ts'
import { type PageContent, renderCheckbox, renderSelect } from '../core/render-page.ts'
import { listModes, devtekModes, type DevtekSwitches } from './switches.ts'

/** The numbers of cities that the page offers. */
const cityCounts = [0, 1, 1000, 10_000, 200_000]

/** The page of the Devtek sandbox. */
export function devtekPage(idWebmaster: number): PageContent<DevtekSwitches> {
  return {
    name: 'Devtek',
    accepts: html`Принимает <code>POST new-lead/</code>, <code>get-regions/</code> и
      <code>get-cities/</code> от вебмастера <code>${idWebmaster}</code>.`,
    modes: { strict: 'Строго по документу', ...devtekModes },
    renderSettings: (switches) => {
      const { badStatus, fieldErrors, acceptPlaceIds, rememberDuplicates } = switches
      return html`
        ${renderSelect('badStatus', badStatus, 'HTTP-статус отказа', [
          [400, 400],
          [200, 200],
        ])}
        <label class="wide">
          <span
            >Ошибки в режиме «${devtekModes['field-error']}», по одной на строке:
            <code>поле: текст</code></span
          >
          <textarea name="fieldErrors" rows="3" required spellcheck="false">
${fieldErrors.map(({ field, message }) => `${field}: ${message}`).join('\n')}</textarea>
        </label>
        ${renderCheckbox('rememberDuplicates', rememberDuplicates, 'Вторая заявка с тем же телефоном — дубликат')}
        ${renderCheckbox('acceptPlaceIds', acceptPlaceIds, 'Принимать номера или названия региона и города вместо КЛАДР')}
        ${renderLists(switches)}
      `
    },
    label({ answer }) {
      const result = isRecord(answer) ? answer['result'] : undefined
      if (result === 'ok') return { kind: 'ok', text: 'принято' }
      return result === 'bad' ? { kind: 'bad', text: 'отказ' } : undefined
    },
  }
}

function renderLists({ lists, cities, listsBare, listsAsText, listsWithKladr }: DevtekSwitches) {
  const counts = [...new Set([...cityCounts, ...(cities === null ? [] : [cities])])].toSorted((a, b) => a - b)
  return html`
    ${renderSelect('lists', lists, 'Списки мест отвечают', Object.entries(listModes))}
    ${renderSelect('cities', cities ?? '', 'Городов в списке', [
      ['', 'несколько настоящих'],
      ...counts.map((count): [number, string] => [count, `${count.toLocaleString('ru-RU')} вымышленных`]),
    ])}
    ${renderCheckbox('listsBare', listsBare, 'Список без обёртки')}
    ${renderCheckbox('listsAsText', listsAsText, 'Номера и признаки — строками')}
    ${renderCheckbox('listsWithKladr', listsWithKladr, 'Города с кодом КЛАДР')}
  `
}

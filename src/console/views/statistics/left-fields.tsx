import type { StatisticsAnswer } from '../../../relay/http/admin/statistics-answer.ts'
import { useConsole } from '../../console-context.ts'
import { type LeftField, listLeftFields } from '../../state/summarize-statistics.ts'
import { Bar } from './bar.tsx'

/** Fields that are shown; the others are rare. */
const maxFields = 15
/** Reasons that are shown for a field. */
const maxReasons = 3

/** At which fields people leave the page, and what was wrong there: without any value. */
export function LeftFields({ answer }: { readonly answer: StatisticsAnswer }) {
  const { texts: allTexts, formats } = useConsole()
  const { statistics: texts } = allTexts.value
  const rows = listLeftFields(answer).slice(0, maxFields)
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const hasSeveralForms = new Set(rows.map(({ form }) => form)).size > 1
  return (
    <section class="panel section">
      <h2>{texts.left}</h2>
      {rows.length === 0 ? (
        <p class="muted">{texts.leftNone}</p>
      ) : (
        <table class="bars">
          <thead class="unseen">
            <tr>
              <th scope="col">{texts.leftField}</th>
              <th scope="col">{texts.times}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.form} ${row.step} ${row.field}`}>
                <th scope="row">
                  {row.field === '' ? texts.leftUnknown : formats.value.field(row.field)}{' '}
                  <span class="muted">
                    {hasSeveralForms ? `${row.form}: ` : ''}
                    {stepTitle(answer, row)}
                  </span>
                </th>
                <td>
                  <Bar share={row.count / most} />
                  {formats.value.count(row.count)}
                  <Reasons row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Reasons({ row }: { readonly row: LeftField }) {
  const { texts: allTexts, formats } = useConsole()
  const { statistics: texts } = allTexts.value
  if (row.field === '') return null
  return (
    <ul class="muted" aria-label={texts.leftWhy}>
      {row.codes.length === 0 && <li>{texts.leftRight}</li>}
      {row.codes.slice(0, maxReasons).map(({ code, count }) => (
        <li key={code}>
          {formats.value.issue(row.field, code)} · {formats.value.count(count)}
        </li>
      ))}
    </ul>
  )
}

function stepTitle({ forms }: StatisticsAnswer, { form, step }: LeftField): string {
  const own = forms.find((one) => one.form === form)?.steps.find((one) => one.step === step)
  return own?.title ?? step
}

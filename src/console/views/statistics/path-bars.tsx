import type { StatisticsAnswer } from '../../../relay/http/admin/statistics-answer.ts'
import { useConsole } from '../../console-context.ts'
import { listReachedSteps, addCounts } from '../../state/summarize-statistics.ts'
import { Bar } from './bar.tsx'

/** How many see a form, start, reach each step, and send: as bars and as numbers of one table. */
export function PathBars({ answer }: { readonly answer: StatisticsAnswer }) {
  const { texts: allTexts, formats } = useConsole()
  const { statistics: texts } = allTexts.value
  const { view, start, submit, sent, accepted } = addCounts(answer.funnel)
  const steps = listReachedSteps(answer)
  const hasSeveralForms = new Set(steps.map(({ form }) => form)).size > 1
  const rows = [
    { name: texts.counts.view, count: view },
    { name: texts.counts.start, count: start },
    ...steps.map(({ form, title, count }) => ({
      name: hasSeveralForms ? `${form}: ${title}` : title,
      count,
    })),
    { name: texts.counts.submit, count: submit },
    { name: texts.counts.sent, count: sent },
    { name: texts.counts.accepted, count: accepted },
  ]
  const most = Math.max(...rows.map(({ count }) => count))
  return (
    <section class="panel section">
      <h2>{texts.path}</h2>
      <table class="bars">
        <thead class="unseen">
          <tr>
            <th scope="col">{texts.step}</th>
            <th scope="col">{texts.times}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, count }, index) => (
            <tr key={index}>
              <th scope="row">{name}</th>
              <td>
                <Bar share={most === 0 ? 0 : count / most} />
                {formats.value.count(count)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

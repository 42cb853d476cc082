import type { StatisticsAnswer } from '../../../relay/http/admin/statistics-answer.ts'
import { useConsole } from '../../console-context.ts'
import { countNames, type Counts, groupCounts } from '../../state/summarize-statistics.ts'

/** What counts are grouped by. */
export const groupings = ['form', 'variant', 'source'] as const

/** The name of what the relay does not count apart. */
const others = '(other)'

/** All counts by form, variant or source. */
export function CountsTable({
  answer,
  by,
}: {
  readonly answer: StatisticsAnswer
  readonly by: (typeof groupings)[number]
}) {
  const { texts: allTexts } = useConsole()
  const { statistics: texts } = allTexts.value
  const rows = groupCounts(answer, by)
  // Without any variant there is nothing to compare.
  if (rows.length === 0 || (by === 'variant' && rows.every(({ name }) => name === ''))) return null
  return (
    <section class="panel section">
      <h2>{texts.groups[by]}</h2>
      <table class="plain counts">
        <CountsHead name={texts.groupNames[by]} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                {row.name === '' ? (
                  <span class="muted">{texts.none}</span>
                ) : row.name === others ? (
                  texts.others
                ) : (
                  row.name
                )}
              </th>
              <CountsCells counts={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The head of a table of counts. */
export function CountsHead({ name }: { readonly name: string }) {
  const { texts } = useConsole()
  const { counts } = texts.value.statistics
  return (
    <thead>
      <tr>
        <th scope="col">{name}</th>
        {countNames.map((count) => (
          <th key={count} scope="col" class="amount">
            {counts[count]}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** The cells of a row of counts. */
export function CountsCells({ counts }: { readonly counts: Counts }) {
  const { texts, formats } = useConsole()
  const { counts: names } = texts.value.statistics
  return (
    <>
      {countNames.map((name) => (
        <td key={name} class="amount" data-label={names[name]}>
          {counts[name] === 0 ? <span class="muted">0</span> : formats.value.count(counts[name])}
        </td>
      ))}
    </>
  )
}

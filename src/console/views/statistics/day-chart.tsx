import { useConsole } from '../../console-context.ts'
import type { NamedCounts } from '../../state/summarize-statistics.ts'
import { CountsCells, CountsHead } from './counts-table.tsx'

/** The height of the columns, in the units of the drawing. */
const height = 120
const columnWidth = 20
const gap = 4

/** What a column consists of, from below. */
const parts = ['accepted', 'waiting', 'declined'] as const

/** Leads of each day as columns, and everything that was counted as a table. */
export function DayChart({ days }: { readonly days: readonly NamedCounts[] }) {
  const { texts: allTexts, formats } = useConsole()
  const { statistics: texts } = allTexts.value
  const { day, count } = formats.value
  const most = Math.max(1, ...days.map(({ sent }) => sent))
  const total = days.reduce((sum, { sent }) => sum + sent, 0)
  return (
    <section class="panel section">
      <div class="section-heading">
        <h2>{texts.byDay}</h2>
        <span class="spread" />
        <ul class="legend">
          {parts.map((part) => (
            <li key={part} data-part={part}>
              {texts.counts[part]}
            </li>
          ))}
        </ul>
      </div>
      <div class="chart">
        <span class="muted chart-scale">{count(most)}</span>
        <svg
          role="img"
          aria-label={texts.dayChart(total)}
          viewBox={`0 0 ${days.length * columnWidth} ${height}`}
          preserveAspectRatio="none"
        >
          {days.map((row, index) => {
            let top = height
            return (
              <g key={row.name}>
                <title>{`${day(row.name)}: ${count(row.sent)}`}</title>
                {parts.map((part) => {
                  const size = (row[part] / most) * height
                  top -= size
                  return size === 0 ? null : (
                    <rect
                      key={part}
                      data-part={part}
                      x={index * columnWidth + gap / 2}
                      y={top}
                      width={columnWidth - gap}
                      height={size}
                    />
                  )
                })}
              </g>
            )
          })}
        </svg>
        <span class="muted">{day(days[0]?.name ?? '')}</span>
        <span class="muted chart-end">{day(days.at(-1)?.name ?? '')}</span>
      </div>
      <details>
        <summary>{texts.asTable}</summary>
        <table class="plain counts">
          <CountsHead name={texts.day} />
          <tbody>
            {[...days].reverse().map((row) => (
              <tr key={row.name}>
                <th scope="row">{day(row.name)}</th>
                <CountsCells counts={row} />
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

import { formatMoscowDateTime } from '../../../lead/calendar-date.ts'
import { formatConsents } from './crm-note.ts'
import type { LeadContext } from '../context.ts'
import { stripQuery } from '../url.ts'

/** The facts about a lead that rules and templates can name, beside its fields and attribution parameters. */
export const leadFactNames = ['leadId', 'leadNumber', 'pageUrl', 'consents', 'now', 'today'] as const

const momentPattern = /^(now|today)(?:([+-]\d{1,4})([dhm]))?$/
const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 }

/** Whether a name is a fact about the lead: `leadId`, `now`, `today+2d`. */
export function isLeadFact(name: string): boolean {
  return momentPattern.test(name) || leadFactNames.some((fact) => fact === name)
}

/**
 * A fact about a lead. Moments are those of the call, in Moscow time: `now` with the time of day, `today` without;
 * `+2d`, `-3h` and `+90m` move them by days, hours or minutes.
 */
export function leadFact(name: string, { lead, leadNumber, now }: LeadContext): string | number | undefined {
  switch (name) {
    case 'leadId':
      return lead.id
    case 'leadNumber':
      return leadNumber
    case 'pageUrl':
      return stripQuery(lead.page.url)
    case 'consents':
      return formatConsents(lead).join('; ')
  }
  const [moment, kind, count = '0', unit = 'd'] = momentPattern.exec(name) ?? []
  if (moment === undefined) return undefined
  const time = formatMoscowDateTime(new Date(now.getTime() + Number(count) * (unitMs[unit] ?? 0)))
  return kind === 'now' ? time : time.slice(0, 10)
}

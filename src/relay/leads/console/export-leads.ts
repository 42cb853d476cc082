import type { Attribution } from '../../../lead/attribution.ts'
import type { ConsentReceipt } from '../../../lead/lead.ts'
import type { LeadValues } from '../../../lead/values.ts'
import type { Database } from '../../database/database.ts'
import type { LeadListFilter, ListPosition } from './lead-filter.ts'
import { findPage, type ListedLead, loadListedLeads } from './lead-list.ts'

/** A lead as it is exported: its current revision, in clear. */
export interface ExportedLead extends ListedLead {
  readonly values: LeadValues
  readonly consents: readonly ConsentReceipt[]
  readonly attribution: Attribution
  readonly pageUrl: string | undefined
}

/** Leads that are in memory at a time. */
const batchSize = 250

interface ExportRow {
  readonly id: string
  readonly values: LeadValues
  readonly consents: readonly ConsentReceipt[]
  readonly attribution: Attribution
  readonly page: { readonly url: string }
}

/** Reads leads in parts, the latest first. What is stored or erased meanwhile moves no other lead. */
export async function* exportLeads(
  database: Database,
  filter: LeadListFilter,
): AsyncGenerator<readonly ExportedLead[], void> {
  let after: ListPosition | undefined
  do {
    const page = await findPage(database, filter, after, batchSize)
    const ids = page.positions.map(({ id }) => id)
    const listed = await loadListedLeads(database, ids)
    const rows = await database.query<ExportRow>(
      `select l.id, r."values", r.consents, r.attribution, r.page
       from anketa.leads l join anketa.revisions r on r.lead = l.id and r.revision = l.revision
       where l.id = any ($1::uuid[])`,
      [ids],
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    yield listed.map((lead): ExportedLead => {
      const row = byId.get(lead.id)
      return {
        ...lead,
        values: row?.values ?? {},
        consents: row?.consents ?? [],
        attribution: row?.attribution ?? {},
        pageUrl: row?.page.url,
      }
    })
    after = page.next
  } while (after)
}

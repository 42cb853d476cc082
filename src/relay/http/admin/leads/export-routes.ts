import { Hono } from 'hono'
import { requestedNames } from '../../../../form/cross-checks.ts'
import type { FormConfig } from '../../../config/form-config.ts'
import { recordAudit, recordAuditCount } from '../../../leads/console/audit-log.ts'
import { type ExportedLead, exportLeads } from '../../../leads/console/export-leads.ts'
import { describeError } from '../../../log.ts'
import { errorResponse } from '../../responses.ts'
import type { AdminHonoEnv } from '../session/access.ts'
import { createStreamBody } from '../stream-body.ts'
import { formatCsvHead, formatCsvLead } from './csv.ts'
import { formatLeadRow } from './lead-answer.ts'
import type { AdminLeadDeps } from './lead-deps.ts'
import { type ListRequest, parseExportQuery } from './parse-filter.ts'

/** How leads are written to a file. */
interface ExportFormat {
  readonly contentType: string
  readonly head: string
  line(lead: ExportedLead): string
}

/** Routes that write leads to a file, as they are read: any number needs the same memory. */
export function exportRoutes(deps: AdminLeadDeps): Hono<AdminHonoEnv> {
  const { database, forms, clock, log } = deps
  const routes = new Hono<AdminHonoEnv>()

  routes.get('/admin/leads.csv', async (context) => {
    const request = parseExportQuery(new URL(context.req.url).searchParams)
    if ('problem' in request) return errorResponse('parameter', request.problem)
    const names = listColumns(forms, request.filter.form)
    return send(context.get('user').name, request, 'leads.csv', {
      contentType: 'text/csv; charset=utf-8',
      head: formatCsvHead(names),
      line: (lead) => formatCsvLead(lead, names),
    })
  })

  routes.get('/admin/leads.ndjson', async (context) => {
    const request = parseExportQuery(new URL(context.req.url).searchParams)
    if ('problem' in request) return errorResponse('parameter', request.problem)
    return send(context.get('user').name, request, 'leads.ndjson', {
      contentType: 'application/x-ndjson',
      head: '',
      line: (lead) => {
        const { person: _, ...row } = formatLeadRow(lead)
        const { values, consents, attribution, pageUrl } = lead
        return `${JSON.stringify({ ...row, values, consents, attribution, page: pageUrl ?? null })}\n`
      },
    })
  })

  return routes

  async function send(
    user: string,
    { filter, described }: ListRequest,
    name: string,
    format: ExportFormat,
  ): Promise<Response> {
    const details = { ...described, file: name }
    const line = await recordAudit(database, { user, action: 'export', details }, new Date(clock.now()))
    async function* write(): AsyncGenerator<Uint8Array, void> {
      const encoder = new TextEncoder()
      let count = 0
      try {
        if (format.head !== '') yield encoder.encode(format.head)
        for await (const leads of exportLeads(database, filter)) {
          count += leads.length
          yield encoder.encode(leads.map(format.line).join(''))
        }
      } catch (error) {
        log('error', 'An export was interrupted', { file: name, fault: describeError(error) })
        throw error
      } finally {
        await recordAuditCount(database, line, count)
      }
    }
    return new Response(createStreamBody(write()), {
      headers: {
        'content-type': format.contentType,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    })
  }
}

/** The fields that one form asks for, or all of them. */
function listColumns(forms: ReadonlyMap<string, FormConfig>, form: string | undefined): readonly string[] {
  const chosen = [...forms].filter(([id]) => form === undefined || id === form)
  return [...new Set(chosen.flatMap(([, { definition }]) => [...(requestedNames(definition) ?? [])]))]
}

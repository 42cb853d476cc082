import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from 'pg-boss'
import { parseJson } from '../../../providers/core/json.ts'
import type { AuditAction } from '../../leads/console/audit-log.ts'
import type { Log } from '../../log.ts'
import { parseDepartmentList } from '../../places/departments/department-list.ts'
import type { DepartmentStore } from '../../places/departments/department-store.ts'
import { errorResponse, uncachedJson } from '../responses.ts'
import type { AdminHonoEnv } from './session/access.ts'

/** What {@link departmentRoutes} depends on. */
export interface DepartmentRoutesDeps {
  readonly departmentStore: DepartmentStore
  readonly clock: Clock
  readonly log: Log
  /** Whether the database has the space for a directory. */
  readonly hasSpace: () => boolean
  readonly audit: (
    user: string,
    action: AuditAction,
    details: Readonly<Record<string, string>>,
  ) => Promise<unknown>
}

/** The public directory has 2 MB. */
const maxDepartmentBytes = 32 * 1024 * 1024

/** The routes that import the directory of departments that issue passports, and tell how many codes it has. */
export function departmentRoutes(deps: DepartmentRoutesDeps): Hono<AdminHonoEnv> {
  const { departmentStore, clock, log, hasSpace, audit } = deps
  const routes = new Hono<AdminHonoEnv>()
  const limit = bodyLimit({
    maxSize: maxDepartmentBytes,
    onError: () => errorResponse('too-large', `A directory has at most ${maxDepartmentBytes} bytes.`),
  })

  routes.get('/admin/departments', () => uncachedJson({ imported: departmentStore.count() }))

  routes.post('/admin/departments', limit, async (context) => {
    if (!hasSpace())
      return errorResponse('not-stored', 'Nothing was changed: the disk of the database is almost full.')
    const list = parseDepartmentList(parseJson(await context.req.text()))
    if (!list)
      return errorResponse(
        'not-departments',
        'Nothing was changed: expected departments as "anketa-relay passports import" sends them.',
      )
    await audit(context.get('user').name, 'places', { list: 'departments' })
    const imported = await departmentStore.import(list, new Date(clock.now()))
    const departments = list.departments.size
    log('info', imported === 'stored' ? 'Departments were imported' : 'The departments are unchanged', {
      departments,
    })
    return uncachedJson({ imported, departments })
  })

  return routes
}

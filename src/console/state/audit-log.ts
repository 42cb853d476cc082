import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { AuditEntry, AuditList } from '../../relay/http/admin/lead-answers.ts'
import type { RelayClient, RequestFailure } from '../access/relay-client.ts'

/** The audit log, page by page. */
export interface AuditLogModel {
  /** Nothing before the first answer. */
  readonly entries: ReadonlySignal<readonly AuditEntry[] | undefined>
  readonly hasMore: ReadonlySignal<boolean>
  readonly failure: ReadonlySignal<RequestFailure | undefined>
  load(): Promise<void>
  loadMore(): Promise<void>
}

/** Creates the audit log. */
export function createAuditLog(client: RelayClient): AuditLogModel {
  const entries = signal<readonly AuditEntry[] | undefined>(undefined)
  const hasMore = signal(false)
  const failure = signal<RequestFailure | undefined>(undefined)
  let next: string | undefined

  async function fetchPage(cursor: string | undefined): Promise<void> {
    const query = cursor === undefined ? '' : `?${new URLSearchParams({ cursor }).toString()}`
    const answer = await client.request<AuditList>({ path: `admin/audit${query}` })
    batch(() => {
      failure.value = 'value' in answer ? undefined : answer.failure
      if (!('value' in answer)) return
      const earlier = cursor === undefined ? [] : (entries.value ?? [])
      entries.value = [...earlier, ...answer.value.entries]
      next = answer.value.next
      hasMore.value = next !== undefined
    })
  }

  return { entries, hasMore, failure, load: () => fetchPage(undefined), loadMore: () => fetchPage(next) }
}

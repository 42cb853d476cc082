import type { Clock } from 'pg-boss'
import type { FormRouting, RelayConfig } from '../../../config/config.ts'
import type { FormConfig } from '../../../config/form-config.ts'
import type { Database } from '../../../database/database.ts'
import type { Encryption } from '../../../database/encryption/encryption.ts'
import type { LeadEvents } from '../../../delivery/lead-events.ts'
import type { OperatorActions } from '../../../leads/console/retry-delivery.ts'
import type { Log } from '../../../log.ts'
import type { MaskedRequestDeps } from './masked-request.ts'

/** What the operator's routes about leads depend on. */
export interface AdminLeadDeps {
  /** What requests are shown with. Without it none are. */
  readonly maskedRequests: MaskedRequestDeps | undefined
  readonly config: RelayConfig
  /** The forms that are not refused. */
  readonly forms: ReadonlyMap<string, FormConfig>
  /** The database that returns decrypted values. */
  readonly database: Database
  readonly encryption: Pick<Encryption, 'contacts'>
  readonly operatorActions: OperatorActions
  readonly routingFor: (form: string) => FormRouting
  readonly leadEvents: LeadEvents
  /** Has jobs for these destinations fetched now. */
  readonly wakeWorker: (destinations: readonly string[]) => void
  readonly isErased: (id: string) => Promise<boolean>
  readonly clock: Clock
  readonly log: Log
}

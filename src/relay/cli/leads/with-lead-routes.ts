import { type PgBoss, systemClock } from 'pg-boss'
import { parseJson } from '../../../providers/core/json.ts'
import { createFormRouting, type RelayConfig } from '../../config/config.ts'
import { usableForms } from '../../config/form-lookups.ts'
import type { Database } from '../../database/database.ts'
import type { Encryption } from '../../database/encryption/encryption.ts'
import { createLeadEvents } from '../../delivery/lead-events.ts'
import { createLocalLeadRoutes } from '../../http/admin/leads/local-lead-routes.ts'
import { createOperatorActions } from '../../leads/console/retry-delivery.ts'
import { createLeadStore } from '../../leads/lead-store.ts'
import { type CommandDeps, CommandError } from '../command.ts'
import { loadConfig } from '../read-config-file.ts'
import type { AdminClient } from '../running/admin-client.ts'
import { withDatabase } from '../running/with-database.ts'
import { withLeads } from './with-leads.ts'

/**
 * Works with the routes of leads: through the running relay, or on its database while it does not run. What is queued then
 * is delivered once the relay runs.
 */
export async function withLeadRoutes<Result>(
  file: string,
  { fetch }: CommandDeps,
  work: (client: AdminClient) => Promise<Result>,
): Promise<Result> {
  const loaded = await loadConfig(file)
  const { config } = loaded
  return withDatabase(loaded, fetch, {
    remote: work,
    direct: (database) =>
      withLeads(database, config.encryption, (decrypted, encryption, boss) =>
        work(createLocalClient(config, { database: decrypted, encryption, boss })),
      ),
  })
}

interface LocalDeps {
  readonly database: Database
  readonly encryption: Encryption
  readonly boss: PgBoss
}

/** Answers with the same routes, without a relay. */
function createLocalClient(config: RelayConfig, { database, encryption, boss }: LocalDeps): AdminClient {
  const routingFor = createFormRouting(config)
  const ask = createLocalLeadRoutes({
    config,
    forms: usableForms(config),
    database,
    encryption,
    routingFor,
    operatorActions: createOperatorActions({ database, boss, encryption, routingFor }),
    isErased: createLeadStore(database, boss, encryption).isErased,
    leadEvents: createLeadEvents(),
    wakeWorker: () => {},
    // The settings of campaigns are those of a running relay.
    maskedRequests: undefined,
    clock: systemClock,
    log: () => {},
  })
  return async (path, init) => {
    const response = await ask(path, init)
    if (response.ok) return response
    const { error }: { readonly error?: { readonly message?: unknown } } = Object(
      parseJson(await response.text()),
    )
    throw new CommandError(`Refused (status ${response.status}): ${String(error?.message)}`)
  }
}

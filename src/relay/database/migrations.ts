import type { Database, Transaction } from './database.ts'
import { consoleMigrations } from './schema/console-steps.ts'
import { abuseTables, eventCountTables, stepCountTables } from './schema/count-steps.ts'
import { messageTables, openWorkIndexes, routingTables } from './schema/delivery-steps.ts'
import { servedLooks } from './schema/form-steps.ts'
import { leadTables, partialLeads, severalDestinations } from './schema/lead-steps.ts'
import { departmentTables, placeLists, streetTables } from './schema/place-steps.ts'
import { encryptionTables, receiptTables, signedConsentTables } from './schema/privacy-steps.ts'
import { relayKeyTables, sharedLimits, sharedReports, storedWidgetFiles } from './schema/relay-steps.ts'

/**
 * The schema as steps that are applied once and in order. A published step is never changed, moved or removed; a new step
 * goes to the end of this list. A database knows only how many steps it has. The folder `schema` has the steps by area.
 *
 * `leads`: what never changes about a lead. `revisions`: every version of the person's values; apart from a provider's
 * sentences in `deliveries.outcome` the only table with personal data. `deliveries`: the state of a lead at a destination,
 * and its revision. `attempts`: every call that was begun. `progress`: the history of statuses of accepted applications.
 * `leads.partial_step`: where the person is in a lead that is not finished; null once it is. `leads.partial_revisions`: how
 * many revisions it had before.
 * `leads.suspicions`: why a lead looks as if no person had filled it in. `limits`: how often an address, a phone or a lead
 * was counted, and which challenges have been used, by keyed hashes.
 * `relay_secrets`: random secrets that the relays share. `account_pauses`: until when providers want no calls, by the
 * name of an account. `account_calls` and `account_tokens`: the latest calls of a provider's account, by a name that tells
 * nothing of it, and its access token, encrypted. `destination_reports`: the latest success and failure of each
 * destination. `messages`: what notifications and postbacks tell about leads, without personal data. `relays`: the relays of this database. `relay_destinations`: which destinations each running relay knows.
 * `relay_keys`: the names of the keys that each running relay has.
 * `campaign_settings`: the fields that campaigns ask for. `place_generations`: the lists of places. The cities of each
 * list have tables of their own (see places/generations/tables.ts), so that a new list is loaded beside the one in use, and
 * an old one is dropped as a whole. `switched_at` is null while a list is being loaded, `retired_at` is set when another has
 * replaced it. `leads.own_answer`: what the relay itself answers a repeated application. `revisions.phone_hash`: a keyed
 * hash. `deliveries`: `blocked_until` while rules of routing hold it back, `routed` once they have been applied, and
 * `slot_day`, the day in Moscow whose cap the delivery counts for. `destination_days`: the deliveries that count for the
 * caps. `phone_turns`: which lead of a form may be delivered for a phone. `routing_decisions`: why a lead went to a
 * destination, or not.
 * `lead_keys`: the key of each lead, encrypted with a configured key. What a person has entered is encrypted
 * with it, in columns that are written as `Sealed` only. `lead_contacts`: keyed hashes of a lead's phone and e-mail
 * addresses. `erased_leads`: hashes of ids that are never taken again. `consent_proofs`: a receipt for each document
 * that a person has agreed to. They are kept when a lead is erased, without their contents. `consents_to_prove`: revisions
 * without receipts yet. `consent_batches`: the chain of the receipts' digests. `signed_consents`: PDFs for receivers,
 * encrypted, and the hashes of their addresses. `event_counts`: how often something happened in a form on a day in Moscow,
 * without a person, an address or a value. `step_counts`: those of steps and fields, over all variants and sources.
 * `department_lists`: lists of departments that issue passports, of which `departments` has the names by code. `switched_at` is
 * null while a list is being loaded. `street_lists`: the directories of streets and of houses, whose rows have tables of their
 * own (see places/streets/street-tables.ts).
 */
export const migrations: readonly string[] = [
  leadTables,
  severalDestinations,
  placeLists,
  storedWidgetFiles,
  sharedLimits,
  sharedReports,
  routingTables,
  messageTables,
  abuseTables,
  encryptionTables,
  receiptTables,
  signedConsentTables,
  openWorkIndexes,
  relayKeyTables,
  partialLeads,
  eventCountTables,
  // Complete: their number never changes.
  ...consoleMigrations,
  departmentTables,
  servedLooks,
  stepCountTables,
  streetTables,
]

/** The version of the schema that this relay uses. */
export const schemaVersion = migrations.length

/**
 * Migrates the schema to the latest version. Throws if a newer version of the relay has used the database. Relays that
 * share a database do this under the lock of `withSchemaLock`.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction((transaction) => migrateTo(transaction, schemaVersion), { isMaintenance: true })
}

/** Migrates the schema to a version, as part of a transaction. */
export async function migrateTo(transaction: Transaction, target: number): Promise<void> {
  await transaction.query('create schema if not exists anketa')
  await transaction.query('create table if not exists anketa.schema_version (version integer not null)')
  const [row] = await transaction.query<{ version: number }>('select version from anketa.schema_version')
  const found = row?.version ?? 0
  if (found > schemaVersion) {
    throw new Error(
      `The database was last used by a newer relay (schema ${found}, this one knows ${schemaVersion}): update this relay.`,
    )
  }
  if (found >= target) return
  for (const statement of splitStatements(migrations.slice(found, target).join('\n')))
    await transaction.query(statement)
  await transaction.query('delete from anketa.schema_version')
  await transaction.query('insert into anketa.schema_version (version) values ($1)', [target])
}

/** The statements of an SQL text. The body of a function, between two `$$`, is a part of one. */
function splitStatements(sql: string): readonly string[] {
  const statements: readonly string[] = sql.match(/(?:\$\$.*?\$\$|[^;])+/gs) ?? []
  return statements.filter((statement) => statement.trim() !== '')
}

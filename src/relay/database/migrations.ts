import { consoleMigrations } from './console-migrations.ts'
import type { Database, Transaction } from './database.ts'

/**
 * The schema as steps that are applied once and in order. A published step is never changed, moved or removed; a new step
 * goes to the end of this list. A database knows only how many steps it has.
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
 * without a person, an address or a value. `department_lists`: lists of departments that issue passports, of which
 * `departments` has the names by code. `switched_at` is null while a list is being loaded.
 */
export const migrations: readonly string[] = [
  `
  create table anketa.leads (
    id uuid primary key,
    number bigint generated always as identity,
    form text not null,
    key_hash text not null,
    revision integer not null,
    status text not null,
    received_at timestamptz not null
  );
  create table anketa.revisions (
    lead uuid not null references anketa.leads (id) on delete cascade,
    revision integer not null,
    "values" jsonb not null,
    consents jsonb not null,
    attribution jsonb not null,
    page jsonb not null,
    widget text not null,
    received_at timestamptz not null,
    ip text,
    user_agent text,
    primary key (lead, revision)
  );
  create table anketa.deliveries (
    lead uuid not null references anketa.leads (id) on delete cascade,
    destination text not null,
    revision integer not null,
    status text not null check (status in ('waiting', 'decided', 'failed')),
    outcome jsonb,
    attempts integer not null,
    queued_at timestamptz not null,
    job uuid not null,
    primary key (lead, destination)
  );
  create index deliveries_open on anketa.deliveries (status) where status in ('waiting', 'failed');
  create table anketa.attempts (
    lead uuid not null references anketa.leads (id) on delete cascade,
    destination text not null,
    revision integer not null,
    number integer not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    outcome jsonb,
    primary key (lead, destination, revision, number)
  );
  `,
  // Several destinations, codes, progress.
  `
  alter table anketa.deliveries drop constraint deliveries_status_check;
  alter table anketa.deliveries add constraint deliveries_status_check
    check (status in ('waiting', 'decided', 'failed', 'uncertain', 'passed'));
  alter table anketa.deliveries add column position bigint generated always as identity;
  alter table anketa.deliveries add column settled_at timestamptz;
  alter table anketa.deliveries add column codes integer not null default 0;
  update anketa.deliveries set status = 'uncertain'
    where status = 'decided' and outcome ->> 'outcome' = 'uncertain';
  drop index anketa.deliveries_open;
  create index deliveries_open on anketa.deliveries (status) where status <> 'decided';
  alter table anketa.attempts add column operation text not null default 'create';
  create index attempts_open on anketa.attempts (operation) where finished_at is null;
  update anketa.leads l set status = 'uncertain' where status = 'queued'
    and exists (select from anketa.deliveries d where d.lead = l.id and d.status = 'uncertain');
  create index leads_by_status on anketa.leads (status, received_at);
  create table anketa.progress (
    lead uuid not null references anketa.leads (id) on delete cascade,
    destination text not null,
    number integer not null,
    seen_at timestamptz not null,
    progress jsonb not null,
    primary key (lead, destination, number)
  );
  create table anketa.campaign_settings (
    source text not null,
    campaign bigint not null,
    fields jsonb not null,
    fetched_at timestamptz not null,
    primary key (source, campaign)
  );
  `,
  `
  create table anketa.place_generations (
    generation integer primary key generated always as identity,
    source text not null,
    fingerprint text not null,
    regions jsonb not null,
    cities integer not null,
    unmatched integer not null,
    checked_at timestamptz not null,
    switched_at timestamptz
  );
  create unique index place_generations_current on anketa.place_generations (source) where switched_at is not null;
  `,
  // Pages ask for files of the widget that an earlier relay has served.
  `
  create table anketa.widget_files (
    version text not null,
    name text not null,
    content text not null,
    stored_at timestamptz not null default now(),
    primary key (version, name)
  );
  create index widget_files_by_name on anketa.widget_files (name);
  `,
  // What relays that share a database know together. They go on with a replaced list until they have learned of the new
  // one.
  `
  alter table anketa.place_generations add column retired_at timestamptz;
  drop index anketa.place_generations_current;
  create unique index place_generations_current on anketa.place_generations (source)
    where switched_at is not null and retired_at is null;
  create table anketa.account_calls (
    account text primary key,
    calls timestamptz[] not null
  );
  create table anketa.relay_destinations (
    relay uuid primary key,
    forms text[] not null,
    destinations text[] not null,
    seen_at timestamptz not null
  );
  create table anketa.account_tokens (
    account text primary key,
    sealed text not null,
    expires_at timestamptz not null
  );
  `,
  // What the relays of one database know together.
  `
  create table anketa.relay_secrets (
    name text primary key,
    secret text not null
  );
  create table anketa.account_pauses (
    account text primary key,
    until timestamptz not null
  );
  create table anketa.destination_reports (
    form text not null,
    destination text not null,
    succeeded_at timestamptz,
    failed_at timestamptz,
    failure text,
    primary key (form, destination)
  );
  create table anketa.relays (
    id uuid primary key,
    version text not null,
    configuration text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null
  );
  create index deliveries_waiting on anketa.deliveries (lead, destination) where status = 'waiting';
  `,
  // Which destination a lead goes to by the rules of a form, and why.
  `
  alter table anketa.leads add column own_answer text check (own_answer in ('duplicate', 'queued'));
  alter table anketa.revisions add column phone_hash text;
  create index revisions_by_phone on anketa.revisions (phone_hash) where phone_hash is not null;
  alter table anketa.deliveries add column blocked_until timestamptz;
  alter table anketa.deliveries add column routed boolean not null default false;
  alter table anketa.deliveries add column slot_day text;
  create index deliveries_blocked on anketa.deliveries (queued_at) where blocked_until is not null;
  create table anketa.destination_days (
    form text not null,
    destination text not null,
    day text not null,
    deliveries integer not null,
    primary key (form, destination, day)
  );
  create table anketa.phone_turns (
    form text not null,
    phone_hash text not null,
    lead uuid not null references anketa.leads (id) on delete cascade,
    primary key (form, phone_hash)
  );
  create table anketa.routing_decisions (
    lead uuid not null references anketa.leads (id) on delete cascade,
    number bigint generated always as identity,
    revision integer not null,
    destination text not null,
    rule text not null,
    decided_at timestamptz not null,
    primary key (lead, number)
  );
  `,
  // Notifications and postbacks.
  `
  create table anketa.messages (
    id uuid primary key,
    position bigint generated always as identity,
    kind text not null,
    receiver text not null,
    lead uuid not null references anketa.leads (id) on delete cascade,
    revision integer not null,
    event text not null,
    details jsonb not null,
    state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'uncertain')),
    attempts integer not null default 0,
    created_at timestamptz not null,
    next_at timestamptz not null,
    digest uuid,
    claim uuid,
    claimed_until timestamptz,
    ended_at timestamptz,
    reason text
  );
  create index messages_unsent on anketa.messages (receiver, next_at) where state <> 'sent';
  create index messages_by_lead on anketa.messages (lead);
  create index messages_of_new_leads on anketa.messages (receiver, created_at) where event = 'new';
  create index messages_ended on anketa.messages (ended_at) where ended_at is not null;
  `,
  // What holds off abuse. The columns of `limits` are those of rate-limiter-flexible.
  `
  create table anketa.limits (
    key varchar(255) primary key,
    points integer not null default 0,
    expire bigint
  );
  create index limits_by_expiry on anketa.limits (expire);
  alter table anketa.leads add column suspicions text[] not null default '{}';
  `,
  // Encryption, erasure and retention. A contact of no key makes the relay hash the contacts of a lead that is stored already.
  `
  alter table anketa.revisions alter column ip type jsonb using to_jsonb(ip);
  alter table anketa.revisions alter column user_agent type jsonb using to_jsonb(user_agent);
  create table anketa.lead_keys (
    lead uuid primary key references anketa.leads (id) on delete cascade,
    wrapped text not null,
    key_id text not null
  );
  create index lead_keys_by_key on anketa.lead_keys (key_id);
  create table anketa.lead_contacts (
    lead uuid not null references anketa.leads (id) on delete cascade,
    hash text not null,
    key_id text not null,
    primary key (hash, lead)
  );
  create index lead_contacts_by_lead on anketa.lead_contacts (lead);
  create index lead_contacts_by_key on anketa.lead_contacts (key_id);
  insert into anketa.lead_contacts (lead, hash, key_id) select id, '', 'none' from anketa.leads;
  create index leads_by_time on anketa.leads (received_at);
  create table anketa.erased_leads (
    id_hash text primary key,
    erased_at timestamptz not null
  );
  create table anketa.consent_proofs (
    number bigint primary key generated always as identity,
    lead_hash text not null,
    form text not null,
    revision integer not null,
    consents jsonb not null,
    widget text not null,
    received_at timestamptz not null,
    contacts text[] not null
  );
  create index consent_proofs_by_contact on anketa.consent_proofs using gin (contacts);
  `,
  // Receipts of consents, and the chain of their digests. The consents of a revision become a receipt each.
  `
  create table anketa.consents_to_prove (
    lead uuid not null references anketa.leads (id) on delete cascade,
    revision integer not null,
    recipients text[],
    primary key (lead, revision)
  );
  create table anketa.consent_batches (
    number bigint primary key,
    previous text not null,
    digest text not null,
    receipts integer not null,
    chained_at timestamptz not null
  );
  alter table anketa.consent_proofs rename column consents to consent;
  alter table anketa.consent_proofs
    add column page text,
    add column recipients text[],
    add column content jsonb,
    add column content_digest text,
    add column digest text,
    add column batch bigint;
  with former as (delete from anketa.consent_proofs returning *)
  insert into anketa.consent_proofs (lead_hash, form, revision, consent, widget, received_at, contacts)
  select f.lead_hash, f.form, f.revision, c.value, f.widget, f.received_at, f.contacts
  from former f, jsonb_array_elements(f.consent) with ordinality as c (value, place) order by f.number, c.place;
  create index consent_proofs_by_batch on anketa.consent_proofs (batch, number);
  create index consent_proofs_by_lead on anketa.consent_proofs (lead_hash);
  insert into anketa.consents_to_prove (lead, revision)
  select lead, revision from anketa.revisions where consents <> '[]'::jsonb;
  `,
  // Signed consents: PDFs with their addresses.
  `
  create table anketa.signed_consents (
    token_hash text primary key,
    lead uuid not null references anketa.leads (id) on delete cascade,
    revision integer not null,
    token jsonb not null,
    pdf jsonb not null,
    expires_at timestamptz not null,
    revoked boolean not null default false,
    unique (lead, revision)
  );
  create index signed_consents_by_expiry on anketa.signed_consents (expires_at);
  `,
  // What is looked for again and again is read without what ended long ago, also where much of that was given up.
  // `queued_at`: since when a message is tried that the operator has sent again.
  `
  alter table anketa.messages add column queued_at timestamptz;
  create index messages_open on anketa.messages (receiver, next_at) where state in ('waiting', 'sending');
  create index messages_given_up on anketa.messages (ended_at) where state in ('failed', 'uncertain');
  create index messages_claimed on anketa.messages (claim) where state in ('sending', 'uncertain');
  drop index anketa.messages_unsent;
  drop index anketa.deliveries_open;
  create index deliveries_open on anketa.deliveries (status, settled_at) where status <> 'decided';
  `,
  // Keys change on one relay after the other.
  `
  create table anketa.relay_keys (
    relay uuid primary key,
    data_keys text[] not null,
    contact_key text not null,
    seen_at timestamptz not null
  );
  `,
  // Leads that a person has not finished.
  `
  alter table anketa.leads add column partial_step text;
  alter table anketa.leads add column partial_revisions integer not null default 0;
  alter table anketa.leads add check ((status = 'partial') = (partial_step is not null));
  `,
  // Counts of what people do in forms.
  `
  create table anketa.event_counts (
    form text not null,
    day date not null,
    event text not null,
    step text not null,
    field text not null,
    code text not null,
    variant text not null,
    source text not null,
    count bigint not null,
    primary key (form, day, event, step, field, code, variant, source)
  );
  create index event_counts_by_day on anketa.event_counts (day);
  `,
  // Complete: their number never changes.
  ...consoleMigrations,
  // The directory of departments that issue passports: one list at a time is in use, the latest that is complete.
  `
  create table anketa.department_lists (
    generation integer primary key generated always as identity,
    fingerprint text not null,
    departments integer not null,
    imported_at timestamptz not null,
    switched_at timestamptz
  );
  create table anketa.departments (
    generation integer not null references anketa.department_lists (generation) on delete cascade,
    code text not null,
    names jsonb not null,
    primary key (generation, code)
  );
  `,
  // Looks that were saved before pages got them stay what they were: a part of the snippet.
  `
  alter table anketa.form_versions add column serves_looks boolean not null default false;
  `,
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
  for (const statement of migrations.slice(found, target).join('\n').split(';')) {
    if (statement.trim() !== '') await transaction.query(statement)
  }
  await transaction.query('delete from anketa.schema_version')
  await transaction.query('insert into anketa.schema_version (version) values ($1)', [target])
}

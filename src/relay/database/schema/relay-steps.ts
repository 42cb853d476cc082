/** Pages ask for files of the widget that an earlier relay has served. */
export const storedWidgetFiles = `
  create table anketa.widget_files (
    version text not null,
    name text not null,
    content text not null,
    stored_at timestamptz not null default now(),
    primary key (version, name)
  );
  create index widget_files_by_name on anketa.widget_files (name);
  `

/**
 * What relays that share a database know together. They go on with a replaced list until they have learned of the new
 * one.
 */
export const sharedLimits = `
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
  `

/** What the relays of one database know together. */
export const sharedReports = `
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
  `

/** Keys change on one relay after the other. */
export const relayKeyTables = `
  create table anketa.relay_keys (
    relay uuid primary key,
    data_keys text[] not null,
    contact_key text not null,
    seen_at timestamptz not null
  );
  `

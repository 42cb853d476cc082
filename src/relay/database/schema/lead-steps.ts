/** Leads, their revisions, deliveries and attempts. */
export const leadTables = `
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
  `

/** Several destinations, codes, progress. */
export const severalDestinations = `
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
  `

/** Leads that a person has not finished. */
export const partialLeads = `
  alter table anketa.leads add column partial_step text;
  alter table anketa.leads add column partial_revisions integer not null default 0;
  alter table anketa.leads add check ((status = 'partial') = (partial_step is not null));
  `

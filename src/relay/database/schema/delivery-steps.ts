/** Which destination a lead goes to by the rules of a form, and why. */
export const routingTables = `
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
  `

/** Notifications and postbacks. */
export const messageTables = `
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
  `

/**
 * What is looked for again and again is read without what ended long ago, also where much of that was given up.
 * `queued_at`: since when a message is tried that the operator has sent again.
 */
export const openWorkIndexes = `
  alter table anketa.messages add column queued_at timestamptz;
  create index messages_open on anketa.messages (receiver, next_at) where state in ('waiting', 'sending');
  create index messages_given_up on anketa.messages (ended_at) where state in ('failed', 'uncertain');
  create index messages_claimed on anketa.messages (claim) where state in ('sending', 'uncertain');
  drop index anketa.messages_unsent;
  drop index anketa.deliveries_open;
  create index deliveries_open on anketa.deliveries (status, settled_at) where status <> 'decided';
  `

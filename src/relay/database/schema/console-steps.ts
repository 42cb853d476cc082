/**
 * The attribution parameters that leads are filtered by: those of campaigns, which are stored in clear where leads are
 * encrypted.
 */
export const filterableParameters = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'channel',
  'subId1',
  'subId2',
  'subId3',
  'subId4',
  'subId5',
] as const

/** Characters of a name that a page chose, of a variant or a source, by which statistics tell pages apart. */
export const maxChosenName = 60

/**
 * The steps of the schema for the operator's console. They are complete: steps follow them in `migrations`, so that one more
 * here would move those. `deliveries.received_at`: that of the lead, so that the leads of a
 * destination are read in their order. `revisions.name_hash`: a keyed hash of the last name; contacts of no key make the
 * relay hash what is stored already. `console_sessions`: who is signed in, by hashes of what the cookies hold and of what
 * the user signed in with. `audit`: who has looked at leads and changed them; of an erased lead the hash of its id stays.
 * `form_versions`: every version of a form that was saved in the console. The latest one of a form is served; one without a
 * definition withdraws those before it. `definition` and `looks` are JSON as text, so that the order of keys stays.
 * `leads.day`, `variant` and `source`: the day in Moscow on which the lead was received, and what its current revision says
 * of the page, so that statistics read one small index and no lead.
 */
export const consoleMigrations: readonly [string, string, string] = [
  `
  alter table anketa.deliveries add column received_at timestamptz;
  update anketa.deliveries d set received_at = l.received_at from anketa.leads l where l.id = d.lead;
  create index deliveries_by_destination on anketa.deliveries (destination, received_at);
  drop index anketa.leads_by_time;
  create index leads_by_time on anketa.leads (received_at, number);
  drop index anketa.leads_by_status;
  create index leads_by_status on anketa.leads (status, received_at, number);
  create index leads_by_form on anketa.leads (form, received_at, number);
  create index leads_by_short_number on anketa.leads (right(id::text, 5));
  ${filterableParameters
    .map(
      (name) => `create index revisions_by_${name.toLowerCase()} on anketa.revisions
    ((attribution ->> '${name}'), received_at) where revision = 1 and attribution ->> '${name}' is not null;`,
    )
    .join('\n  ')}
  alter table anketa.revisions add column name_hash text;
  create index revisions_by_name on anketa.revisions (name_hash) where name_hash is not null;
  update anketa.lead_contacts set key_id = 'none';
  insert into anketa.lead_contacts (lead, hash, key_id) select l.id, '', 'none' from anketa.leads l
    where not exists (select from anketa.lead_contacts c where c.lead = l.id);
  create table anketa.console_sessions (
    token_hash text primary key,
    user_name text not null,
    credential_hash text not null,
    created_at timestamptz not null,
    seen_at timestamptz not null
  );
  create table anketa.audit (
    number bigint primary key generated always as identity,
    at timestamptz not null,
    user_name text not null,
    action text not null,
    lead uuid,
    lead_hash text,
    details jsonb not null,
    count integer
  );
  create index audit_by_lead on anketa.audit (lead_hash) where lead_hash is not null;
  `,
  `
  create table anketa.form_versions (
    form text not null,
    number integer not null,
    definition text,
    looks text,
    restored_from integer,
    saved_at timestamptz not null,
    saved_by text not null,
    primary key (form, number)
  );
  `,
  `
  alter table anketa.leads add column day date not null default (now() at time zone 'Europe/Moscow')::date;
  alter table anketa.leads add column variant text not null default '';
  alter table anketa.leads add column source text not null default '';
  update anketa.leads l set day = (l.received_at at time zone 'Europe/Moscow')::date,
    variant = coalesce(left(r.page ->> 'variant', ${maxChosenName}), ''),
    source = coalesce(left(r.attribution ->> 'utm_source', ${maxChosenName}), '')
    from anketa.leads stored left join anketa.revisions r on r.lead = stored.id and r.revision = stored.revision
    where stored.id = l.id;
  create index leads_by_day on anketa.leads (day, form, variant, source, status);
  create index event_counts_by_event on anketa.event_counts (event, day);
  drop index anketa.event_counts_by_day;
  `,
]

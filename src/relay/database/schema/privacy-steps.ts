/** Encryption, erasure and retention. A contact of no key makes the relay hash the contacts of a lead that is stored already. */
export const encryptionTables = `
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
  `

/** Receipts of consents, and the chain of their digests. The consents of a revision become a receipt each. */
export const receiptTables = `
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
  `

/** Signed consents: PDFs with their addresses. */
export const signedConsentTables = `
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
  `

/** What holds off abuse. The columns of `limits` are those of rate-limiter-flexible. */
export const abuseTables = `
  create table anketa.limits (
    key varchar(255) primary key,
    points integer not null default 0,
    expire bigint
  );
  create index limits_by_expiry on anketa.limits (expire);
  alter table anketa.leads add column suspicions text[] not null default '{}';
  `

/** Counts of what people do in forms. */
export const eventCountTables = `
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
  `

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

/**
 * Counts of the steps that were reached and of the fields at which pages were left, over all variants and sources:
 * `event_counts` has them apart, which are too many rows to be added up for each look at months of statistics. A trigger
 * keeps the sums, so that they stay exact while a relay of an earlier release uses the same database. The trigger is
 * created first: it lets nobody count until the sums are there.
 */
export const stepCountTables = `
  create table anketa.step_counts (
    event text not null,
    day date not null,
    form text not null,
    step text not null,
    field text not null,
    code text not null,
    count bigint not null,
    primary key (event, day, form, step, field, code)
  );
  create function anketa.add_step_count() returns trigger language plpgsql as $$
    begin
      insert into anketa.step_counts as stored (event, day, form, step, field, code, count)
      values (new.event, new.day, new.form, new.step, new.field, new.code, new.count - coalesce(old.count, 0))
      on conflict (event, day, form, step, field, code) do update set count = stored.count + excluded.count;
      return null;
    end
  $$;
  create trigger add_step_count after insert or update of count on anketa.event_counts
    for each row when (new.event in ('step', 'leave')) execute function anketa.add_step_count();
  insert into anketa.step_counts (event, day, form, step, field, code, count)
    select event, day, form, step, field, code, sum(count) from anketa.event_counts
    where event in ('step', 'leave') group by event, day, form, step, field, code;
  `

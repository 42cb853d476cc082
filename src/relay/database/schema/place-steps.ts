/** Lists of places. */
export const placeLists = `
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
  `

/** The directory of departments that issue passports: one list at a time is in use, the latest that is complete. */
export const departmentTables = `
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
  `

/**
 * The directories of streets and of houses: one of each is in use. The rows of each have a table of their own. `loaded`: how
 * many of its `rows` are stored, so that an interrupted import is continued. `touched_at`: when the last of them was.
 */
export const streetTables = `
  create table anketa.street_lists (
    generation integer primary key generated always as identity,
    list text not null,
    fingerprint text not null,
    rows integer not null,
    loaded integer not null,
    imported_at timestamptz not null,
    touched_at timestamptz not null,
    switched_at timestamptz,
    retired_at timestamptz
  );
  create unique index street_lists_current on anketa.street_lists (list)
    where switched_at is not null and retired_at is null;
  `

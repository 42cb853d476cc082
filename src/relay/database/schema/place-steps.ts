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

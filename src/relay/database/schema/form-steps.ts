/** Looks that were saved before pages got them stay what they were: a part of the snippet. */
export const servedLooks = `
  alter table anketa.form_versions add column serves_looks boolean not null default false;
  `

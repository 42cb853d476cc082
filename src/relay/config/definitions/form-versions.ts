import { isRecord, parseJson } from '../../../providers/core/json.ts'
import type { Queryable } from '../../database/database.ts'
import { selectLooks } from './select-looks.ts'

/** What a version of a form consists of. */
export interface VersionContent {
  /** The definition without what belongs to the configuration (see {@link configuredKeys}). */
  readonly definition: Readonly<Record<string, unknown>>
  /** How the form looks. */
  readonly looks?: Readonly<Record<string, unknown>> | undefined
}

/** A line of a form's history. */
export interface VersionSummary {
  readonly form: string
  readonly number: number
  readonly savedAt: Date
  readonly savedBy: string
  /** The version that this one repeats. */
  readonly restoredFrom?: number | undefined
  /** Whether the saved versions are withdrawn by it, so that the form of the configuration is served. */
  readonly isWithdrawal: boolean
  /** Whether it has looks that pages do not get: those that were saved for the snippet alone. */
  readonly hasUnservedLooks: boolean
}

/** A version with what it holds. */
export interface FormVersion extends VersionSummary {
  /** Withdrawals have none. */
  readonly content?: VersionContent | undefined
  /** Whether pages get its looks. Those of versions from before that, and of versions that repeat one, are for the snippet alone. */
  readonly servesLooks: boolean
}

/** A version that is about to be added. */
export interface NewVersion extends Omit<FormVersion, 'number' | 'isWithdrawal' | 'hasUnservedLooks'> {
  /** The number of the latest version that its author has seen; 0 if there was none. */
  readonly base: number
}

interface SummaryRow extends Omit<VersionSummary, 'restoredFrom' | 'hasUnservedLooks'> {
  readonly restoredFrom: number | null
}

interface ListedRow extends SummaryRow {
  readonly unservedLooks: string | null
}

interface VersionRow extends SummaryRow {
  readonly definition: string | null
  readonly looks: string | null
  /** Missing in a database that this release has not used yet. */
  readonly serves_looks?: boolean
}

const columns = `form, number, saved_at as "savedAt", saved_by as "savedBy", restored_from as "restoredFrom",
  definition is null as "isWithdrawal"`

/** Adds a version, which is served from now on. `undefined` if another one has been added since its author looked. */
export async function addVersion(
  source: Queryable,
  { form, base, content, servesLooks, restoredFrom, savedAt, savedBy }: NewVersion,
): Promise<number | undefined> {
  const [row] = await source.query<{ readonly number: number }>(
    `insert into anketa.form_versions (form, number, definition, looks, serves_looks, restored_from, saved_at, saved_by)
     select $1::text, $2::integer + 1, $3::text, $4::text, $5::boolean, $6::integer, $7::timestamptz, $8::text
     where $2::integer = (select coalesce(max(number), 0) from anketa.form_versions where form = $1)
     on conflict (form, number) do nothing returning number`,
    [
      form,
      base,
      content ? JSON.stringify(content.definition) : null,
      content?.looks ? JSON.stringify(content.looks) : null,
      servesLooks,
      restoredFrom ?? null,
      savedAt,
      savedBy,
    ],
  )
  return row?.number
}

/** The latest version of every form. */
export async function loadLatestVersions(source: Queryable): Promise<readonly FormVersion[]> {
  const rows = await source.query<VersionRow>(
    `select distinct on (form) *, ${columns} from anketa.form_versions order by form, number desc`,
  )
  return rows.map(toVersion)
}

/** The number of the latest version of every form. */
export async function loadLatestNumbers(source: Queryable): Promise<ReadonlyMap<string, number>> {
  const rows = await source.query<{ readonly form: string; readonly number: number }>(
    'select form, max(number) as number from anketa.form_versions group by form',
  )
  return new Map(rows.map(({ form, number }) => [form, number]))
}

/** A form's versions, the latest first. Their contents, of megabytes each, stay in the database. */
export async function listVersions(source: Queryable, form: string): Promise<readonly VersionSummary[]> {
  const rows = await source.query<ListedRow>(
    `select ${columns}, case when serves_looks then null else looks end as "unservedLooks"
     from anketa.form_versions where form = $1 order by number desc`,
    [form],
  )
  return rows.map(({ restoredFrom, unservedLooks, ...row }) => ({
    ...row,
    restoredFrom: restoredFrom ?? undefined,
    hasUnservedLooks: isOwn(unservedLooks),
  }))
}

/** The consents of a form's versions, not validated, the latest first. */
export async function listVersionConsents(
  source: Queryable,
  form: string,
): Promise<readonly { readonly number: number; readonly consents: unknown }[]> {
  const rows = await source.query<{ readonly number: number; readonly consents: string | null }>(
    `select number, (definition::json -> 'consents')::text as consents from anketa.form_versions
     where form = $1 and definition is not null order by number desc`,
    [form],
  )
  return rows.map(({ number, consents }) => ({
    number,
    consents: consents === null ? undefined : parseJson(consents),
  }))
}

/** One version of a form. */
export async function loadVersion(
  source: Queryable,
  form: string,
  number: number,
): Promise<FormVersion | undefined> {
  const [row] = await source.query<VersionRow>(
    `select *, ${columns} from anketa.form_versions where form = $1 and number = $2`,
    [form, number],
  )
  return row && toVersion(row)
}

function toVersion(row: VersionRow): FormVersion {
  const { form, number, savedAt, savedBy, isWithdrawal, restoredFrom, definition, looks } = row
  const content = definition === null ? undefined : parseObject(definition)
  const servesLooks = row.serves_looks === true
  return {
    form,
    number,
    savedAt,
    savedBy,
    isWithdrawal,
    servesLooks,
    hasUnservedLooks: !servesLooks && isOwn(looks),
    restoredFrom: restoredFrom ?? undefined,
    content: content && {
      definition: content,
      ...(looks === null ? {} : { looks: parseObject(looks) }),
    },
  }
}

/** Whether the looks of a row are others than those of a page that says nothing. */
function isOwn(looks: string | null): boolean {
  return looks !== null && selectLooks(parseObject(looks)) !== undefined
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  const parsed = parseJson(text)
  return isRecord(parsed) ? parsed : {}
}

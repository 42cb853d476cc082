import { existsSync } from 'node:fs'
import { array, number, object, optional, parse, string, boolean } from 'valibot'
import type { Fetch } from '../../../delivery/send-http.ts'
import type { Queryable } from '../../database/database.ts'
import { howToServeLooks } from '../../config/definitions/describe-version.ts'
import { loadLatestVersions } from '../../config/definitions/form-versions.ts'
import { parseSavedForm, readConfiguredForm } from '../../config/definitions/parse-saved-form.ts'
import type { LoadedConfig } from '../read-config-file.ts'
import { withDatabase } from '../running/with-database.ts'

/** What `check` says of the forms that are served as they were saved in the console. */
export interface SavedFormsReport {
  /** Whether each of them can be served. */
  readonly valid: boolean
  readonly lines: readonly string[]
}

const listSchema = object({
  forms: array(
    object({
      form: string(),
      isRefused: boolean(),
      served: optional(object({ number: number(), hasUnservedLooks: optional(boolean(), false) })),
    }),
  ),
})

interface SavedForm {
  readonly form: string
  readonly number: number
  /** Known only without a running relay. */
  readonly problems: readonly string[]
  readonly isRefused: boolean
  /** Whether it has looks that pages do not get. */
  readonly hasUnservedLooks: boolean
}

/** Finds the saved versions in the database, or asks the running relay. A database that does not exist is not created. */
export async function describeSavedForms(
  loadedConfig: LoadedConfig,
  fetch: Fetch,
): Promise<SavedFormsReport> {
  const { database } = loadedConfig.config
  if (database.engine === 'pglite' && !existsSync(database.folder)) return { valid: true, lines: [] }
  try {
    const saved = await withDatabase(loadedConfig, fetch, {
      direct: (source) => checkVersions(loadedConfig, source),
      async remote(adminClient) {
        const { forms } = parse(listSchema, await (await adminClient('/admin/forms')).json())
        return forms.flatMap(({ form, isRefused, served }) =>
          served ? [{ form, ...served, isRefused, problems: [] }] : [],
        )
      },
    })
    return {
      valid: saved.every(({ isRefused }) => !isRefused),
      lines: saved.flatMap(({ form, number: version, isRefused, problems, hasUnservedLooks }) => [
        `${form}: version ${version}, saved in the console, goes before the configuration's definition until it is withdrawn${isRefused ? '; it is refused' : ''}`,
        ...problems.map((problem) => `  ${problem}`),
        ...(hasUnservedLooks ? [`  its looks are not served: ${howToServeLooks}`] : []),
      ]),
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { valid: true, lines: [`versions saved in the console: not known: ${reason}`] }
  }
}

async function checkVersions(
  { config, candidate, readText, readBytes }: LoadedConfig,
  source: Queryable,
): Promise<readonly SavedForm[]> {
  const [table] = await source.query<{ readonly found: string | null }>(
    `select to_regclass('anketa.form_versions')::text as found`,
  )
  // An earlier release has used the database.
  if (!table?.found) return []
  const deps = { env: process.env, readText, readBytes }
  const { forms }: { readonly forms?: object } = Object(candidate)
  const saved: SavedForm[] = []
  for (const { form, number: version, content, hasUnservedLooks } of await loadLatestVersions(source)) {
    if (!content || !config.forms.has(form)) continue
    const file = await readConfiguredForm(form, Reflect.get(Object(forms), form), deps)
    const result = await parseSavedForm(file, content, deps)
    const problems = 'problems' in result ? result.problems : []
    saved.push({ form, number: version, problems, isRefused: problems.length > 0, hasUnservedLooks })
  }
  return saved
}

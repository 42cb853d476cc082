import type { Clock } from 'pg-boss'
import { usableForms } from '../form-lookups.ts'
import type { RelayConfig } from '../config.ts'
import type { ConfigDeps, FormConfig, FormConfigResult } from '../form-config.ts'
import type { Database } from '../../database/database.ts'
import { type AuditAction, recordAudit } from '../../leads/console/audit-log.ts'
import { describeError, type Log } from '../../log.ts'
import { findLooksProblems } from './check-looks.ts'
import { findChangedConsents, type KnownConsents } from './changed-consents.ts'
import { describeVersion, findVersionProblems, howToServeLooks } from './describe-version.ts'
import {
  addVersion,
  type FormVersion,
  listVersionConsents,
  listVersions,
  loadLatestNumbers,
  loadLatestVersions,
  loadVersion,
  type VersionContent,
  type VersionSummary,
} from './form-versions.ts'
import { type ConfiguredForm, parseSavedForm, readConfiguredForm } from './parse-saved-form.ts'
import { selectLooks } from './select-looks.ts'

/** The forms that a relay serves now. Both change when somebody saves a version. */
export interface ServedForms {
  readonly results: ReadonlyMap<string, FormConfigResult>
  /** Those that are not refused. */
  readonly usable: ReadonlyMap<string, FormConfig>
}

/** Who changes a form, and what they have seen. */
export interface FormChange {
  readonly form: string
  /** The number of the latest version that they have seen; 0 for none. */
  readonly base: number
  readonly user: string
}

/** The number of the new version, or the reasons why nothing was saved. */
export type VersionResult =
  | { readonly number: number }
  | { readonly problems: readonly string[] }
  | { readonly conflict: VersionSummary | undefined }

/** The forms that are edited in the console. All relays of a database serve the same versions. */
export interface SavedForms extends ServedForms {
  /** The form as the configuration has it; `undefined` for one that it does not have. */
  configured(form: string): ConfiguredForm | undefined
  /** The version that is served in place of the configuration's form. */
  servedVersion(form: string): FormVersion | undefined
  /** Its history, the latest first. */
  versions(form: string): Promise<readonly VersionSummary[]>
  version(form: string, number: number): Promise<FormVersion | undefined>
  /** What would be served, or the problems of a version that is not saved. */
  parse(form: string, content: VersionContent): Promise<FormConfigResult>
  /** Everything that would stop a version from being saved. */
  findProblems(form: string, content: VersionContent): Promise<readonly string[]>
  save(change: FormChange, content: VersionContent): Promise<VersionResult>
  /** Saves an earlier version again. Pages get its looks only if they got them from that version. */
  restore(change: FormChange, number: number): Promise<VersionResult>
  /** Serves the form of the configuration again. */
  withdraw(change: FormChange): Promise<VersionResult>
  /** Follows what other relays save, and what is saved by way of the configuration before this one. */
  start(): void
  stop(): void
}

/** What saved forms depend on. */
export interface SavedFormsDeps {
  readonly config: Pick<RelayConfig, 'forms' | 'receivers'>
  /** The configuration (parsed JSON) that it was parsed from. */
  readonly candidate: unknown
  /** What the configuration was parsed with. */
  readonly sources: ConfigDeps
  readonly database: Pick<Database, 'exclusive' | 'listen' | 'query' | 'transaction'>
  readonly clock: Clock
  readonly log: Log
}

/** The payload of a notification is the name of a form, and nothing else. */
const channel = 'anketa_forms'

/** How often a relay looks for versions that another one has saved, however many notifications arrive. */
const pollIntervalMs = 3000

/** Opens the forms of a configuration with the versions that are saved. */
export async function openSavedForms(deps: SavedFormsDeps): Promise<SavedForms> {
  const { config, sources, database, clock, log } = deps
  const results = new Map(config.forms)
  const usable = new Map(usableForms(config))
  const configured = await readConfiguredForms(deps)
  const latest = new Map<string, FormVersion>()
  let applying: Promise<void> = Promise.resolve()

  /** Serves a version. Requests that are under way go on with the one before. */
  async function apply(version: FormVersion): Promise<void> {
    const { form, number, content } = version
    const file = configured.get(form)
    if (!file || (latest.get(form)?.number ?? 0) >= number) return
    const result = content ? await serve(file, version) : config.forms.get(form)
    if (!result) return
    latest.set(form, version)
    results.set(form, result)
    if ('form' in result) usable.set(form, result.form)
    else usable.delete(form)
    if ('problems' in result)
      log('error', 'A form is refused', { form, problems: result.problems.join('; ') })
    else
      log(
        'info',
        content ? 'A saved version of a form is served' : 'The form of the configuration is served',
        {
          form,
          ...(content ? { version: number } : {}),
        },
      )
  }

  async function serve(
    file: ConfiguredForm,
    { content, number, servesLooks, hasUnservedLooks }: FormVersion,
  ): Promise<FormConfigResult> {
    const { definition, looks }: VersionContent = content ?? { definition: {} }
    if (hasUnservedLooks)
      log('warning', `The looks of a saved version are not served: ${howToServeLooks}`, {
        form: file.id,
        version: number,
      })
    const parsed = await parse(file, { definition, looks: servesLooks ? looks : undefined })
    if ('form' in parsed) return parsed
    return { problems: findVersionProblems(number, parsed.problems) }
  }

  /** Destinations stay as they are: only what people see is edited. */
  async function parse(file: ConfiguredForm, content: VersionContent): Promise<FormConfigResult> {
    const parsed = await parseSavedForm(file, content, sources)
    if ('problems' in parsed) return parsed
    const now = config.forms.get(file.id)
    const { definition, logos } = parsed.form
    const looks = selectLooks(content.looks)
    return {
      form:
        now && 'form' in now
          ? { ...now.form, definition, logos, looks }
          : { ...parsed.form, looks, subscriptions: config.receivers },
    }
  }

  /** One after the other, so that an earlier version never replaces a later one. */
  function follow(work: () => Promise<void>): Promise<void> {
    const done = applying.then(work)
    applying = done.catch(() => {})
    return done
  }

  async function look(): Promise<void> {
    for (const [form, number] of await loadLatestNumbers(database)) {
      // Versions stay where the configuration has no such form any more.
      if (!configured.has(form) || (latest.get(form)?.number ?? 0) >= number) continue
      const version = await loadVersion(database, form, number)
      if (version) await apply(version)
    }
  }

  const lookLater = (): void => {
    // The log gets the loss of the connection elsewhere, and the next look finds what this one missed.
    follow(look).catch((error: unknown) => {
      if (!stopped)
        log('warning', 'Saved versions of forms could not be read', { fault: describeError(error) })
    })
  }

  async function listKnownConsents(form: string): Promise<readonly KnownConsents[]> {
    const file = { source: 'the configuration', consents: configured.get(form)?.definition?.['consents'] }
    const saved = (await listVersionConsents(database, form)).map(({ number, consents }) => ({
      source: `version ${number}`,
      consents,
    }))
    return [file, ...saved]
  }

  async function add(
    { form, base, user }: FormChange,
    action: AuditAction,
    saved: Pick<FormVersion, 'content' | 'restoredFrom' | 'servesLooks'>,
  ): Promise<VersionResult> {
    const savedAt = new Date(clock.now())
    const number = await database.transaction(async (transaction) => {
      const added = await addVersion(transaction, { form, base, savedAt, savedBy: user, ...saved })
      if (added !== undefined)
        await recordAudit(transaction, { user, action, details: { form, version: String(added) } }, savedAt)
      return added
    })
    if (number === undefined) {
      await follow(look)
      return { conflict: (await listVersions(database, form))[0] }
    }
    await follow(look)
    // Polling finds what a lost notification would have told.
    if (!database.exclusive) database.query('select pg_notify($1, $2)', [channel, form]).catch(() => {})
    return { number }
  }

  async function findProblems(form: string, content: VersionContent): Promise<readonly string[]> {
    const parsed = await parseFor(form, content)
    return [
      ...('problems' in parsed ? parsed.problems : []),
      ...findChangedConsents(content.definition['consents'], await listKnownConsents(form)),
      ...findLooksProblems(content.looks),
    ]
  }

  async function parseFor(form: string, content: VersionContent): Promise<FormConfigResult> {
    const file = configured.get(form)
    return file ? parse(file, content) : { problems: [`${form}: the configuration has no form of this name`] }
  }

  async function saveContent(
    change: FormChange,
    action: AuditAction,
    content: VersionContent,
    { restoredFrom, servesLooks = true }: Partial<FormVersion> = {},
  ): Promise<VersionResult> {
    // Looks that pages do not get are no reason to refuse the rest.
    const served = servesLooks ? content : { definition: content.definition }
    const problems = await findProblems(change.form, served)
    return problems.length > 0 ? { problems } : add(change, action, { content, restoredFrom, servesLooks })
  }

  for (const version of await loadLatestVersions(database)) await apply(version)
  let poll: NodeJS.Timeout | undefined
  let stopped = false
  let listener: ReturnType<NonNullable<Database['listen']>> | undefined

  return {
    results,
    usable,
    configured: (form) => configured.get(form),
    servedVersion(form) {
      const version = latest.get(form)
      return version?.content ? version : undefined
    },
    versions: (form) => listVersions(database, form),
    version: (form, number) => loadVersion(database, form, number),
    parse: parseFor,
    findProblems,
    save: (change, content) => saveContent(change, 'form-save', content),
    async restore(change, number) {
      const version = await loadVersion(database, change.form, number)
      if (!version?.content)
        return {
          problems: [`${describeVersion(number)}: this version holds no form: choose another one to restore`],
        }
      const { content, servesLooks } = version
      return saveContent(change, 'form-restore', content, { restoredFrom: number, servesLooks })
    },
    withdraw: (change) => add(change, 'form-withdraw', { servesLooks: true }),
    start() {
      // Something may have been saved since they were opened.
      lookLater()
      // Also where no other relay is: a save may still be under way in the configuration before this one.
      poll = setInterval(lookLater, pollIntervalMs)
      poll.unref()
      listener = database.exclusive ? undefined : database.listen?.(channel, lookLater, lookLater)
      // Polling does without.
      listener?.catch(() => {})
    },
    stop() {
      stopped = true
      clearInterval(poll)
      listener?.then(
        ({ close }) => close(),
        () => undefined,
      )
    },
  }
}

async function readConfiguredForms({
  config,
  candidate,
  sources,
}: SavedFormsDeps): Promise<ReadonlyMap<string, ConfiguredForm>> {
  const { forms }: { readonly forms?: object } = Object(candidate)
  const read = [...config.forms.keys()].map(async (id) => {
    const form = await readConfiguredForm(id, Reflect.get(Object(forms), id), sources)
    return [id, form] as const
  })
  return new Map(await Promise.all(read))
}

import { isRecord } from '../../../../providers/core/json.ts'
import { describeRules } from '../../../config/report/describe-rules.ts'
import type { FormConfigResult } from '../../../config/form-config.ts'
import type { FormVersion, VersionSummary } from '../../../config/definitions/form-versions.ts'
import type { SavedForms } from '../../../config/definitions/saved-forms.ts'
import type { FormDestination, FormDetails, FormLine, UncheckedObject, VersionLine } from './form-answers.ts'
import { hideEntrySecrets } from './printed-entry.ts'

/** A line of the history. Only the latest version can be served. */
export function formatVersionLine(
  { number, savedAt, savedBy, isWithdrawal, restoredFrom, hasUnservedLooks }: VersionSummary,
  served: VersionSummary | undefined,
): VersionLine {
  return {
    number,
    kind: isWithdrawal ? 'withdrawn' : restoredFrom === undefined ? 'saved' : 'restored',
    savedAt: savedAt.toISOString(),
    savedBy,
    ...(restoredFrom === undefined ? {} : { restoredFrom }),
    isServed: served?.number === number,
    ...(hasUnservedLooks ? { hasUnservedLooks } : {}),
  }
}

/** A form of the list. */
export function formatFormLine(form: string, result: FormConfigResult, saved: SavedForms): FormLine {
  const served = saved.servedVersion(form)
  const definition = 'form' in result ? result.form.definition : undefined
  return {
    form,
    ...(definition?.title === undefined ? {} : { title: definition.title }),
    isRefused: 'problems' in result,
    ...(served ? { served: formatVersionLine(served, served) } : {}),
    steps: definition?.steps.length ?? 0,
    fields: definition?.steps.flatMap(({ fields }) => fields).length ?? 0,
    destinations: 'form' in result ? result.form.destinations.map(({ key }) => key) : [],
  }
}

/** Everything that the builder needs of a form. */
export async function formatFormDetails(
  form: string,
  result: FormConfigResult,
  saved: SavedForms,
  canEdit: boolean,
): Promise<FormDetails> {
  const versions = await saved.versions(form)
  const served = saved.servedVersion(form)
  const configured = saved.configured(form)
  const own: UncheckedObject = configured?.definition ?? {}
  return {
    form,
    definition: served?.content ? withConfigured(served.content.definition, own) : own,
    ...formatLooks(served),
    configured: own,
    entry: hideEntrySecrets(configured?.entry ?? {}),
    destinations: formatDestinations(result),
    problems: 'problems' in result ? result.problems : [],
    versions: versions.map((version) => formatVersionLine(version, served)),
    latest: versions[0]?.number ?? 0,
    canEdit,
  }
}

/** The looks of a version. Those that pages do not get have a name of their own, so that nobody saves them again unawares. */
export function formatLooks(version: FormVersion | undefined): Pick<FormDetails, 'looks' | 'unservedLooks'> {
  const looks = version?.content?.looks
  if (!looks) return {}
  return version.hasUnservedLooks ? { unservedLooks: looks } : { looks }
}

/** A saved definition with what the configuration alone decides. */
export function withConfigured(definition: UncheckedObject, configured: UncheckedObject): UncheckedObject {
  const { id, operator, policyUrl } = configured
  return {
    ...(id === undefined ? {} : { id }),
    ...definition,
    ...(isRecord(operator) ? { operator } : {}),
    ...(policyUrl === undefined ? {} : { policyUrl }),
  }
}

function formatDestinations(result: FormConfigResult): readonly FormDestination[] {
  if ('problems' in result) return []
  const { destinations, rules } = result.form
  return destinations.map(({ key, provider, requires, consents }) => {
    const takes = describeRules(rules?.get(key) ?? {})
    return { key, provider, ...(takes === undefined ? {} : { takes }), requires, consents }
  })
}

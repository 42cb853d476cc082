import type { CallContext, LeadContext } from '../../core/context.ts'
import { findCorrectableField } from '../../core/parameters/parameter-origin.ts'
import { writeParameters, type WrittenParameter } from '../../core/write-parameters.ts'
import { mergeCampaignFields } from './merge-fields.ts'
import { valueVariants } from './value-variants.ts'
import type { FieldIssue } from '../../../lead/issue.ts'
import { admitadParameters } from '../parameters.ts'
import { campaignParameters, fieldsWithOwnOptions, isDocumentedParameter } from './campaign-parameters.ts'
import type { AdmitadConfig } from '../config.ts'

/**
 * Writes every value in its first spelling that matches the patterns of all campaigns. A value without such a spelling
 * stays as it is, as all do if patterns cannot be run; {@link findPatternMismatches} lists the former.
 */
export function formatForCampaigns(
  written: readonly WrittenParameter[],
  context: CallContext,
): readonly WrittenParameter[] {
  return matchPatterns(written, context).map(({ path, value }) => ({ path, value }))
}

/** The paths of the parameters with no spelling that matches the campaigns' patterns. */
export function findPatternMismatches(
  written: readonly WrittenParameter[],
  context: CallContext,
): readonly string[] {
  return matchPatterns(written, context).flatMap(({ path, fits }) => (fits ? [] : [path]))
}

function matchPatterns(
  written: readonly WrittenParameter[],
  { campaignSettings, matches }: CallContext,
): readonly (WrittenParameter & { readonly fits: boolean })[] {
  const patterns = new Map(mergeCampaignFields(campaignSettings).map((field) => [field.name, field.patterns]))
  return written.map(({ path, value }) => {
    const required = patterns.get(path) ?? []
    if (!matches || required.length === 0 || (typeof value !== 'string' && typeof value !== 'number')) {
      return { path, value, fits: true }
    }
    // A pattern that cannot be run excludes nothing.
    const fitting = valueVariants(path, String(value)).find((variant) =>
      required.every((pattern) => matches(pattern, variant) !== false),
    )
    return { path, value: fitting ?? value, fits: fitting !== undefined }
  })
}

/** A choice of ours, which the operator has to map, or a box. */
function isNotTyped(field: string): boolean {
  return fieldsWithOwnOptions.has(field) || field === 'noMiddleName'
}

/**
 * Warnings about values with no spelling that matches the campaigns' patterns. Fields with our own options are left
 * out: the operator has to map their values (see `campaignProblems`), the person cannot.
 */
export function checkCampaignFormats(config: AdmitadConfig, context: LeadContext): readonly FieldIssue[] {
  const parameters = [...admitadParameters(config), ...campaignParameters(context.campaignSettings)]
  const fields = findPatternMismatches(writeParameters(parameters, config, context), context).flatMap(
    (path) => {
      if (!isDocumentedParameter(path)) return [`custom.${path}`]
      const parameter = parameters.find((candidate) => candidate.path === path)
      const field = parameter && findCorrectableField(parameter, config, context)
      return field === undefined || isNotTyped(field) ? [] : [field]
    },
  )
  return [...new Set(fields)].map((field) => ({ field, code: 'campaign-format' }))
}

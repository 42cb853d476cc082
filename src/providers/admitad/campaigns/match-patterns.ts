import type { CallContext, LeadContext } from '../../core/context.ts'
import { issueFieldName, writeParameters, type WrittenParameter } from '../../core/write-parameters.ts'
import { mergeCampaignFields } from './merge-fields.ts'
import { transliterate } from './transliterate.ts'
import type { FieldIssue } from '../../../lead/issue.ts'
import { admitadParameters } from '../parameters.ts'
import { campaignParameters, isDocumentedParameter } from './campaign-parameters.ts'
import type { AdmitadConfig } from '../config.ts'

const phoneParameters = new Set(['mobile_phone', 'phone', 'work_phone', 'guarantor_phone'])
const nameParameters = new Set(['first_name', 'last_name', 'middle_name', 'guarator'])
const moneyParameters = new Set(['credit_sum', 'work_salary'])

/** The ways in which a parameter's value may be written without saying anything else; the usual one first. */
export function valueVariants(path: string, value: string): readonly string[] {
  const [, national] = /^\+7(\d{10})$/.exec(value) ?? []
  if (phoneParameters.has(path) && national !== undefined) {
    return [value, `7${national}`, `8${national}`, national]
  }
  if (path === 'passport_cn') return [value, value.replace(/^(\d{4})(\d{6})$/, '$1 $2')]
  if (moneyParameters.has(path)) return [value, value.replace(/\.00$/, '')]
  // A campaign's "а-я" leaves ё out.
  const plain = value.replaceAll('ё', 'е').replaceAll('Ё', 'Е')
  return nameParameters.has(path) ? [value, plain, transliterate(value)] : [value, plain]
}

/**
 * Writes every value in the first of its ways that all the campaigns' patterns match. Where none does, or nobody can run
 * patterns, it stays as it is; {@link findPatternMismatches} tells of the former.
 */
export function formatForCampaigns(
  written: readonly WrittenParameter[],
  context: CallContext,
): readonly WrittenParameter[] {
  return matchPatterns(written, context).map(({ path, value }) => ({ path, value }))
}

/** The paths of what matches the campaigns' patterns in none of its ways. */
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
    const asked = patterns.get(path) ?? []
    if (!matches || asked.length === 0 || (typeof value !== 'string' && typeof value !== 'number')) {
      return { path, value, fits: true }
    }
    // A pattern that nobody can run objects to nothing.
    const fitting = valueVariants(path, String(value)).find((variant) =>
      asked.every((pattern) => matches(pattern, variant) !== false),
    )
    return { path, value: fitting ?? value, fits: fitting !== undefined }
  })
}

/** Chosen from lists of ours: that a campaign calls a choice otherwise is the operator's to mend, not the person's. */
const fieldsWithOwnOptions = new Set(['gender', 'employment', 'creditHistory'])

/** Remarks of the campaigns about values that match their patterns in no way of writing them. */
export function checkCampaignFormats(config: AdmitadConfig, context: LeadContext): readonly FieldIssue[] {
  const rows = [...admitadParameters(config), ...campaignParameters(context.campaignSettings)]
  const fields = findPatternMismatches(writeParameters(rows, config, context), context).flatMap((path) => {
    if (!isDocumentedParameter(path)) return [`custom.${path}`]
    const row = rows.find((one) => one.path === path)
    const field = row ? issueFieldName(row, config, context) : ''
    return field === '' || fieldsWithOwnOptions.has(field) ? [] : [field]
  })
  return [...new Set(fields)].map((field) => ({ field, code: 'campaign-format' }))
}

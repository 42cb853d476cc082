import type { CanonicalName, LeadValue, LeadValues } from '../../lead/values.ts'
import { formatAddress, addressFieldNames } from '../core/parameters/format-address.ts'
import { formatCrmNote, crmNoteFields } from '../core/parameters/crm-note.ts'
import type { OptionalWireValue, ParameterType } from '../core/parameter.ts'
import type { LeadContext } from '../core/context.ts'
import { contactParameters } from './contacts.ts'
import { type LotinfoConfig, type LotinfoParameter, sharePattern } from './config.ts'

/** No or yes, in the document's numbers. */
const flags = [0, 1] as const

/** The caller's own credential. Rules of `fields` cannot change it. */
export const lotinfoReservedParameters: readonly LotinfoParameter[] = [
  { path: 'token', type: 'string', required: true, from: { option: 'token' } },
]

/** The document's parameters of one client, with lists as long as those of the options, and `encoding`. */
export function lotinfoParameters(config: LotinfoConfig): readonly LotinfoParameter[] {
  const { description, comments, objects, orders, agency } = config
  return [
    { ...optionParameter('encoding', 'integer', 'encoding'), values: flags },
    optionParameter('userId', 'integer', 'userId'),
    // The document uses it to link the client to the sender's records, and requires an integer.
    {
      ...computedParameter('apiIdExchange', 'integer', [], ({ leadNumber }, { apiIdOffset = 0 }) =>
        leadNumber === undefined ? undefined : leadNumber + apiIdOffset,
      ),
      option: 'apiIdOffset',
    },
    textParameter('fioF', 'lastName'),
    textParameter('fioI', 'firstName'),
    textParameter('fioO', 'middleName'),
    templateParameter('fioDesc', description, 'description'),
    { ...textParameter('sex', 'gender'), values: ['male', 'female'] },
    { ...textParameter('birthday', 'birthDate'), type: 'date' },
    { ...optionParameter('deeps', 'integer', 'deeps'), values: [1, 2, 3] },
    { ...optionParameter('deepon', 'integer', 'deepon'), values: [1, 2, 3] },
    { ...optionParameter('clientc', 'integer', 'clientc'), values: [1, 2, 3] },
    {
      ...textParameter('family', 'maritalStatus'),
      type: 'integer',
      values: flags,
      format: formatMaritalStatus,
    },
    computedParameter(
      'address',
      'string',
      [...addressFieldNames('residence'), ...addressFieldNames('registration')],
      computeAddress,
    ),
    ...placeParameters(config),
    optionParameter('userCategory', 'list', 'userCategory'),
    { ...optionParameter('clientType', 'integer', 'clientType'), values: [0, 1, 2, 3, 4] },
    templateParameter('agency', agency, 'agency'),
    ...contactParameters,
    ...(comments
      ? atLeastOne(comments).map((comment, index) =>
          templateParameter(`comments.${index}.value`, comment, 'comments'),
        )
      : [
          {
            ...computedParameter('comments.0.value', 'string', crmNoteFields, computeNote),
            option: 'comments',
          },
        ]),
    ...passportParameters,
    ...atLeastOne(objects).flatMap((object, index) => [
      fixedParameter(`objects.${index}.id`, object?.id, 'objects'),
      templateParameter(`objects.${index}.name`, object?.name, 'objects'),
      { ...fixedParameter(`objects.${index}.lpr`, object?.lpr, 'objects'), values: flags },
      {
        ...templateParameter(`objects.${index}.doled`, object?.doled, 'objects'),
        pattern: { matches: sharePattern, expected: 'a share such as 1/3' },
      },
    ]),
    ...atLeastOne(orders).flatMap((order, index) => [
      fixedParameter(`orders.${index}.id`, order?.id, 'orders'),
      templateParameter(`orders.${index}.name`, order?.name, 'orders'),
    ]),
  ]
}

/**
 * A city's id is sufficient. A city's name is looked up within its region only, so it needs one. The ids of the options
 * replace those of the lead.
 */
function placeParameters({ regionId, cityId }: LotinfoConfig): readonly LotinfoParameter[] {
  return [
    {
      ...computedParameter(
        'regionId',
        'integer',
        regionId === undefined ? ['regionId'] : [],
        ({ lead: { values } }, config) =>
          resolveCityId(values, config) === undefined ? resolveRegionId(values, config) : undefined,
      ),
      option: 'regionId',
    },
    {
      ...computedParameter(
        'cityId',
        'integer',
        cityId === undefined ? ['cityId'] : [],
        ({ lead: { values } }, config) => resolveCityId(values, config),
      ),
      option: 'cityId',
    },
    computedParameter('regionName', 'string', ['region'], ({ lead: { values } }, config) =>
      (resolveCityId(values, config) ?? resolveRegionId(values, config)) === undefined
        ? values.region
        : undefined,
    ),
    computedParameter('cityName', 'string', ['city'], ({ lead: { values } }, config) =>
      resolveCityId(values, config) === undefined &&
      (resolveRegionId(values, config) ?? values.region) !== undefined
        ? values.city
        : undefined,
    ),
  ]
}

/** Series and number are integers in the document's table and texts in its sample: as texts they keep leading zeros. */
const passportParameters: readonly LotinfoParameter[] = [
  {
    ...textParameter('passport.serial', 'passportSeries'),
    pattern: { matches: /^\d{4}$/, expected: '4 digits' },
  },
  {
    ...textParameter('passport.number', 'passportNumber'),
    pattern: { matches: /^\d{6}$/, expected: '6 digits' },
  },
  textParameter('passport.sended', 'passportIssuedBy'),
  { ...textParameter('passport.dateSended', 'passportIssuedDate'), type: 'date' },
  textParameter('passport.codePod', 'passportIssuedCode'),
  textParameter('passport.placeBirth', 'birthPlace'),
  computedParameter('passport.propiska', 'string', addressFieldNames('registration'), ({ lead }) =>
    formatAddress(lead.values, 'registration'),
  ),
  computedParameter('passport.placeHome', 'string', addressFieldNames('residence'), ({ lead }) =>
    formatAddress(lead.values, 'residence'),
  ),
  textParameter('passport.snils', 'snils'),
]

function textParameter(path: string, value: CanonicalName): LotinfoParameter {
  return { path, type: 'string', from: { value } }
}

function optionParameter(path: string, type: ParameterType, name: keyof LotinfoConfig): LotinfoParameter {
  return { path, type, from: { option: name } }
}

function computedParameter(
  path: string,
  type: ParameterType,
  inputs: readonly CanonicalName[],
  compute: (context: LeadContext, config: LotinfoConfig) => OptionalWireValue,
): LotinfoParameter {
  return { path, type, from: { inputs, compute } }
}

function fixedParameter(
  path: string,
  value: number | undefined,
  option: keyof LotinfoConfig,
): LotinfoParameter {
  const parameter =
    value === undefined ? rulesOnlyParameter(path) : computedParameter(path, 'integer', [], () => value)
  return { ...parameter, type: 'integer', option }
}

function templateParameter(
  path: string,
  template: string | undefined,
  option: keyof LotinfoConfig,
): LotinfoParameter {
  return {
    ...rulesOnlyParameter(path),
    ...(template === undefined ? {} : { from: { template } }),
    option,
  }
}

function rulesOnlyParameter(path: string): LotinfoParameter {
  return { path, type: 'string', from: 'fields' }
}

/** A list with no items still has one group of parameters, which rules of `fields` can fill. */
function atLeastOne<Item>(items: readonly Item[]): readonly (Item | undefined)[] {
  return items.length > 0 ? items : [undefined]
}

function formatMaritalStatus(value: LeadValue): OptionalWireValue {
  return value === 'married'
    ? 1
    : value === 'single'
      ? 0
      : Number.isInteger(value)
        ? Number(value)
        : undefined
}

function computeAddress({ lead: { values } }: LeadContext): string {
  return formatAddress(values, 'residence') || formatAddress(values, 'registration')
}

function computeNote({ lead }: LeadContext): string {
  return formatCrmNote(lead, { omit: [], max: 10_000 })
}

function resolveRegionId({ regionId }: LeadValues, config: LotinfoConfig): number | undefined {
  return config.regionId ?? parseLotinfoId(regionId)
}

function resolveCityId({ cityId }: LeadValues, config: LotinfoConfig): number | undefined {
  return config.cityId ?? parseLotinfoId(cityId)
}

/** Ids are tagged with the provider whose list they come from. */
function parseLotinfoId(tagged: string | undefined): number | undefined {
  const id = /^lotinfo:(\d{1,15})$/.exec(tagged ?? '')?.[1]
  return id === undefined ? undefined : Number(id)
}

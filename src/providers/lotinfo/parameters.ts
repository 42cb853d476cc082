import type { CanonicalName, LeadValue, LeadValues } from '../../lead/values.ts'
import { addressLine, addressNames } from '../address-line.ts'
import { loanNote, noteNames } from '../loan-note.ts'
import type { MaybeWire, Parameter, WireType } from '../parameter.ts'
import type { ProviderContext } from '../provider.ts'
import { contactParameters } from './contact.ts'
import type { LotinfoConfig } from './config.ts'

type Row = Parameter<LotinfoConfig>

/** The document's parameters of one client, its lists as long as the options make them, and `encoding`. */
export function lotinfoParameters(config: LotinfoConfig): readonly Row[] {
  const { description, comments, objects, orders, agency } = config
  return [
    option('encoding', 'integer', 'encoding'),
    option('userId', 'integer', 'userId'),
    // The document has it link the client to the sender's own records, which count leads in whole numbers.
    worked('apiIdExchange', 'integer', [], ({ leadNumber }) => leadNumber),
    text('fioF', 'lastName'),
    text('fioI', 'firstName'),
    text('fioO', 'middleName'),
    template('fioDesc', description, 'description'),
    text('sex', 'gender'),
    { ...text('birthday', 'birthDate'), type: 'date' },
    option('deeps', 'integer', 'deeps'),
    option('deepon', 'integer', 'deepon'),
    option('clientc', 'integer', 'clientc'),
    { ...text('family', 'maritalStatus'), type: 'integer', write: marriage },
    worked('address', 'string', [...addressNames('residence'), ...addressNames('registration')], home),
    ...place,
    option('userCategory', 'list', 'userCategory'),
    option('clientType', 'integer', 'clientType'),
    template('agency', agency, 'agency'),
    ...contactParameters,
    ...(comments
      ? atLeastOne(comments).map((comment, index) => template(`comments.${index}.value`, comment, 'comments'))
      : [{ ...worked('comments.0.value', 'string', noteNames, note), option: 'comments' }]),
    ...passport,
    ...atLeastOne(objects).flatMap((object, index) => [
      fixed(`objects.${index}.id`, object?.id, 'objects'),
      template(`objects.${index}.name`, object?.name, 'objects'),
      fixed(`objects.${index}.lpr`, object?.lpr, 'objects'),
      template(`objects.${index}.doled`, object?.doled, 'objects'),
    ]),
    ...atLeastOne(orders).flatMap((order, index) => [
      fixed(`orders.${index}.id`, order?.id, 'orders'),
      template(`orders.${index}.name`, order?.name, 'orders'),
    ]),
  ]
}

/** A city's id says everything; a name is looked up within its region only. */
const place: readonly Row[] = [
  {
    ...worked('regionId', 'integer', ['regionId'], ({ lead: { values } }, config) =>
      cityOf(values, config) === undefined ? regionOf(values, config) : undefined,
    ),
    option: 'regionId',
  },
  {
    ...worked('cityId', 'integer', ['cityId'], ({ lead: { values } }, config) => cityOf(values, config)),
    option: 'cityId',
  },
  worked('regionName', 'string', ['region'], ({ lead: { values } }, config) =>
    (cityOf(values, config) ?? regionOf(values, config)) === undefined ? values.region : undefined,
  ),
  worked('cityName', 'string', ['city'], ({ lead: { values } }, config) =>
    cityOf(values, config) === undefined && (regionOf(values, config) ?? values.region) !== undefined
      ? values.city
      : undefined,
  ),
]

/** Series and number are whole numbers in the document's table and texts in its sample: as texts they keep their zeros. */
const passport: readonly Row[] = [
  text('passport.serial', 'passportSeries'),
  text('passport.number', 'passportNumber'),
  text('passport.sended', 'passportIssuedBy'),
  { ...text('passport.dateSended', 'passportIssuedDate'), type: 'date' },
  text('passport.codePod', 'passportIssuedCode'),
  text('passport.placeBirth', 'birthPlace'),
  worked('passport.propiska', 'string', addressNames('registration'), ({ lead }) =>
    addressLine(lead.values, 'registration'),
  ),
  worked('passport.placeHome', 'string', addressNames('residence'), ({ lead }) =>
    addressLine(lead.values, 'residence'),
  ),
  text('passport.snils', 'snils'),
]

function text(path: string, value: CanonicalName): Row {
  return { path, type: 'string', from: { value } }
}

function option(path: string, type: WireType, name: keyof LotinfoConfig): Row {
  return { path, type, from: { option: name } }
}

function worked(
  path: string,
  type: WireType,
  of: readonly CanonicalName[],
  read: (context: ProviderContext, config: LotinfoConfig) => MaybeWire,
): Row {
  return { path, type, from: { of, read } }
}

function fixed(path: string, value: number | undefined, from: keyof LotinfoConfig): Row {
  const row = value === undefined ? unset(path) : worked(path, 'integer', [], () => value)
  return { ...row, type: 'integer', option: from }
}

function template(path: string, written: string | undefined, from: keyof LotinfoConfig): Row {
  return { ...unset(path), ...(written === undefined ? {} : { from: { template: written } }), option: from }
}

function unset(path: string): Row {
  return { path, type: 'string', from: 'fields' }
}

/** What `fields` can reach is there even if the options have none of it. */
function atLeastOne<Item>(items: readonly Item[]): readonly (Item | undefined)[] {
  return items.length > 0 ? items : [undefined]
}

function marriage(value: LeadValue): MaybeWire {
  return value === 'married'
    ? 1
    : value === 'single'
      ? 0
      : Number.isInteger(value)
        ? Number(value)
        : undefined
}

function home({ lead: { values } }: ProviderContext): string {
  return addressLine(values, 'residence') || addressLine(values, 'registration')
}

function note({ lead }: ProviderContext): string {
  return loanNote(lead, { except: [], max: 10_000 })
}

function regionOf({ regionId }: LeadValues, config: LotinfoConfig): number | undefined {
  return config.regionId ?? ownId(regionId)
}

function cityOf({ cityId }: LeadValues, config: LotinfoConfig): number | undefined {
  return config.cityId ?? ownId(cityId)
}

/** Ids belong to the list of one provider and carry its name. */
function ownId(tagged: string | undefined): number | undefined {
  const id = /^lotinfo:(\d{1,15})$/.exec(tagged ?? '')?.[1]
  return id === undefined ? undefined : Number(id)
}

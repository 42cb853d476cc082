import type { AddressPrefix, LeadValues } from '../../../lead/values.ts'

/** An address on one line, as on an envelope: `101000, Примерская обл, Примерск, ул Мира, д. 1, корп. 2, кв. 3`. */
export function formatAddress(values: LeadValues, prefix: AddressPrefix): string {
  const parts = [
    values[`${prefix}Index`],
    values[`${prefix}Region`],
    values[`${prefix}City`],
    values[`${prefix}Street`],
    withLabel('д.', values[`${prefix}House`]),
    withLabel('корп.', values[`${prefix}Housing`]),
    withLabel('кв.', values[`${prefix}Apartment`]),
  ]
  // A city that is its own region appears once.
  return parts.filter((part, index) => part && part !== parts[index - 1]).join(', ')
}

/** The canonical names of the parts of an address. */
export function addressFieldNames<const Prefix extends AddressPrefix>(prefix: Prefix) {
  return [
    `${prefix}Index`,
    `${prefix}Region`,
    `${prefix}City`,
    `${prefix}Street`,
    `${prefix}House`,
    `${prefix}Housing`,
    `${prefix}Apartment`,
  ] as const
}

function withLabel(label: string, part: string | undefined): string | undefined {
  return part && `${label} ${part}`
}

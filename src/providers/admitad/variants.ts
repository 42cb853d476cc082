import { transliterate } from './transliterate.ts'

const phones = new Set(['mobile_phone', 'phone', 'work_phone', 'guarantor_phone'])
const names = new Set(['first_name', 'last_name', 'middle_name', 'guarator'])
const money = new Set(['credit_sum', 'work_salary'])

/** The ways in which a parameter's value may be written without saying anything else; the usual one first. */
export function variantsOf(path: string, value: string): readonly string[] {
  const [, national] = /^\+7(\d{10})$/.exec(value) ?? []
  if (phones.has(path) && national !== undefined) {
    return [value, `7${national}`, `8${national}`, national]
  }
  if (path === 'passport_cn') return [value, value.replace(/^(\d{4})(\d{6})$/, '$1 $2')]
  if (money.has(path)) return [value, value.replace(/\.00$/, '')]
  // A campaign's "а-я" leaves ё out.
  const plain = value.replaceAll('ё', 'е').replaceAll('Ё', 'Е')
  return names.has(path) ? [value, plain, transliterate(value)] : [value, plain]
}

import { isRecord, type JsonRecord } from '../core/json.ts'
import {
  clientMembers,
  commentMembers,
  contactMembers,
  contactValues,
  type Members,
  objectMembers,
  orderMembers,
  passportMembers,
} from './client-fields.ts'

/** A deviation from the document: its path and a sentence in Russian. */
export type Problem = { readonly field: string; readonly text: string }

const lists = {
  contacts: contactMembers,
  comments: commentMembers,
  objects: objectMembers,
  orders: orderMembers,
} as const

/** Every deviation of a body from the document. */
export function checkClients(body: JsonRecord): readonly Problem[] {
  const { encoding, data, ...others } = body
  const problems = unknownMembers('', Object.keys(others))
  if (encoding !== undefined && encoding !== 0 && encoding !== 1) {
    problems.push({ field: 'encoding', text: 'Ожидается 0 или 1' })
  }
  if (!Array.isArray(data) || data.length === 0) {
    return [...problems, { field: 'data', text: 'Ожидается список клиентов' }]
  }
  return [...problems, ...data.flatMap((client, index) => checkClient(`data.${index}`, client))]
}

function checkClient(path: string, client: unknown): readonly Problem[] {
  if (!isRecord(client)) return [{ field: path, text: 'Ожидается объект' }]
  const { contacts, comments, objects, orders, passport, ...plain } = client
  const problems = [
    ...checkMembers(path, plain, clientMembers),
    ...checkList(`${path}.comments`, comments, lists.comments),
    ...checkList(`${path}.objects`, objects, lists.objects),
    ...checkList(`${path}.orders`, orders, lists.orders),
    ...(passport === undefined ? [] : checkMembers(`${path}.passport`, passport, passportMembers)),
  ]
  if (contacts === undefined) problems.push({ field: `${path}.contacts`, text: 'Обязательное поле' })
  else {
    problems.push(...checkList(`${path}.contacts`, contacts, lists.contacts))
    if (Array.isArray(contacts)) problems.push(...checkContacts(`${path}.contacts`, contacts))
  }
  if ('cityName' in client && !('regionId' in client) && !('regionName' in client)) {
    problems.push({ field: `${path}.cityName`, text: 'Город ищется только вместе с регионом' })
  }
  if ('agency' in client && !client['clientType']) {
    problems.push({ field: `${path}.agency`, text: 'У физического лица нет организации' })
  }
  return problems
}

function checkList(path: string, list: unknown, members: Members): readonly Problem[] {
  if (list === undefined) return []
  if (!Array.isArray(list) || list.length === 0) return [{ field: path, text: 'Ожидается список' }]
  return list.flatMap((item, index) => checkMembers(`${path}.${index}`, item, members))
}

function checkMembers(path: string, item: unknown, members: Members): readonly Problem[] {
  if (!isRecord(item)) return [{ field: path, text: 'Ожидается объект' }]
  return [
    ...unknownMembers(
      `${path}.`,
      Object.keys(item).filter((name) => !Object.hasOwn(members, name)),
    ),
    ...Object.entries(members).flatMap(([name, { rule, required }]) => {
      const value = item[name]
      const text = value === undefined ? required && 'Обязательное поле' : rule(value)
      return text === undefined ? [] : [{ field: `${path}.${name}`, text }]
    }),
  ]
}

/**
 * The rules between members of contacts: the format of each type, members of phones only, one main contact of each
 * kind.
 */
function checkContacts(path: string, contacts: readonly unknown[]): readonly Problem[] {
  const problems: Problem[] = []
  const mains = { phone: 0, email: 0, other: 0 }
  contacts.filter(isRecord).forEach(({ type, value, general, spy }, index) => {
    const isPhone = type === 'mobile' || type === 'city'
    if (typeof value === 'string' && !(contactValues[String(type)]?.test(value) ?? true)) {
      problems.push({ field: `${path}.${index}.value`, text: `Не похоже на контакт типа ${String(type)}` })
    }
    if (spy !== undefined && !isPhone) {
      problems.push({ field: `${path}.${index}.spy`, text: 'Указывается только у телефонов' })
    }
    if (general === 1) {
      const kind = isPhone ? 'phone' : type === 'email' ? 'email' : 'other'
      mains[kind] += 1
      if (mains[kind] > 1) {
        problems.push({ field: `${path}.${index}.general`, text: 'Главный контакт в типе один' })
      }
    }
  })
  return problems
}

function unknownMembers(path: string, names: readonly string[]): Problem[] {
  return names.map((name) => ({ field: `${path}${name}`, text: 'Неизвестное поле' }))
}

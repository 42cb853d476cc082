import { isRegionKladr } from '../../../fields/place/kladr.ts'
import { queryVariants } from '../../../places/query-variants.ts'
import type { Queryable } from '../../database/database.ts'
import { foldStreetWords } from './fold-street.ts'
import { maxSuggestions } from './house-search.ts'
import { findStreetTypes, isStreetType } from './street-types.ts'
import { createStreetTypoPatterns, matchesWithTypo } from './street-typos.ts'

/** A street with its code. */
export interface FoundStreet {
  /** 17 digits. */
  readonly kladr: string
  readonly name: string
  /** The abbreviated type of KLADR: `ул`, `пр-кт`. */
  readonly type: string
  /** The post index, if one is known for the whole street: six digits. */
  readonly index?: string
}

/** Streets that match, the best first, and whether these are all. */
export interface StreetAnswer {
  readonly streets: readonly FoundStreet[]
  readonly complete: boolean
}

/** Words of a query; the rest is ignored. */
const maxWords = 8

/** Rows that are looked through for typing errors. */
const maxTypoCandidates = 2000

/**
 * Finds the streets of a city by the beginnings of their words, in any order. A word for a type of street selects the
 * type, unless no street matches then. Without a match, one typing error is allowed. `city` has 13 digits. A federal city
 * has the streets of its settlements, too, apart from those with the name and type of another street of the city.
 */
export async function findStreets(
  database: Queryable,
  table: string,
  { city, text }: { readonly city: string; readonly text: string },
): Promise<StreetAnswer> {
  const search: Search = { database, table, ...rangeOf(city) }
  const readings = readQuery(text)
  if (readings.length === 0) return toAnswer(await selectStreets(search, { words: [], conditions: () => [] }))
  const untyped = readings.map((words) => words.filter((word) => !isStreetType(word)))
  const attempts = [
    ...readings,
    ...untyped.filter((words, index) => words.length < (readings[index] ?? []).length),
  ]
  for (const words of attempts) {
    if (words.length === 0) continue
    const rows = await selectStreets(search, { words, conditions: (bind) => matchWords(words, bind) })
    if (rows.length > 0) return toAnswer(rows)
  }
  for (const words of untyped) {
    const { rows, isCut } = await selectWithTypo(search, words)
    if (rows.length > 0) return toAnswer(rows, isCut)
  }
  return toAnswer([])
}

interface Search {
  readonly database: Queryable
  readonly table: string
  /** The first 11 digits of the city's code, and of the last one that belongs to it. */
  readonly from: string
  readonly to: string
}

/** The settlements of a federal city have codes of the same region. */
function rangeOf(city: string): Pick<Search, 'from' | 'to'> {
  const from = city.slice(0, 11)
  return { from, to: isRegionKladr(city) ? `${city.slice(0, 2)}999999999` : from }
}

/** The words that were typed, in all readings: Latin letters may be Russian ones in the other layout, or spelt out. */
function readQuery(text: string): readonly (readonly string[])[] {
  const readings = [text, ...(/[a-z]/i.test(text) ? queryVariants(text).map((one) => one.text) : [])]
  return [...new Set(readings.map((one) => foldStreetWords(one).slice(0, maxWords).join(' ')))]
    .filter((one) => one !== '')
    .map((one) => one.split(' '))
}

type Bind = (value: unknown) => string

interface Selection {
  readonly words: readonly string[]
  readonly conditions: (bind: Bind) => readonly string[]
  readonly limit?: number
}

interface StreetRecord {
  readonly kladr: string
  readonly name: string
  readonly type: string
  readonly index: string | null
  readonly key: string
}

function matchWords(words: readonly string[], bind: Bind): readonly string[] {
  return words.map((word) => {
    const types = findStreetTypes(word)
    const byName = `key like ${bind(`% ${word}%`)}`
    return types.length === 0 ? byName : `(${byName} or type = any(${bind(types)}::text[]))`
  })
}

/** Selects streets: those first whose whole name was typed, then those that begin so, the shorter ones first. */
async function selectStreets(
  { database, table, from, to }: Search,
  { words, conditions, limit = maxSuggestions + 1 }: Selection,
): Promise<readonly StreetRecord[]> {
  const parameters: unknown[] = []
  const bind: Bind = (value) => `$${parameters.push(value)}`
  const own = `${bind(from)}::bigint`
  const inCity = from === to ? `city = ${own}` : `city between ${own} and ${bind(to)}::bigint`
  const where = [inCity, ...conditions(bind)].join(' and ')
  const columns = 'city, street, name, type, index, key'
  const source =
    from === to
      ? `select ${columns} from ${table} where ${where}`
      : `select ${columns} from (
           select *, min(city) over same as lowest, max(city) over same as highest from ${table} where ${where}
           window same as (partition by key, type)) as found
         where city = ${own} or lowest = highest`
  const typed = [words, words.filter((word) => !isStreetType(word))].filter((some) => some.length > 0)
  const texts = [...new Set(typed.map((some) => ` ${some.join(' ')}`))]
  const order =
    texts.length === 0
      ? ''
      : `key = any(${bind(texts.map((one) => `${one} `))}::text[]) desc,
         key like any(${bind(texts.map((one) => `${one}%`))}::text[]) desc,
         ${matchesAll(words, bind)} desc, length(key), type = 'ул' desc,`
  return database.query<StreetRecord>(
    `select lpad(city::text, 11, '0') || lpad(street::text, 4, '0') || '00' as kladr, name, type,
       lpad(index::text, 6, '0') as index, key
     from (${source}) as matched order by ${order} key, type, city, street limit ${limit}`,
    parameters,
  )
}

/** Whether the name itself has all words, rather than the type one of them. */
function matchesAll(words: readonly string[], bind: Bind): string {
  return `key like all(${bind(words.map((word) => `% ${word}%`))}::text[])`
}

/** `isCut`: more streets may match than were looked through. */
async function selectWithTypo(
  search: Search,
  words: readonly string[],
): Promise<{ readonly rows: readonly StreetRecord[]; readonly isCut: boolean }> {
  const patterns = words.flatMap(createStreetTypoPatterns)
  if (patterns.length === 0) return { rows: [], isCut: false }
  const candidates = await selectStreets(search, {
    words,
    conditions: (bind) => [`key like any(${bind(patterns)}::text[])`],
    limit: maxTypoCandidates,
  })
  return {
    rows: candidates.filter(({ key }) => matchesWithTypo(words, key)),
    isCut: candidates.length === maxTypoCandidates,
  }
}

function toAnswer(rows: readonly StreetRecord[], isCut = false): StreetAnswer {
  return {
    streets: rows
      .slice(0, maxSuggestions)
      .map(({ kladr, name, type, index }) => ({ kladr, name, type, ...(index === null ? {} : { index }) })),
    complete: !isCut && rows.length <= maxSuggestions,
  }
}

import {
  type InferOutput,
  array,
  check,
  integer,
  maxLength,
  maxValue,
  minLength,
  minValue,
  nullable,
  number,
  object,
  picklist,
  pipe,
  regex,
  safeParse,
  strictTuple,
  string,
} from 'valibot'
import { isHouseKladr, isStreetKladr } from '../../../fields/place/kladr.ts'
import type { Queryable } from '../../database/database.ts'
import { toStreetKey } from './fold-street.ts'
import { type StreetList, streetLists, streetTableName } from './street-tables.ts'

/** Rows in one request. */
export const maxRowsOfRequest = 5000

/** More rows than any country has. */
const maxRows = 20_000_000

const text = pipe(string(), maxLength(255))
const index = nullable(pipe(string(), regex(/^\d{6}$/)))
const streetRow = strictTuple([
  pipe(string(), check(isStreetKladr)),
  pipe(text, minLength(1)),
  pipe(string(), maxLength(40)),
  index,
])
const houseRow = strictTuple([pipe(string(), check(isHouseKladr)), pipe(text, minLength(1)), index])

/** A street of a directory: its code (17 digits), name, abbreviated type, and post index. */
export type StreetRow = InferOutput<typeof streetRow>

/** Houses that share a code (19 digits), as the file lists them, and their post index. */
export type HouseRow = InferOutput<typeof houseRow>

/** Rows of one directory. */
export type StreetRows =
  | { readonly list: 'streets'; readonly rows: readonly StreetRow[] }
  | { readonly list: 'houses'; readonly rows: readonly HouseRow[] }

const newListSchema = object({
  list: picklist(streetLists),
  fingerprint: pipe(string(), regex(/^[\da-f]{64}$/)),
  rows: pipe(number(), integer(), minValue(1), maxValue(maxRows)),
})

/** A directory to import. `fingerprint` changes with its content. */
export type NewStreetList = InferOutput<typeof newListSchema>

/** Parses a {@link NewStreetList} of a request; `undefined` if it is invalid. */
export function parseNewStreetList(candidate: unknown): NewStreetList | undefined {
  const result = safeParse(newListSchema, candidate)
  return result.success ? result.output : undefined
}

const partSchemas = {
  streets: object({
    first: pipe(number(), integer(), minValue(0)),
    rows: pipe(array(streetRow), maxLength(maxRowsOfRequest)),
  }),
  houses: object({
    first: pipe(number(), integer(), minValue(0)),
    rows: pipe(array(houseRow), maxLength(maxRowsOfRequest)),
  }),
} as const satisfies Record<StreetList, unknown>

/** A part of a directory, with the number of rows before it. */
export type StreetPart = StreetRows & { readonly first: number }

/** Parses a part of a request; `undefined` unless all of it is valid. */
export function parseStreetPart(list: StreetList, candidate: unknown): StreetPart | undefined {
  if (list === 'streets') {
    const result = safeParse(partSchemas.streets, candidate)
    return result.success ? { list, ...result.output } : undefined
  }
  const result = safeParse(partSchemas.houses, candidate)
  return result.success ? { list, ...result.output } : undefined
}

/** Adds rows to the table of a generation. */
export async function insertStreetRows(
  database: Queryable,
  generation: number,
  part: StreetRows,
): Promise<void> {
  const table = streetTableName(part.list, generation)
  if (part.list === 'streets')
    await database.query(
      `insert into ${table} (city, street, name, type, key, index)
       select * from unnest($1::bigint[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::integer[])`,
      [
        part.rows.map(([code]) => code.slice(0, 11)),
        part.rows.map(([code]) => code.slice(11, 15)),
        part.rows.map(([, name]) => name),
        part.rows.map(([, , type]) => type),
        part.rows.map(([, name]) => toStreetKey(name)),
        part.rows.map(([, , , code]) => code),
      ],
    )
  else
    await database.query(
      `insert into ${table} (street, house, names, index)
       select * from unnest($1::bigint[], $2::smallint[], $3::text[], $4::integer[])`,
      [
        part.rows.map(([code]) => code.slice(0, 15)),
        part.rows.map(([code]) => code.slice(15)),
        part.rows.map(([, names]) => names),
        part.rows.map(([, , code]) => code),
      ],
    )
}

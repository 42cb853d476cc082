import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  inspectStreetFiles,
  readStreetFiles,
  sortPlaceFiles,
} from '../../../../src/relay/places/import/street-dbf.ts'
import type { StreetList } from '../../../../src/relay/places/streets/street-tables.ts'
import { buildDbf, buildHouses, buildKladr, buildStreets, buildTypes } from '../dbf.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anketa-street-files-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let files = 0
async function write(content: Uint8Array | string): Promise<string> {
  files += 1
  const file = join(folder, `file-${files}.DBF`)
  await writeFile(file, content)
  return file
}

/** Reads files as the command does: once through, and then their rows. */
async function read(list: StreetList, ...contents: readonly Uint8Array[]) {
  const paths: string[] = []
  for (const content of contents) paths.push(await write(content))
  let skipped = 0
  const content = await inspectStreetFiles(list, paths, (_, found) => {
    skipped += found.skipped
  })
  const rows: unknown[] = []
  for await (const part of readStreetFiles(list, paths)) rows.push(...part.rows)
  expect(rows).toHaveLength(content.rows)
  return { rows, skipped, fingerprint: content.fingerprint }
}

async function refusal(list: StreetList, content: Uint8Array | string): Promise<string> {
  const path = await write(content)
  const error: unknown = await inspectStreetFiles(list, [path], () => {}).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof Error ? error.message.replace(/file-\d+/, 'FILE') : ''
}

const street = ['Тёплая', 'ул', '72000001000000100', '625000'] as const

describe('STREET.DBF', () => {
  it('gives current streets with the post index, decoded from cp866', async () => {
    const found = await read(
      'streets',
      buildStreets(
        [
          street,
          ['Бывшая', 'ул', '72000001000000101'],
          ['Старая', 'ул', '72000001000000251'],
          ['', 'ул', '72000001000000300'],
          ['Удалённая', 'ул', '72000001000000400'],
          ['1-я Новая', 'пр-кт', '72000001000000500', '0'],
          ['Без типа', '', '72000001000000600', '000000'],
        ],
        { deleted: [4] },
      ),
    )
    expect(found.rows).toEqual([
      ['72000001000000100', 'Тёплая', 'ул', '625000'],
      ['72000001000000500', '1-я Новая', 'пр-кт', null],
      ['72000001000000600', 'Без типа', '', null],
    ])
    expect(found.skipped).toBe(3)
  })

  it('is decoded from Windows-1251 if its language driver says so', async () => {
    const { rows } = await read('streets', buildStreets([street], { driver: 0xc9 }))
    expect(rows).toEqual([['72000001000000100', 'Тёплая', 'ул', '625000']])
  })

  it('needs no other columns than the name, the type and the code', async () => {
    const columns = [
      ['CODE', 17],
      ['NAME', 20],
      ['SOCR', 5],
    ] as const
    const { rows } = await read('streets', buildDbf(columns, [['72000001000000100', 'Тёплая', 'ул']]))
    expect(rows).toEqual([['72000001000000100', 'Тёплая', 'ул', null]])
  })

  it('is read whole, however many pieces it has, and several files one after the other', async () => {
    const many = Array.from(
      { length: 9000 },
      (_, index) => [`Улица ${index}`, 'ул', `7200000100${String(index + 1).padStart(5, '0')}00`] as const,
    )
    const { rows, fingerprint } = await read('streets', buildStreets(many), buildStreets([street]))
    expect(rows).toHaveLength(9001)
    expect(rows[4500]).toEqual(['72000001000450100', 'Улица 4500', 'ул', null])
    expect((await read('streets', buildStreets(many), buildStreets([street]))).fingerprint).toBe(fingerprint)
    expect((await read('streets', buildStreets(many.toReversed()))).fingerprint).not.toBe(fingerprint)
  })

  it.each<[string, () => Uint8Array | string, string]>([
    [
      'a short code',
      () => buildStreets([street, ['Х', 'ул', '7200000100000']]),
      'FILE.DBF, row 2: CODE: expected 17 digits, got "7200000100000"',
    ],
    [
      'a region without a number',
      () => buildStreets([['Х', 'ул', '00000001000000100']]),
      'expected 17 digits',
    ],
    [
      'other columns',
      () => buildTypes([['5', 'ул', 'Улица']]),
      'expected the columns NAME, SOCR, CODE; the file has',
    ],
    ['no rows', () => buildStreets([]), 'FILE.DBF: there is no street in it'],
    ['former names only', () => buildStreets([['Х', 'ул', '72000001000000101']]), 'there is no street in it'],
    [
      'a half',
      () => buildStreets([street, street]).subarray(0, 400),
      'row 2: the file ends here, but it should have 2 rows',
    ],
    ['no DBF', () => 'name,code\n'.repeat(100), 'FILE.DBF: not a DBF file'],
    ['nothing', () => '', 'FILE.DBF: not a DBF file: it is too short'],
  ])('is refused with %s', async (_, build, message) => {
    expect(await refusal('streets', build())).toContain(message)
  })

  it('is refused if a row in any piece is damaged, or the file is missing', async () => {
    const many = Array.from({ length: 9000 }, () => street)
    const bytes = buildStreets(many)
    const rowLength = (bytes.length - (32 + 32 * 7 + 1) - 1) / many.length
    bytes[32 + 32 * 7 + 1 + 8000 * rowLength] = 0x31
    expect(await refusal('streets', bytes)).toContain('row 8001: the row is damaged')
    await expect(inspectStreetFiles('streets', [join(folder, 'none.DBF')], () => {})).rejects.toThrow(
      'none.DBF: there is no such file',
    )
  })
})

describe('DOMA.DBF', () => {
  it('gives rows as they are, with their codes', async () => {
    const { rows, skipped } = await read(
      'houses',
      buildHouses([
        ['1,3к1,Н(5-31)', '7200000100000010001', '625001'],
        ['', '7200000100000010002'],
        ['двлд7', '7200000100000010003'],
      ]),
    )
    expect(rows).toEqual([
      ['7200000100000010001', '1,3к1,Н(5-31)', '625001'],
      ['7200000100000010003', 'двлд7', null],
    ])
    expect(skipped).toBe(1)
  })

  it('is refused with the code of a street', async () => {
    expect(await refusal('houses', buildHouses([['1', '72000001000000100']]))).toContain(
      'row 1: CODE: expected 19 digits',
    )
  })
})

it('files are sorted by the length of their codes, whatever they are called', async () => {
  const [kladr, streets, houses, types] = [
    await write(buildKladr([['Тюмень', 'г', '7200000100000']])),
    await write(buildStreets([street])),
    await write(buildHouses([['1', '7200000100000010001']])),
    await write(buildTypes([['1', 'обл', 'Область']])),
  ]
  expect(await sortPlaceFiles([houses, 'city.csv', kladr, streets, types])).toEqual({
    places: ['city.csv', kladr, types],
    streets: [streets],
    houses: [houses],
  })
})

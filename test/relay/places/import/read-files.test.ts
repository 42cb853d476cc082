import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlaceFiles } from '../../../../src/relay/places/import/read-files.ts'
import { PlaceFileError } from '../../../../src/relay/places/import/imported-places.ts'
import { buildDbf, buildKladr, buildTypes } from '../dbf.ts'

let root: string
let folders = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'anketa-files-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** Writes files into a new folder and reads the `named` ones, by default all. */
async function readFiles(
  files: Readonly<Record<string, Uint8Array | string>>,
  named: readonly string[] = Object.keys(files),
) {
  folders += 1
  const folder = join(root, String(folders))
  await mkdir(folder)
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  let skipped = 0
  const { regions, cities } = await readPlaceFiles(
    named.map((name) => join(folder, name)),
    (_, found) => {
      skipped += found.skipped
    },
  )
  return { regions: Object.fromEntries(regions), cities, skipped }
}

/** The message of the error with which files are refused. */
async function refusal(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const error = await readFiles(files).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(PlaceFileError)
  return error instanceof Error ? error.message : ''
}

const base = [
  ['Тюменская', 'обл', '7200000000000'],
  ['Тюмень', 'г', '7200000100000'],
  ['Примерный', 'р-н', '7200200000000'],
  ['Ёлкино', 'с', '7200200000100'],
  ['Москва', 'г', '7700000000000'],
] as const

describe('KLADR.DBF', () => {
  it('gives regions, cities and villages, decoded from cp866', async () => {
    expect(await readFiles({ 'KLADR.DBF': buildKladr(base) })).toEqual({
      regions: { '7200000000000': 'Тюменская область', '7700000000000': 'Москва' },
      cities: [
        { kladr: '7200000100000', name: 'Тюмень', type: 'г' },
        { kladr: '7200200000100', name: 'Ёлкино', type: 'с' },
        { kladr: '7700000000000', name: 'Москва', type: 'г' },
      ],
      skipped: 2,
    })
  })

  it('is decoded from Windows-1251 if its language driver says so', async () => {
    const { cities } = await readFiles({ 'kladr.dbf': buildKladr(base, { driver: 0xc9 }) })
    expect(cities.map(({ name }) => name)).toEqual(['Тюмень', 'Ёлкино', 'Москва'])
  })

  it.each([
    ['a former name', ['Старое', 'г', '7200000100001'], false],
    ['a place that was joined to another', ['Бывшее', 'с', '7200200000251'], false],
    ['a district', ['Иной', 'р-н', '7200300000000'], false],
    ['a rural council', ['Ивановский', 'с/с', '7200200100000'], false],
    ['a garden society', ['Ромашка', 'снт', '7200200000300'], false],
    ['a city that was a district', ['Одинцово', 'г', '7200400000000'], true],
    ['a village', ['Иваново', 'д', '7200200000400'], true],
    ['an urban settlement', ['Винзили', 'рп', '7200200000500'], true],
    ['a railway station', ['Подъём', 'ж/д_ст', '7200200000600'], true],
  ] as const)('imports cities and villages only: %s', async (_, row, counted) => {
    const { cities } = await readFiles({ 'KLADR.DBF': buildKladr([...base, row]) })
    expect(cities.some(({ kladr }) => kladr === row[2])).toBe(counted)
  })

  it('takes unknown types from SOCRBASE.DBF in the same folder', async () => {
    const files = {
      'KLADR.DBF': buildKladr([
        ...base,
        ['Новое', 'с.', '7200200000700'],
        ['Странное', 'щщ', '7200200000800'],
      ]),
      'Socrbase.dbf': buildTypes([
        ['4', 'щщ', 'Село'],
        ['5', 'щщ', 'Улица'],
      ]),
    }
    for (const named of [['KLADR.DBF'], Object.keys(files)]) {
      const { cities } = await readFiles(files, named)
      expect(cities.map(({ name }) => name)).toEqual(['Тюмень', 'Ёлкино', 'Москва', 'Новое', 'Странное'])
    }
  })

  it('skips deleted rows', async () => {
    const { cities } = await readFiles({ 'KLADR.DBF': buildKladr(base, { deleted: [1] }) })
    expect(cities.map(({ name }) => name)).toEqual(['Ёлкино', 'Москва'])
  })

  it('names an unknown region as the file does', async () => {
    const { regions } = await readFiles({
      'KLADR.DBF': buildKladr([
        ['Новая', 'обл', '9700000000000'],
        ['Город', 'г', '9700000100000'],
      ]),
    })
    expect(regions).toEqual({ '9700000000000': 'Новая область' })
  })

  it.each([
    ['a code of other length', [['Х', 'с', '720020000010']], 'KLADR.DBF, row 6: CODE: expected 13 digits'],
    ['a code of letters', [['Х', 'с', '72002000001ОО']], 'KLADR.DBF, row 6: CODE: expected 13 digits'],
    ['no name', [['', 'с', '7200200000900']], 'KLADR.DBF, row 6: NAME is empty'],
    [
      'a code twice',
      [['Х', 'с', '7200000100000']],
      'KLADR.DBF, row 6: the code 7200000100000 is already in row 2',
    ],
    [
      'no region',
      [['Х', 'с', '5000000100000']],
      'KLADR.DBF, row 6: its region 5000000000000 is not in the file',
    ],
  ] as const)('with %s is refused, and the error names the row', async (_, rows, message) => {
    expect(await refusal({ 'KLADR.DBF': buildKladr([...base, ...rows]) })).toContain(message)
  })

  it.each([
    [
      'cut off',
      buildKladr(base).subarray(0, -100),
      'KLADR.DBF, row 4: the file ends here, but it should have 5 rows',
    ],
    ['empty', new Uint8Array(), 'KLADR.DBF: not a DBF file: it is too short'],
    [
      'a text',
      new TextEncoder().encode('x'.repeat(2000)),
      'KLADR.DBF: not a DBF file: the header is invalid',
    ],
    [
      'of other columns',
      buildDbf([['NAME', 10]], [['Х']]),
      'expected the columns NAME, SOCR, CODE; the file has NAME',
    ],
    ['without a city', buildKladr([['Тюменская', 'обл', '7200000000000']]), 'there is no city in it'],
  ])('that is %s is refused', async (_, bytes, message) => {
    expect(await refusal({ 'KLADR.DBF': bytes })).toContain(message)
  })

  it('with a damaged row is refused, and the error names the row', async () => {
    const bytes = buildKladr(base)
    bytes[32 + 8 * 32 + 1 + 2 * 90] = 0x41
    expect(await refusal({ 'KLADR.DBF': bytes })).toContain('KLADR.DBF, row 3: the row is damaged')
  })

  it('cannot be STREET.DBF', async () => {
    const street = buildDbf(
      [
        ['NAME', 40],
        ['SOCR', 10],
        ['CODE', 17],
      ],
      [['Ленина', 'ул', '72000001000000100']],
    )
    expect(await refusal({ 'STREET.DBF': street })).toContain(
      'this file lists streets or houses; use KLADR.DBF',
    )
  })
})

const header = 'address,region_type,region,city_type,city,settlement_type,settlement,kladr_id,population'
const rows = [
  '"Тюменская обл, г Тюмень",обл,Тюменская,г,Тюмень,,,7200000100000,847488',
  'г Москва,г,Москва,,,,,7700000000000,13010112',
  '"с ""Ёлкино""",обл,Тюменская,,,с,Ёлкино,7200200000100,1200[3]',
]

describe('a CSV', () => {
  it('larger than one chunk of the stream is read whole, with mixed line ends and blank lines', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => {
      const kladr = `72${String(Math.floor(index / 900)).padStart(3, '0')}${String((index % 900) + 1).padStart(3, '0')}00000`
      return `"с ""Ёлкино"", ${index}",обл,Тюменская,,,с,Ёлкино ${index},${kladr},${index}`
    })
    const text = [header, ...many].map((line, index) => line + ['\n', '\r\n', '\n\n'][index % 3]).join('')
    const { cities } = await readFiles({ 'city.csv': text })
    expect(cities).toHaveLength(5000)
    expect(cities.at(-1)).toMatchObject({ name: 'Ёлкино 4999', population: 4999 })
  })

  it('gives regions and cities with their population', async () => {
    expect(await readFiles({ 'city.csv': `\uFEFF${[header, ...rows, ''].join('\r\n')}` })).toEqual({
      regions: { '7200000000000': 'Тюменская область', '7700000000000': 'Москва' },
      cities: [
        { kladr: '7200000100000', name: 'Тюмень', type: 'г', population: 847_488 },
        { kladr: '7700000000000', name: 'Москва', type: 'г', population: 13_010_112 },
        { kladr: '7200200000100', name: 'Ёлкино', type: 'с', population: 1200 },
      ],
      skipped: 0,
    })
  })

  it('may have three columns in any order, semicolons, and a line break inside quotes', async () => {
    const text = 'City;kladr_id;Region\n"Тюмень";7200000100000;"Тюменская\nобласть"'
    expect((await readFiles({ 'list.csv': text })).cities).toEqual([
      { kladr: '7200000100000', name: 'Тюмень', type: 'г' },
    ])
  })

  it('adds the population to KLADR.DBF', async () => {
    const files = { 'city.csv': [header, ...rows].join('\n'), 'KLADR.DBF': buildKladr(base) }
    const { cities } = await readFiles(files)
    expect(cities).toEqual([
      { kladr: '7200000100000', name: 'Тюмень', type: 'г', population: 847_488 },
      { kladr: '7200200000100', name: 'Ёлкино', type: 'с', population: 1200 },
      { kladr: '7700000000000', name: 'Москва', type: 'г', population: 13_010_112 },
    ])
  })

  it.each([
    [
      'a lost zero',
      ',обл,Х,г,Х,,,100000200000,',
      'row 5: kladr_id: expected 13 digits, got "100000200000": a spreadsheet',
    ],
    [
      'a number',
      ',обл,Х,г,Х,,,"7,2E+12",',
      'row 5: kladr_id: expected 13 digits, got "7,2E+12": a spreadsheet',
    ],
    ['a region for a city', ',обл,Х,г,Х,,,7200000000000,', 'row 5: kladr_id: expected the code of a city'],
    ['no city', ',обл,Х,,,,,7200000200000,', 'row 5: city is empty'],
    ['no region', ',обл,,г,Х,,,7200000200000,', 'row 5: region is empty'],
    ['a code twice', rows[0] ?? '', 'row 5: the code 7200000100000 is already in row 2'],
    ['columns missing', 'обл,Х', 'row 5: expected 9 columns as in the header, got 2'],
    ['an open quote', '"обл,Х,г,Х,,,7200000200000,', 'row 5: a quote is opened here and never closed'],
    ['text behind a quote', '"обл"х,Х,г,Х,,,,7200000200000,', 'row 5: there is text after a closing quote'],
    ['a quote inside a cell', 'с "Ё",обл,Х,г,Х,,,7200000200000,', 'row 5: there is a quote inside a cell'],
  ])('with %s is refused, and the error names the row', async (_, row, message) => {
    expect(await refusal({ 'city.csv': [header, ...rows, row].join('\n') })).toContain(`city.csv, ${message}`)
  })

  it.each([
    ['empty', '', 'city.csv, row 1: expected a header with the columns kladr_id, region, city'],
    ['without a header', rows.join('\n'), 'city.csv, row 1: expected a header'],
    ['without rows', header, 'there is no city in it'],
    ['in another encoding', Uint8Array.of(0xd2, 0xfe, 0xec), 'city.csv: expected text in UTF-8'],
  ])('that is %s is refused', async (_, content, message) => {
    expect(await refusal({ 'city.csv': content })).toContain(message)
  })
})

it('the error for a missing file says so', async () => {
  await expect(readPlaceFiles([join(root, 'none.csv')], () => {})).rejects.toThrow('there is no such file')
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDepartmentFile } from '../../../../src/relay/places/departments/read-departments.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anketa-departments-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(content: string | Uint8Array) {
  const file = join(folder, 'units.csv')
  await writeFile(file, content)
  const { departments, leftOut } = await readDepartmentFile(file)
  return { departments: Object.fromEntries(departments), leftOut }
}

/** The bytes of windows-1251. Node encodes nothing but Unicode. */
function toWindows1251(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0)
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code
  })
}

const [first, second] = ['ОВД Выдуманского района', 'УМВД г. Вымышленска']
const expected = { '720-001': [first, second], '010-009': ['ОВД "Сказка"'] }

describe('a file of departments', () => {
  const rows = `720-001,${first}\n720-001,${second}\n010-009,ОВД "Сказка"\n`
  it.each([
    ['as it is published', `code,name\n${rows}`],
    ['with a byte order mark', `\uFEFFcode,name\n${rows}`],
    ['without a header', rows],
    ['without a header, with a byte order mark', `\uFEFF${rows}`],
    ['in windows-1251', toWindows1251(`code,name\n${rows}`)],
    [
      'in UTF-16, as spreadsheets save Unicode text',
      Buffer.from(`\uFEFF${rows.replaceAll(',', '\t')}`, 'utf16le'),
    ],
    ['with semicolons and empty cells', `code;name;;\n${rows.replaceAll(',', ';').replaceAll('\n', ';;\n')}`],
    ['with quotes', `"code","name"\n720-001,"${first}"\n"720-001","${second}"\n010-009,"ОВД ""Сказка"""\n`],
    [
      'with other columns, in another order',
      `id,name,code\n1,${first},720-001\n2,${second},720-001\n3,ОВД "Сказка",010-009\n`,
    ],
    ['with Russian titles', `Код подразделения;Кем выдан\n${rows.replaceAll(',', ';')}`],
    [
      'with repeated rows, empty lines and line ends of Windows',
      `code,name\r\n${rows}\n${rows}`.replaceAll(/\r?\n/g, '\r\n'),
    ],
    [
      'with codes and names in other spellings',
      `720001,  ${first} \n720 001,${second}\n010–009,ОВД “Сказка”\n`,
    ],
  ])('is read %s', async (_, content) => {
    const { departments, leftOut } = await read(content)
    expect(leftOut).toBe(0)
    expect(departments).toEqual(expected)
  })

  it('keeps a name with a comma in quotes whole', async () => {
    expect((await read('720-001,"ОВД, отдел 2"\n')).departments).toEqual({ '720-001': ['ОВД, отдел 2'] })
  })

  it('leaves out names that no form accepts', async () => {
    const rest = Array.from({ length: 20 }, (_, index) => `720-0${index + 10},ОВД\n`).join('')
    expect(await read(`${rest}720-001,OVD Latin\n`)).toMatchObject({ leftOut: 1 })
  })

  it.each([
    ['nothing', '', 'expected names in Russian letters'],
    ['a header alone', 'code,name,Россия\n', 'there is no department in it'],
    [
      'a web page',
      '<!doctype html><title>Ошибка</title>',
      'row 1: expected the columns code and name, or rows such as',
    ],
    ['another table', 'region,city\nТюменская,Тюмень\n', 'row 1: expected the columns code and name'],
    [
      'a list of cities',
      'kladr_id,region,city\n7200000100000,Тюменская,Тюмень\n',
      'row 1: expected the columns code and name',
    ],
    ['an archive', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0xff]), 'this is no text'],
    [
      'a code without its zero',
      '720-001,ОВД\n10001,ОВД\n',
      'row 2: expected a code such as 770-001, got "10001": a spreadsheet has removed the leading zero',
    ],
    [
      'another code',
      'code,name\n7200000100000,ОВД\n',
      'row 2: expected a code such as 770-001, got "7200000100000"',
    ],
    [
      'a name with a comma',
      '720-001,ОВД, отдел 2\n',
      'row 1: expected 2 columns, got 3: enclose a name with a delimiter in quotes',
    ],
    ['an open quote', '720-001,"ОВД\n720-002,ОВД\n', 'row 1: a quote is opened here and never closed'],
    [
      'another encoding',
      Buffer.from(`720-001,${first}\n`, 'utf8').map((byte) => (byte === 0xd0 ? 0x98 : byte)),
      'expected a name in Russian letters of at most 255 characters',
    ],
  ])('is refused with the reason: %s', async (_, content, problem) => {
    await expect(read(content)).rejects.toThrow(problem)
  })

  it('is refused if there is no such file', async () => {
    await expect(readDepartmentFile(join(folder, 'none.csv'))).rejects.toThrow('there is no such file')
  })
})

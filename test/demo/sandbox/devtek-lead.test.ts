import { describe, expect, it } from 'vitest'
import {
  createTestDevtekSandbox,
  credentials,
  errorsOf,
  exampleLead,
  json,
  leadWith,
  postBody,
  postLead,
  withPhone,
  type Section,
} from './devtek-support.ts'

describe('a lead as documented', () => {
  it("accepts the document's example and numbers the leads", async () => {
    const sandbox = createTestDevtekSandbox()
    const response = await postLead(sandbox)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('{"result":"ok","data":{"id_lead":999999},"errors":[]}')
    expect(await (await postLead(sandbox, withPhone('+79000000003'))).json()).toMatchObject({
      data: { id_lead: 1_000_000 },
    })
  })

  it('accepts the required fields alone', async () => {
    const { phone, last_name, first_name, birthday, kladr, amount } = exampleLead.main
    expect(await errorsOf({ main: { phone, last_name, first_name, birthday, kladr, amount } })).toEqual([])
  })

  it('responds to a malformed field exactly as documented', async () => {
    const response = await postLead(createTestDevtekSandbox(), withPhone('+7900'))
    expect(response.status).toBe(400)
    expect(await response.text()).toBe(
      '{"result":"bad","data":[],"errors":["Field \\"phone\\" error: Введите правильный номер телефона"]}',
    )
  })

  it('lists every error', async () => {
    const data = {
      main: { ...exampleLead.main, phone: '8', amount: '5' },
      job: { ...exampleLead.job, phone: '9' },
    }
    expect(await errorsOf(data)).toEqual([
      'Field "phone" error: Введите правильный номер телефона',
      'Field "amount" error: Ожидается число',
      'Field "phone" error: Введите правильный номер телефона',
    ])
  })
})

const required = ['last_name', 'first_name', 'birthday', 'phone', 'kladr', 'amount']
const texts = {
  main: ['last_name', 'first_name', 'middle_name', 'birthday', 'phone', 'email', 'kladr', 'channel'].concat(
    ['sopd_date', 'sopd_site', 'sopd_general', 'sopd_signed'],
    ['sub_id1', 'sub_id2', 'sub_id3', 'sub_id4', 'sub_id5'],
  ),
  detailed: Object.keys(exampleLead.detailed),
  job: Object.entries(exampleLead.job).flatMap(([name, value]) => (typeof value === 'number' ? [] : name)),
} satisfies Record<Section, string[]>
const numbers: [Section, string, number][] = [
  ['main', 'amount', 9_999_999_999],
  ['job', 'monthly_income', 9_999_999_999],
  ['job', 'experience', 9_999_999_999],
  ['main', 'credit_history', 5],
  ['detailed', 'deposit', 8],
  ['job', 'employment', 9],
]
const everyText = Object.entries(texts).flatMap(([section, names]) =>
  names.map((name): [Section, string] => [
    section === 'main' || section === 'job' ? section : 'detailed',
    name,
  ]),
)
const everyOptional = [
  ...everyText,
  ...numbers.map(([section, name]): [Section, string] => [section, name]),
].filter(([section, name]) => section !== 'main' || ![...required, 'middle_name'].includes(name))

function expectRefused(errors: unknown, name: string) {
  expect(errors).toEqual([expect.stringMatching(new RegExp(`^Field "${name}" error: .+$`))])
}

describe('types and presence', () => {
  it.each(required)('refuses a lead without %s', async (name) => {
    expectRefused(await errorsOf(leadWith('main', name, undefined)), name)
    expectRefused(await errorsOf(leadWith('main', name, null)), name)
  })

  it('accepts a missing patronymic, but not an empty one', async () => {
    expect(await errorsOf(leadWith('main', 'middle_name', undefined))).toEqual([])
    expectRefused(await errorsOf(leadWith('main', 'middle_name', '')), 'middle_name')
    expectRefused(await errorsOf(leadWith('main', 'middle_name', null)), 'middle_name')
  })

  it.each(everyText)(
    'takes %s.%s only as a trimmed, filled string of documented length',
    async (section, name) => {
      for (const value of [1, true, [], {}, '', ' ', 'Ю ', ' Ю', 'Ю'.repeat(256)]) {
        expectRefused(await errorsOf(leadWith(section, name, value)), name)
      }
    },
  )

  it.each(numbers)('accepts %s.%s only as an integer up to %d', async (section, name, most) => {
    for (const value of ['1', 0, -1, 1.5, most + 1, true, []]) {
      expectRefused(await errorsOf(leadWith(section, name, value)), name)
    }
    for (const value of [1, most]) expect(await errorsOf(leadWith(section, name, value))).toEqual([])
  })

  it.each(everyOptional)('accepts null for %s.%s', async (section, name) => {
    expect(await errorsOf(leadWith(section, name, null))).toEqual([])
  })
})

const formats: [Section, string, { right: string[]; wrong: string[] }][] = [
  [
    'main',
    'last_name',
    {
      right: ['Ю', 'Салтыков-Щедрин', 'Мамин Сибиряк', 'Ёлкина', 'фон Дервиз', 'Ы'.repeat(255)],
      wrong: ["Д'Артаньян", 'Ivanov', 'Иванов1', '-Иванов', 'Иванов-', 'И.', '😀', '-', 'Русскии\u0306'],
    },
  ],
  [
    'main',
    'birthday',
    { right: ['29.02.2004'], wrong: ['29.02.2003', '1994-11-03', '3.11.1994', '01.01.1899'] },
  ],
  ['main', 'phone', { right: ['+79000000009'], wrong: ['89000000009', '+74950000009', '+7 900 000-00-09'] }],
  [
    'main',
    'email',
    {
      right: ['a.b+c@mail.example.ru', 'x@xn--e1afmkfd.xn--p1ai'],
      wrong: [
        'a@b',
        'a..b@example.ru',
        'я@example.ru',
        'a@пример.рф',
        'a b@example.ru',
        'a@example.123',
        '@a.ru',
      ],
    },
  ],
  [
    'main',
    'kladr',
    {
      right: [
        '7700000000000',
        '7800000000000',
        '9200000000000',
        '9900000000000',
        '7200000100000',
        '0100000200000',
      ].concat(['5004200000000', '2001000000100', '9100000800100']),
      wrong: [
        '7200000000000',
        '100000200000',
        '7200000100051',
        '7200000100099',
        '7200000100001',
        '0000000100000',
      ],
    },
  ],
  [
    'main',
    'sopd_date',
    { right: ['22.11.2026 00:00:00', '22.11.2026 23:59:59'], wrong: ['22.11.2026', '22.11.2026 24:00:00'] },
  ],
  [
    'main',
    'sopd_date',
    { right: [], wrong: ['31.11.2026 10:00:00', '2026-11-22T10:00:00Z', '22.11.2026 9:00:00'] },
  ],
  [
    'main',
    'sopd_site',
    {
      right: ['https://zaym.example.ru', 'https://zaym.example.ru/landing/', 'http://127.0.0.1:8080/'],
      wrong: [
        'https://zaym.example.ru/?utm=1',
        'https://zaym.example.ru/#form',
        'zaym.example.ru',
        'https://',
      ],
    },
  ],
  ['main', 'sopd_general', { right: ['https://zaym.example.ru/sopd/1.html?v=1'], wrong: ['/sopd/1.html'] }],
  ['main', 'sopd_signed', { right: ['https://zaym.example.ru/signed/1.pdf'], wrong: ['signed.pdf'] }],
  ['detailed', 'passport_series', { right: ['0310'], wrong: ['310', '03 10', '03100'] }],
  ['detailed', 'passport_number', { right: ['000001'], wrong: ['00001', '0000001'] }],
  ['detailed', 'passport_issued_date', { right: ['29.02.2008'], wrong: ['30.02.2008', '2008-12-09'] }],
  ['detailed', 'passport_issued_code', { right: ['720-001'], wrong: ['7200-0010', '720001'] }],
  ['detailed', 'registration_index', { right: ['101000'], wrong: ['10100', '10100а'] }],
  ...['registration_city_kladr', 'registration_region_kladr'].map((name): (typeof formats)[number] => [
    'detailed',
    name,
    { right: ['7200000000000'], wrong: ['720000000000', '72000001000024100'] },
  ]),
  ['detailed', 'registration_street_kladr', { right: ['72000001000024100'], wrong: ['7200000100000'] }],
  ...['registration_house_kladr', 'registration_housing_kladr'].map((name): (typeof formats)[number] => [
    'detailed',
    name,
    { right: ['7200000100002410001'], wrong: ['72000001000024100'] },
  ]),
  ...['region_kladr', 'city_kladr'].map((name): (typeof formats)[number] => [
    'job',
    name,
    { right: ['7200000100000'], wrong: ['72', '72000001000024100'] },
  ]),
  ['job', 'street_kladr', { right: ['72000001000024100'], wrong: ['7200000100000'] }],
  ['job', 'phone', { right: ['+79000000008'], wrong: ['+74950000008', '89000000008'] }],
]

describe('formats', () => {
  it.each(formats)(
    'accepts correct values of %s.%s and refuses wrong ones',
    async (section, name, { right, wrong }) => {
      for (const value of right) expect(await errorsOf(leadWith(section, name, value))).toEqual([])
      for (const value of wrong) expectRefused(await errorsOf(leadWith(section, name, value)), name)
    },
  )
})

describe('the shape of the body', () => {
  it.each([
    ['a key of main in job', leadWith('job', 'amount', 1), 'amount'],
    ['an unknown key', leadWith('main', 'gender', 'm'), 'gender'],
    ['the ids of places', leadWith('main', 'registration_city', 505), 'registration_city'],
    ['an unknown section', { ...exampleLead, extra: {} }, 'extra'],
    ['a null section', { ...exampleLead, job: null }, 'job'],
    ['a section that is a list', { ...exampleLead, job: [] }, 'job'],
    ['data that is a list', [], 'data'],
    ['no data', null, 'data'],
  ])('refuses %s', async (_, data, name) => {
    expectRefused(await errorsOf(data), name)
  })

  it('refuses an unknown key next to data', async () => {
    const response = await postBody(createTestDevtekSandbox(), { ...credentials, data: exampleLead, test: 1 })
    expect(await response.json()).toMatchObject({ errors: ['Field "test" error: Неизвестное поле'] })
  })

  it.each([
    ['broken JSON', json, '{"id_webmaster":123,'],
    ['JSON that is no object', json, '[]'],
    ['an empty body', json, ''],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1'],
    ['plain text', { 'content-type': 'text/plain' }, JSON.stringify({ ...credentials, data: exampleLead })],
    ['another encoding', { 'content-type': 'application/json; charset=windows-1251' }, '{}'],
  ])('refuses %s', async (_, headers, body) => {
    const response = await createTestDevtekSandbox().app.request('/new-lead/', {
      method: 'POST',
      headers,
      body,
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ result: 'bad', data: [] })
  })

  it.each([
    { id_webmaster: '123' },
    { id_webmaster: 124 },
    { id_webmaster: undefined },
    { token: 'x' },
    { token: undefined },
  ])('refuses the credentials %o', async (wrong) => {
    for (const path of ['/new-lead/', '/get-regions/', '/get-cities/']) {
      const response = await postBody(
        createTestDevtekSandbox(),
        { ...credentials, data: exampleLead, ...wrong },
        path,
      )
      expect(response.status).toBe(403)
      expect(await response.text()).toBe('{"result":"bad","data":[],"errors":["Access denied"]}')
    }
  })

  it('redirects a path without its slash, and allows only POST', async () => {
    const response = await postBody(createTestDevtekSandbox(), {}, '/new-lead')
    expect([response.status, response.headers.get('location')]).toEqual([301, '/new-lead/'])
    expect((await createTestDevtekSandbox().app.request('/new-lead/')).status).toBe(405)
  })
})

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { describeSavedForms } from '../../../../src/relay/cli/forms/describe-saved-forms.ts'
import { parseConfig } from '../../../../src/relay/config/config.ts'
import type { Relay } from '../../../../src/relay/relay-options.ts'
import { formEntry, inventLead } from '../../support/invented.ts'
import { withDatabase } from '../../support/read-database.ts'
import {
  createRelayFixture,
  postLead,
  request,
  requestHealth,
  toDatabaseOption,
} from '../../support/relay-fixture.ts'
import { askAdmin, askConsole, hashCheaply, signIn } from './console-client.ts'

const password = 'придуманный пароль 1'
let fixture: Awaited<ReturnType<typeof createRelayFixture>>
let database: string
let relay: Relay
const log: string[] = []

beforeAll(async () => {
  fixture = await createRelayFixture()
  database = await fixture.usedDatabase()
  relay = await start()
}, 60_000)
afterAll(() => fixture.end())

const users = ['Анна', 'Борис'].map((name) => ({
  name,
  role: 'configure',
  password: hashCheaply(password),
}))

function start(entry: object = {}, edit = true) {
  return fixture.start(database, {
    config: { console: { users, edit } },
    forms: {
      main: { ...formEntry(), ...entry },
      broken: { ...formEntry(), definition: 'microlaon', destinations: [] },
    },
    readText: (path) => readFile(join(fixture.root, path), 'utf8'),
    log: (...line) => log.push(JSON.stringify(line)),
  })
}

/** What the builder saves: the definition with the documents of the entry. */
function definition(changes: object = {}) {
  const { definition: own, operator, policyUrl, consents } = formEntry()
  return { id: 'main', ...own, operator, policyUrl, consents, ...changes }
}

async function save(candidate: object, base: number, others: object = {}) {
  return askAdmin(relay, 'POST /admin/forms/main', {
    base,
    definition: candidate,
    servesLooks: true,
    ...others,
  })
}

async function servedTitle(from = relay): Promise<unknown> {
  return Reflect.get(Object((await request(from, '/forms/main')).body), 'title')
}

async function servedLooks(): Promise<unknown> {
  return Reflect.get(Object((await request(relay, '/forms/main')).body), 'looks')
}

/** Makes versions what a release has left that saved looks for the snippet. */
async function leaveUnserved(versions: readonly { readonly number: number; readonly looks: object }[]) {
  await relay.close()
  await withDatabase(database, async (opened) => {
    for (const { number, looks } of versions)
      await opened.query(
        `update anketa.form_versions set serves_looks = false, looks = $2 where form = 'main' and number = $1`,
        [number, JSON.stringify(looks)],
      )
  })
  relay = await start()
}

async function latest(): Promise<number> {
  return Number(Reflect.get(Object((await askAdmin(relay, 'GET /admin/forms/main')).body), 'latest'))
}

it('serves what is saved at once, before the configuration, until it is withdrawn', async () => {
  expect(await servedTitle()).toBe('Заявка на заём')
  expect(await save(definition({ title: 'Первая версия' }), 0)).toMatchObject({
    status: 200,
    body: { number: 1 },
  })
  expect(await servedTitle()).toBe('Первая версия')
  expect((await postLead(relay, inventLead())).status).toBeLessThan(300)
  expect(await requestHealth(relay)).toMatchObject({ body: { savedForms: { main: { version: 1 } } } })
  expect(log.join('\n')).toContain('A saved version of a form is served')
  expect(await askAdmin(relay, 'POST /admin/forms/main/withdraw', { base: 1 })).toMatchObject({ status: 200 })
  expect(await servedTitle()).toBe('Заявка на заём')
  expect(Object((await requestHealth(relay)).body)).not.toHaveProperty('savedForms')
})

it('keeps every version, and restores an earlier one as the latest', async () => {
  const base = await latest()
  await save(definition({ title: 'Вторая версия' }), base)
  expect(
    await askAdmin(relay, 'POST /admin/forms/main/restore', { base: base + 1, number: 1 }),
  ).toMatchObject({ body: { number: base + 2 } })
  expect(await servedTitle()).toBe('Первая версия')
  const { body } = await askAdmin(relay, 'GET /admin/forms/main')
  expect(body).toMatchObject({
    latest: base + 2,
    definition: { title: 'Первая версия', operator: formEntry().operator },
    versions: [
      { number: base + 2, kind: 'restored', restoredFrom: 1, isServed: true, savedBy: 'admin' },
      { number: base + 1, kind: 'saved', isServed: false },
      { number: base, kind: 'withdrawn' },
      { number: 1, kind: 'saved' },
    ],
  })
  expect(await askAdmin(relay, `GET /admin/forms/main/versions/${base + 1}`)).toMatchObject({
    body: { definition: { title: 'Вторая версия' } },
  })
  expect((await askAdmin(relay, 'GET /admin/forms/main/versions/999')).status).toBe(404)
})

it('serves the looks of a version with its definition, and in its script', async () => {
  const base = await latest()
  const looks = { theme: 'auto', look: 'soft', colors: { accent: '#7b1fa2' } }
  await save(definition(), base, { looks })
  expect(await servedLooks()).toEqual(looks)
  await save(definition(), base + 1, { looks: { theme: 'light', look: 'plain', colors: {} } })
  expect(await servedLooks()).toBeUndefined()
  await askAdmin(relay, 'POST /admin/forms/main/restore', { base: base + 2, number: base + 1 })
  await relay.close()
  relay = await start()
  expect(await servedLooks()).toEqual(looks)
  await askAdmin(relay, 'POST /admin/forms/main/withdraw', { base: base + 3 })
  expect(await servedLooks()).toBeUndefined()
})

it('saves no colours that are hard to read, and says which', async () => {
  const base = await latest()
  const looks = { theme: 'auto', look: 'plain', colors: { text: '#17211d' } }
  const problem = expect.stringMatching(
    /^looks\.colors: "text" \(#17211d\) on "surface" .* in the theme "dark"/,
  )
  expect(await save(definition(), base, { looks })).toMatchObject({
    status: 422,
    body: { error: { code: 'form-problems' }, problems: expect.arrayContaining([problem]) },
  })
  // The builder asks for the reasons.
  expect(
    await askAdmin(relay, 'POST /admin/forms/main/check', {
      definition: definition(),
      looks,
      servesLooks: true,
    }),
  ).toMatchObject({
    status: 200,
    body: { problems: expect.arrayContaining([problem]) },
  })
  expect(await latest()).toBe(base)
})

it('serves no looks of a version from before pages got them, until they are saved again', async () => {
  const base = await latest()
  const looks = { theme: 'dark', look: 'soft', colors: {} }
  await save(definition(), base, { looks })
  await leaveUnserved([{ number: base + 1, looks }])
  expect(await servedLooks()).toBeUndefined()
  expect(log.join('\n')).toContain('The looks of a saved version are not served')
  // The builder still has them, and they are not those that it saves with the rest.
  for (const path of ['', `/versions/${base + 1}`]) {
    const { body } = await askAdmin(relay, `GET /admin/forms/main${path}`)
    expect(body).toMatchObject({ unservedLooks: looks })
    expect(body).not.toHaveProperty('looks')
  }
  await save(definition(), base + 1, { looks })
  expect(await servedLooks()).toEqual({ theme: 'dark', look: 'soft' })
  await askAdmin(relay, 'POST /admin/forms/main/withdraw', { base: base + 2 })
})

it('saves no looks for a page that was opened before people got them, and says what to do there', async () => {
  const base = await latest()
  const looks = { theme: 'dark', look: 'soft', colors: {} }
  const problems = [
    expect.stringContaining('Выберите в ней светлую тему и обычный стиль'),
    expect.stringContaining('reload the page'),
  ]
  // Also after it has taken the number of a version that it has not shown, as it does after a conflict.
  expect(await save(definition(), base, { looks, servesLooks: undefined })).toMatchObject({
    status: 422,
    body: { error: { code: 'form-problems' }, problems },
  })
  // This is what that page shows.
  expect(
    await askAdmin(relay, 'POST /admin/forms/main/check', { definition: definition(), looks }),
  ).toMatchObject({ status: 200, body: { problems } })
  expect(await latest()).toBe(base)
  // What the person has entered is not lost: without looks the page saves it.
  const plain = { theme: 'light', look: 'plain', colors: {} }
  expect(await save(definition(), base, { looks: plain, servesLooks: undefined })).toMatchObject({
    status: 200,
  })
  expect(await servedLooks()).toBeUndefined()
  await askAdmin(relay, 'POST /admin/forms/main/withdraw', { base: base + 1 })
})

it('records what changes a form and what reads the configuration again, also what a newer relay has recorded', async () => {
  await askAdmin(relay, 'POST /admin/reload')
  await relay.close()
  await withDatabase(database, (opened) =>
    opened.query(
      `insert into anketa.audit (at, user_name, action, details) values (now(), 'admin', 'of-another-relay', '{}')`,
    ),
  )
  relay = await start()
  const { body } = await askAdmin(relay, 'GET /admin/audit')
  const { entries }: { readonly entries: readonly { readonly action: string }[] } = Object(body)
  expect(entries.map(({ action }) => action).filter((action) => action !== 'sign-in')).toEqual([
    'of-another-relay',
    'reload',
    'form-withdraw',
    'form-save',
    'form-withdraw',
    'form-save',
    'form-save',
    'form-withdraw',
    'form-restore',
    'form-save',
    'form-save',
    'form-restore',
    'form-save',
    'form-withdraw',
    'form-save',
  ])
})

it('restores a version whose looks pages do not get, whatever they are, and serves them no more than before', async () => {
  const base = await latest()
  const unserved = [
    { theme: 'dark', look: 'soft', colors: {} },
    // Hard to read, and no looks at all.
    { theme: 'auto', colors: { text: '#17211d' } },
    { theme: 'pink', colors: 'all' },
  ]
  const versions = unserved.map((looks, index) => ({ number: base + 1 + index, looks }))
  for (const { number } of versions) await save(definition({ title: `Версия ${number}` }), number - 1)
  await leaveUnserved(versions)
  let number = base + versions.length
  expect((await save(definition({ title: 'С ошибкой' }), number)).status).toBe(200)
  number += 1
  for (const version of versions) {
    // The second time from the version that the first one has made.
    for (const from of [version.number, number + 1]) {
      expect(
        await askAdmin(relay, 'POST /admin/forms/main/restore', { base: number, number: from }),
      ).toMatchObject({ status: 200, body: { number: number + 1 } })
      number += 1
      expect([await servedTitle(), await servedLooks()]).toEqual([`Версия ${version.number}`, undefined])
      expect((await askAdmin(relay, `GET /admin/forms/main/versions/${number}`)).body).toMatchObject({
        version: { kind: 'restored', restoredFrom: from, hasUnservedLooks: true },
        unservedLooks: version.looks,
      })
    }
  }
  await relay.close()
  relay = await start()
  expect(await servedLooks()).toBeUndefined()
  const { body } = await askAdmin(relay, 'GET /admin/forms/main')
  const { versions: lines }: { readonly versions: readonly object[] } = Object(body)
  expect(lines.map((line) => Reflect.get(line, 'hasUnservedLooks')).slice(0, 11)).toEqual([
    ...Array.from({ length: 6 }, () => true),
    undefined,
    ...Array.from({ length: 3 }, () => true),
    undefined,
  ])
  expect(await askAdmin(relay, 'GET /admin/forms')).toMatchObject({
    body: { forms: [{ form: 'main', served: { hasUnservedLooks: true } }, { form: 'broken' }] },
  })
  // Saved on purpose, they are refused with the reason, or served.
  expect((await save(definition(), number, { looks: unserved[1] })).status).toBe(422)
  expect((await save(definition(), number, { looks: unserved[0] })).status).toBe(200)
  expect(await servedLooks()).toEqual({ theme: 'dark', look: 'soft' })
  await askAdmin(relay, 'POST /admin/forms/main/withdraw', { base: number + 1 })
})

it('saves nothing over a version that its author has not seen', async () => {
  const [first, second] = [
    await signIn(relay, { name: 'Анна', password }),
    await signIn(relay, { name: 'Борис', password }),
  ]
  const base = await latest()
  const post = (cookie: string, title: string) =>
    askConsole(relay, cookie, 'POST /admin/forms/main', { base, definition: definition({ title }) })
  expect((await post(first, 'От Анны')).status).toBe(200)
  const refused = await post(second, 'От Бориса')
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'form-changed' } } })
  expect(refused.text).toContain(`Анна has saved version ${base + 1}`)
  expect(await servedTitle()).toBe('От Анны')
  const both = await Promise.all([post(first, 'Ещё раз'), post(second, 'И ещё раз')])
  expect(both.map(({ status }) => status)).toEqual([409, 409])
})

it('of two saves at the same moment only one counts', async () => {
  const base = await latest()
  const titles = ['a', 'b', 'c', 'd']
  const results = await Promise.all(titles.map((title) => save(definition({ title }), base)))
  expect(results.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
    200, 409, 409, 409,
  ])
  expect(await latest()).toBe(base + 1)
})

const consent = formEntry().consents[0]
const otherConsent = { ...formEntry().consents[1] }

it.each([
  ['an unknown field', { steps: [{ id: 'a', title: 'A', fields: ['fone'] }] }, /steps\.0\.fields\.0/],
  ['an unknown key', { colour: 'red' }, /colour/],
  [
    'less than its destination needs',
    { steps: [{ id: 'a', title: 'A', fields: ['phone'] }] },
    /destinations\.0: devtek accepts no application without/,
  ],
  [
    'another operator',
    { operator: { name: 'ООО Другое' } },
    /operator: expected what the configuration says/,
  ],
  [
    'another policy',
    { policyUrl: 'https://example.org/' },
    /policyUrl: expected what the configuration says/,
  ],
  [
    'a file of the relay',
    {
      after: {
        declined: {
          offers: [{ title: 'Банк', url: 'https://example.ru/', logo: '../secrets/token.svg' }],
        },
      },
    },
    /after\.declined\.offers\.0\.logo: .* files are named in the configuration only/,
  ],
  [
    'another text under the same version of its document',
    { consents: [{ ...consent, text: 'Согласен на всё' }, otherConsent] },
    /consents\.0\.version: expected a new version/,
  ],
  ['no consent to processing', { consents: [] }, /consents: expected the consent "processing"/],
])('refuses %s', async (_, changes, message) => {
  const base = await latest()
  const checked = await askAdmin(relay, 'POST /admin/forms/main/check', { definition: definition(changes) })
  expect(checked).toMatchObject({
    status: 200,
    body: { problems: expect.arrayContaining([expect.stringMatching(message)]) },
  })
  expect(checked.text).not.toContain('ENOENT')
  expect(await save(definition(changes), base)).toMatchObject({
    status: 422,
    body: {
      error: { code: 'form-problems' },
      problems: expect.arrayContaining([expect.stringMatching(message)]),
    },
  })
  expect(await latest()).toBe(base)
})

it('takes another text of a consent with a new version of its document, and not the earlier text under it later', async () => {
  const changed = { ...consent, version: '2026-11-01', text: 'Согласен на обработку и хранение' }
  expect((await save(definition({ consents: [changed, otherConsent] }), await latest())).status).toBe(200)
  const mixed = { ...changed, text: 'Согласен' }
  expect((await save(definition({ consents: [mixed, otherConsent] }), await latest())).status).toBe(422)
})

it('prints the entry without what may be a secret, and what the destinations need', async () => {
  const { body, text } = await askAdmin(relay, 'GET /admin/forms/main')
  expect(body).toMatchObject({
    destinations: [{ provider: 'devtek', requires: expect.arrayContaining(['phone']) }],
    entry: { destinations: [{ provider: 'devtek', token: { env: 'DEVTEK_TOKEN' } }] },
  })
  expect(text).not.toContain('invented-token')
  expect(await askAdmin(relay, 'GET /admin/forms')).toMatchObject({
    body: {
      canEdit: true,
      forms: [
        { form: 'main', isRefused: false, steps: 3 },
        { form: 'broken', isRefused: true },
      ],
    },
  })
})

it('shows the exact request of a definition that is not saved, without secrets', async () => {
  const { status, body, text } = await askAdmin(relay, 'POST /admin/forms/main/preview', {
    definition: definition({ title: 'Ещё не сохранена' }),
    values: { amount: 45_000 },
  })
  expect({ status, issues: Reflect.get(Object(body), 'issues') }).toEqual({ status: 200, issues: [] })
  expect(text).toContain('45000')
  expect(text).not.toContain('invented-token')
  expect(body).toMatchObject({ destinations: [{ provider: 'devtek', request: { method: 'POST' } }] })
})

it('lets a saved version stand in for a definition that is refused', async () => {
  const candidate = { ...definition(), id: 'broken' }
  expect(await askAdmin(relay, 'POST /admin/forms/broken', { base: 0, definition: candidate })).toMatchObject(
    { status: 200 },
  )
  expect((await request(relay, '/forms/broken')).status).toBe(200)
  expect(await requestHealth(relay)).toMatchObject({ body: { forms: { broken: 'ok' } } })
})

it('saves nothing unless the configuration permits it, and goes on serving what is saved until it is withdrawn', async () => {
  await save(definition({ title: 'Последняя' }), await latest())
  const base = await latest()
  await relay.close()
  relay = await start({}, false)
  expect(await servedTitle()).toBe('Последняя')
  for (const [path, body] of [
    ['', { base, definition: definition() }],
    ['/restore', { base, number: 1 }],
  ] as const) {
    expect(await askAdmin(relay, `POST /admin/forms/main${path}`, body)).toMatchObject({
      status: 403,
      body: { error: { code: 'not-editable' } },
    })
  }
  expect(await askAdmin(relay, 'POST /admin/forms/main/withdraw', { base })).toMatchObject({ status: 200 })
  expect(await servedTitle()).toBe('Заявка на заём')
})

it('serves what is saved after a reload, and refuses a reload that it does not fit', async () => {
  await relay.close()
  relay = await start()
  await save(definition({ title: 'До чтения настроек' }), await latest())
  const changed = (entry: object) => ({
    database: toDatabaseOption(database),
    adminToken: { env: 'ANKETA_ADMIN_TOKEN' },
    console: { users, edit: true },
    forms: { main: { ...formEntry(), ...entry } },
  })
  await relay.reload(changed({ answerWithinSeconds: 3 }))
  expect(await servedTitle()).toBe('До чтения настроек')
  await save(definition({ title: 'После чтения' }), await latest())
  expect(await servedTitle()).toBe('После чтения')
  const work = { id: 'work', title: 'Работа', fields: ['employment'] }
  const { definition: own, destinations } = formEntry()
  await expect(
    relay.reload(
      changed({
        definition: { ...own, steps: [...own.steps, work] },
        destinations: destinations.map((one) => ({ ...one, when: { field: 'employment', equals: 1 } })),
      }),
    ),
  ).rejects.toThrow(/the saved version \d+ goes before/)
  expect(await servedTitle()).toBe('После чтения')
})

it('refuses a form whose saved version does not fit a changed configuration, and says what to do', async () => {
  await writeFile(join(fixture.root, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await relay.close()
  const { definition: own, destinations } = formEntry()
  const work = { id: 'work', title: 'Работа', fields: ['employment'] }
  const after = {
    declined: { offers: [{ title: 'Банк', url: 'https://bank.example.ru/', logo: 'logo.svg' }] },
  }
  relay = await start({
    definition: { ...own, steps: [...own.steps, work] },
    destinations: destinations.map((one) => ({ ...one, when: { field: 'employment', equals: 1 } })),
    after,
  })
  const { body } = await askAdmin(relay, 'GET /admin/forms/main')
  const { problems }: { readonly problems?: readonly string[] } = Object(body)
  expect(problems?.[0]).toMatch(/the saved version \d+ goes before .* withdraw it/)
  const base = await latest()
  // A file that the configuration itself names may stay.
  const checked = await askAdmin(relay, 'POST /admin/forms/main/check', { definition: definition({ after }) })
  expect(checked.text).not.toContain('logo')
  await askAdmin(relay, 'POST /admin/forms/main/withdraw', { base })
  expect(log.at(-1)).not.toContain('saved version')
})

it('"anketa-relay check" says that a saved version goes before the configuration, and whether it fits', async () => {
  await relay.close()
  relay = await start()
  expect((await save(definition({ title: 'Для проверки' }), await latest())).status).toBe(200)
  await relay.close()
  const check = async (entry: object) => {
    const candidate = { database: toDatabaseOption(database), forms: { main: { ...formEntry(), ...entry } } }
    const readText = () => Promise.reject(new Error('no file'))
    vi.stubEnv('DEVTEK_TOKEN', 'invented-token-0123456789abcdef00')
    const config = await parseConfig(candidate, { env: process.env, readText })
    const readBytes = () => Promise.reject(new Error('no file'))
    return describeSavedForms({ config, candidate, readText, readBytes }, fetch)
  }
  expect(await check({})).toEqual({
    valid: true,
    lines: [expect.stringMatching(/^main: version \d+, saved in the console, goes before .*withdrawn$/)],
  })
  const [destination] = formEntry().destinations
  const unmet = { destinations: [{ ...destination, when: { field: 'employment', equals: 1 } }] }
  expect(await check(unmet)).toMatchObject({
    valid: false,
    lines: [expect.stringMatching(/it is refused$/), expect.stringMatching(/employment/)],
  })
  relay = await start()
  await leaveUnserved([{ number: await latest(), looks: { theme: 'dark' } }])
  await relay.close()
  expect(await check({})).toEqual({
    valid: true,
    lines: [
      expect.stringMatching(/withdrawn$/),
      expect.stringMatching(/^ {2}its looks are not served: .* save it$/),
    ],
  })
})

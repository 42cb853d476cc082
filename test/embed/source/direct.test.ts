import { describe, expect, it } from 'vitest'
import { openDirectSource } from '../../../src/embed/source/direct-source.chunk.ts'
import { devtek } from '../../../src/providers/devtek/index.ts'
import { inventedLead } from '../../lead/invented-lead.ts'

const documents = {
  operator: { name: 'ООО Пример' },
  policyUrl: 'https://example.ru/policy',
  consentUrl: 'https://example.ru/consent/2026-09-01.html',
  consentVersion: '2026-09-01',
}
const token = 'sandbox-token-sandbox-token-0000'
const toDevtek = {
  form: 'microloan',
  ...documents,
  provider: 'devtek',
  providerOptions: { idWebmaster: 123, token },
  exposeCredentials: true,
}

async function open(
  page: Parameters<typeof openDirectSource>[0],
  files: Readonly<Record<string, string>> = {},
) {
  const reported: string[] = []
  const fetched: string[] = []
  const opened = await openDirectSource(page, {
    async fetch(url) {
      fetched.push(url)
      const file = files[url]
      return file === undefined ? new Response('', { status: 404 }) : new Response(file)
    },
    now: () => new Date('2026-11-22T12:00:00Z'),
    baseUrl: 'https://landing.example.ru/loan/',
    onProblem: (problem) => reported.push(problem),
  })
  return { opened, reported, fetched, problems: 'problems' in opened ? opened.problems : [] }
}

describe('a form without a relay', () => {
  it('uses a preset with the documents of its page', async () => {
    const { opened, problems } = await open(toDevtek)
    expect(problems).toEqual([])
    expect(opened).toMatchObject({
      definition: {
        operator: documents.operator,
        policyUrl: documents.policyUrl,
        consents: [
          { id: 'processing', required: true, documentUrl: documents.consentUrl, version: '2026-09-01' },
        ],
      },
    })
    expect('definition' in opened && opened.definition.steps.map(({ id }) => id)).toContain('passport')
  })

  it.each<[string, object | string, readonly string[]]>([
    ['an object', { steps: [{ id: 'one', title: 'Шаг', fields: ['phone'] }] }, []],
    ['JSON', '{"steps":[{"id":"one","title":"Шаг","fields":["phone"]}]}', []],
    ['a URL', '../forms/one.json', ['https://landing.example.ru/forms/one.json']],
  ])('can have its definition as %s', async (_, form, urls) => {
    const own = {
      ...toDevtek,
      form,
      provider: 'fivecrm',
      providerOptions: { method: 'form', publicToken: 'any' },
    }
    const { opened, problems, fetched } = await open(own, {
      'https://landing.example.ru/forms/one.json':
        '{"steps":[{"id":"one","title":"Шаг","fields":["phone"]}]}',
    })
    expect(problems).toEqual([])
    expect('definition' in opened && opened.definition.steps).toMatchObject([{ id: 'one' }])
    expect(fetched).toEqual(urls)
  })

  it.each<[object, RegExp]>([
    [{ form: undefined }, /^form: expected the name of a preset \(microloan, devtek/],
    [{ form: 'microlaon' }, /did you mean "microloan"\?$/],
    [{ form: 'https://example.ru/none.json' }, /^form: https:\/\/example.ru\/none.json answered 404$/],
    [{ form: '{"steps"' }, /^form: expected a JSON object$/],
    [{ form: { steps: [] } }, /^steps: expected at least one step/],
    [{ operator: undefined }, /^operator: missing$/],
    [{ policyUrl: undefined }, /^policyUrl: missing$/],
    [{ consentUrl: undefined, consentVersion: undefined }, /^consents: missing$/],
    [{ consentVersion: undefined }, /^consents.0.version: missing$/],
    [{ consents: [] }, /^consents: expected the consent "processing"/],
    [{ provider: 'devtec' }, /did you mean "devtek"\?$/],
    [{ provider: { name: 'none' } }, /^provider: expected the name of a provider/],
    [{ providerOptions: { token } }, /^providerOptions.idWebmaster: missing$/],
    [{ providerOptions: { ...toDevtek.providerOptions, tokn: '1' } }, /^providerOptions.tokn: .*"token"\?$/],
    [
      { providerOptions: { ...toDevtek.providerOptions, fields: { 'main.emial': 'email' } } },
      /^providerOptions.fields.main.emial: .*did you mean "main.email"\?$/,
    ],
    [
      { form: { steps: [{ id: 'one', title: 'Шаг', fields: ['phone'] }] } },
      /accepts no application without lastName/,
    ],
    [
      { provider: 'admitad', providerOptions: { websiteId: 1, campaigns: [1], accessToken: 'a' } },
      /^consents: admitad .*"transfer"/,
    ],
  ])('that has %o does not start, and reports why', async (change, problem) => {
    const { problems } = await open({ ...toDevtek, ...change })
    expect(problems).toContainEqual(expect.stringMatching(problem))
    expect(problems.join()).not.toContain(token)
  })

  it('parses the texts of attributes, and keeps digits where the option is a text', async () => {
    const own = {
      ...toDevtek,
      providerOptions: { idWebmaster: '123', token: '0123456789', fields: '{"main.email":{"value":""}}' },
    }
    const { opened, problems } = await open({ ...own, test: true })
    expect(problems).toEqual([])
    const calls = 'preview' in opened ? opened.preview.lead(inventedLead) : []
    expect(JSON.stringify(calls)).toContain('{\\"id_webmaster\\":123,\\"token\\":\\"***\\"')
  })

  it('accepts an adapter instead of a name', async () => {
    expect((await open({ ...toDevtek, provider: devtek })).problems).toEqual([])
  })
})

describe('a secret', () => {
  it('is refused unless the page confirms that everybody may read it', async () => {
    for (const exposeCredentials of [undefined, false]) {
      const { opened } = await open({ ...toDevtek, exposeCredentials })
      expect(opened).toEqual({
        problems: [
          expect.stringMatching(/^providerOptions.token: a secret of devtek.*exposeCredentials: true/),
        ],
      })
    }
    const { opened, reported } = await open(toDevtek)
    expect('definition' in opened).toBe(true)
    expect(reported).toEqual([expect.stringMatching(/^providerOptions.token can be read by everybody/)])
    expect(JSON.stringify([opened, reported])).not.toContain(token)
  })

  it('is not a token that is made for pages', async () => {
    const own = {
      ...toDevtek,
      form: 'callback',
      provider: 'fivecrm',
      providerOptions: { method: 'form', publicToken: 'any' },
    }
    expect(await open({ ...own, exposeCredentials: undefined })).toMatchObject({ problems: [], reported: [] })
  })
})

describe('test mode', () => {
  it('needs no operator, no documents and no credential', async () => {
    const { opened, problems } = await open({
      form: 'microloan',
      provider: 'devtek',
      providerOptions: { idWebmaster: 123 },
      test: true,
    })
    expect(problems).toEqual([])
    expect(opened).toMatchObject({ definition: { operator: { name: '' }, policyUrl: '', consents: [] } })
  })

  it('refuses a secret too: everybody could read it on the page', async () => {
    const { problems } = await open({ ...toDevtek, exposeCredentials: undefined, test: true })
    expect(problems).toEqual([expect.stringMatching(/^providerOptions.token: a secret/)])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serveLogos } from '../../../src/relay/config/definitions/logos.ts'
import { parseSavedForm } from '../../../src/relay/config/definitions/parse-saved-form.ts'
import { seed } from '../../support/random.ts'
import { env, formEntry } from '../support/invented.ts'

const ownFile = 'logos/own.svg'
const offersWith = (logo: string) => ({
  declined: { offers: [{ title: 'Банк', url: 'https://bank.example.ru/', logo }] },
})

const parts = [
  'image/png',
  ';',
  ',',
  '/',
  '..',
  '%',
  '?',
  '#',
  '=',
  ' ',
  '\n',
  'a',
  '.png',
  'proc',
  ';base64,',
]
const rest = fc.oneof(fc.string({ unit: fc.constantFrom(...parts) }), fc.string({ unit: 'binary' }))
const scheme = fc.constantFrom('data:', 'DATA:', 'dAtA:')
const dataText = fc.tuple(scheme, rest, fc.constantFrom('', '.png', '.svg')).map((text) => text.join(''))

describe('the logo of an offer', () => {
  it.each([
    'data:image/png;x/a.png?/../../../../../../proc/self/environ',
    'data:image/png;x/a.png?/../../../../../../proc/self/environ.png',
    'data:image/svg+xml,%.svg',
    'data:image/png;base64,!.png',
    'data:text/html,a.png',
    'data:image/png,',
    ' data:image/png;x/a.png',
    'da\nta:image/png;x/../a.png',
    'file:///etc/a.png',
    '//host/a.png',
    'https://%/a.png',
  ])('is a problem, and no file, if it is %j', async (logo) => {
    const { form, read } = await parseSaved(logo)
    expect(read).toEqual([])
    expect('problems' in form ? form.problems.join('\n') : '').toContain('after.declined.offers.0.logo: ')
  })

  it.each([
    ['data:image/png;base64,AAEC', [0, 1, 2]],
    ['DATA:image/PNG;name=a.png;BASE64,AAEC', [0, 1, 2]],
    ['data:image/svg+xml;charset=utf-8,%3Csvg/%3E', [...Buffer.from('<svg/>')]],
  ])('is its own bytes if it is %j', async (logo, bytes) => {
    const { form, read } = await parseSaved(logo)
    const [served] = 'form' in form ? form.form.logos.values() : []
    expect(served && 'bytes' in served ? [...served.bytes] : []).toEqual(bytes)
    expect(read).toEqual([])
  })

  it('is never read from a disk if it begins like data', async () => {
    const { definition } = await ownForm()
    await fc.assert(
      fc.asyncProperty(dataText, async (logo) => {
        const read: string[] = []
        const served = await serveLogos({ ...definition, after: offersWith(logo) }, async (path) => {
          read.push(path)
          return Uint8Array.of(1)
        })
        expect(served).toBeDefined()
        expect(read).toEqual([])
      }),
      { seed, numRuns: 300 },
    )
  })

  it('of a saved form is read only where the configuration names the file', async () => {
    const file = fc.oneof(dataText, rest, fc.constantFrom(ownFile, `./${ownFile}`, '/etc/a.png'))
    await fc.assert(
      fc.asyncProperty(file, async (logo) => {
        const { read } = await parseSaved(logo)
        expect(read).toEqual(logo === ownFile ? [ownFile] : [])
      }),
      { seed, numRuns: 100 },
    )
  })
})

async function ownForm() {
  const { form } = await parseSaved(ownFile)
  if (!('form' in form)) throw new Error(form.problems.join('\n'))
  return form.form
}

async function parseSaved(logo: string) {
  const { definition: own, operator, policyUrl, consents, ...entry } = formEntry()
  const configured = { ...own, id: 'main', operator, policyUrl, consents, after: offersWith(ownFile) }
  const read: string[] = []
  const form = await parseSavedForm(
    { id: 'main', entry, definition: configured },
    { definition: { ...configured, after: offersWith(logo) } },
    {
      env,
      readText: async (path) => {
        read.push(path)
        return '<svg/>'
      },
    },
  )
  return { form, read }
}

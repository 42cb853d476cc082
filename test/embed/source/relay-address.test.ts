import { describe, expect, it } from 'vitest'
import { normalizeRelay } from '../../../src/embed/source/relay-address.ts'

const form = 'https://leads.example.ru/forms/main'

/** The normalized address, with what is said about it. */
function normalize(relay: string) {
  const problems: string[] = []
  return { address: normalizeRelay(relay, (problem) => problems.push(problem)), problems }
}

describe('the address of a form', () => {
  it.each([
    [form, form],
    [`${form}/`, form],
    [`${form}//`, form],
    [` ${form}/ `, form],
    [`${form}/form.js`, form],
    [`${form}/leads`, form],
    ['HTTPS://Leads.Example.ru:443/forms/main', 'HTTPS://Leads.Example.ru:443/forms/main'],
    ['http://localhost:8787/forms/main', 'http://localhost:8787/forms/main'],
    ['https://лиды.рф/forms/main', 'https://лиды.рф/forms/main'],
    ['/forms/main//', '/forms/main'],
    ['forms/main', 'forms/main'],
    ['//leads.example.ru/anketa/forms/main', '//leads.example.ru/anketa/forms/main'],
  ])('may be written as "%s"', (relay, address) => {
    expect(normalize(relay)).toEqual({ address, problems: [] })
  })

  it.each(['?v=2', '/?v=2', '#main', '?'])(
    'may be followed by "%s", which is ignored with a sentence',
    (end) => {
      expect(normalize(form + end)).toEqual({
        address: form,
        problems: [expect.stringMatching(/expected https:\/\/<relay>\/forms\/<form>: "\?.*" is ignored$/)],
      })
    },
  )

  it.each([
    ['leads.example.ru/forms/main', 'the scheme is missing'],
    ['leads.example.ru', 'the scheme is missing'],
    ['leads.example.ru:8443/forms/main', 'the scheme is missing'],
    ['localhost:8787/forms/main', 'the scheme is missing'],
    ['192.168.0.1:8787/forms/main', 'the scheme is missing'],
    ['лиды.рф/forms/main', 'the scheme is missing'],
    ['javascript:alert(1)', 'the scheme is another one'],
    ['ftp://leads.example.ru/forms/main', 'the scheme is another one'],
    ['https://leads.example.ru', 'the path is missing'],
    ['https://leads.example.ru/', 'the path is missing'],
    ['https://leads.example.ru/?v=2', 'the path is missing'],
    ['https://', 'the path is missing'],
    ['/', 'the path is missing'],
  ])('is not "%s": %s', (relay, problem) => {
    expect(() => normalizeRelay(relay)).toThrow(
      `is "${relay}", expected https://<relay>/forms/<form>: ${problem}`,
    )
  })
})

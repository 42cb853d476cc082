import { describe, expect, it } from 'vitest'
import { safeParse } from 'valibot'
import { http } from '../../../src/providers/http/index.ts'
import { networkOptions, problemsOf } from './support.ts'

describe('the options of an interface', () => {
  it('are right as the documentation shows them', () => {
    expect(problemsOf({})).toEqual([])
  })

  it.each<[what: string, options: object, problem: string]>([
    ['no address', { url: undefined }, 'url: missing'],
    ['nothing to send', { fields: {} }, 'fields: expected at least one parameter'],
    [
      'no rule for a success',
      { outcomes: [{ status: [409], outcome: 'duplicate' }] },
      'outcomes: expected a rule for "accepted": without it no lead ever counts as taken',
    ],
    ['a body of GET', { method: 'GET', format: 'json' }, 'format: expected "query" with the method GET'],
    [
      'a field that does not exist',
      { fields: { phone: 'phon' } },
      'fields.phone: there is no field "phon"; did you mean "phone"?',
    ],
    [
      'a field of a rule that does not exist',
      { fields: { 'a.b': { field: 'birthDat', digits: 4 } } },
      'fields.a.b: there is no field "birthDat"; did you mean "birthDate"?',
    ],
    [
      'a name of a template that does not exist',
      { fields: { name: { template: '{lastNam}' } } },
      'fields.name: there is no field "lastNam"; did you mean "lastName"?',
    ],
    [
      'a condition that does not exist',
      { fields: { a: { value: 1, with: 'emial' } } },
      'fields.a.with: there is no field "emial"; did you mean "email"?',
    ],
    [
      'a date pattern of what is no date',
      { fields: { a: { field: 'phone', date: 'dd.MM.yyyy' } } },
      'fields.a.date: expected only beside a field that is a date',
    ],
    [
      'a moment that does not exist',
      { fields: { a: { moment: 'sent', date: 'unix' } } },
      'fields.a.moment: expected "received" or "consents.processing"',
    ],
    [
      'an empty part of a path',
      { fields: { 'a..b': 'phone' } },
      'fields.a..b: expected a path without empty names',
    ],
    [
      'a value that holds others',
      { fields: { a: 'phone', 'a.b': 'email' } },
      'fields.a: expected no value where other parameters are below it',
    ],
    [
      'a field of an error that does not exist',
      {
        outcomes: [
          { status: [200], outcome: 'accepted' },
          { status: [422], outcome: 'invalid', issues: { path: 'e', fields: { tel: 'telephone' } } },
        ],
      },
      'outcomes.1.issues.fields.tel: there is no field "telephone"',
    ],
    [
      'errors of a success',
      { outcomes: [{ status: [200], outcome: 'accepted', issues: { path: 'e' } }] },
      'outcomes.0.issues: expected only beside "outcome": "invalid"',
    ],
    [
      'an id of a no',
      {
        outcomes: [
          { status: [200], outcome: 'accepted' },
          { status: [409], outcome: 'duplicate', id: 'id' },
        ],
      },
      'outcomes.1.id: expected only beside "outcome": "accepted"',
    ],
    [
      'an answer that an earlier rule takes',
      {
        outcomes: [
          { status: [200, 201], path: 'ok', outcome: 'accepted' },
          { status: [201], path: 'ok', oneOf: [true], outcome: 'declined' },
        ],
      },
      'outcomes.1: no answer gets here: the rule 0 meets all of them',
    ],
    [
      'a part of an answer that has no body',
      {
        outcomes: [
          { status: [200], outcome: 'accepted' },
          { status: [204], path: 'id', outcome: 'declined' },
        ],
      },
      'outcomes.1.path: an answer with this status has no body',
    ],
    [
      'a path with an empty name',
      { outcomes: [{ status: [200], path: 'data..id', outcome: 'accepted' }] },
      'outcomes.0.path: expected a path without empty names',
    ],
    [
      'errors that are not described',
      {
        outcomes: [
          { status: [200], outcome: 'accepted' },
          { status: [422], outcome: 'invalid' },
        ],
      },
      'outcomes.1.issues: missing',
    ],
    [
      'a header that follows from the request',
      { headers: { 'Content-Length': '5' } },
      'headers.Content-Length: follows',
    ],
    [
      'a header that is given twice',
      { headers: { 'X-A': '1', 'x-a': '2' } },
      'headers.x-a: expected every header once',
    ],
    [
      'a literal secret among the parameters',
      { fields: { api_token: { value: 'invented' } } },
      'fields.api_token: expected { "env": "NAME" }',
    ],
    [
      'minutes for a month',
      { fields: { birth: { field: 'birthDate', date: 'dd.mm.yyyy' } } },
      'fields.birth.date: expected MM for the month; mm is the minute',
    ],
    [
      'a value that no field has',
      { fields: { sex: { field: 'gender', map: { man: 'M' } } } },
      'fields.sex.map.man: no value of gender; it has female, male',
    ],
    [
      'two formats at once',
      { fields: { phone: { field: 'phone', digits: 10, map: { a: 'b' } } } },
      'fields.phone: expected only one of',
    ],
    ['a required field that does not exist', { requires: ['tel'] }, 'requires.0: there is no field "tel"'],
    [
      'a definition that does not exist',
      { definition: 'bitrix' },
      'definition: expected the name of a definition (amocrm, bitrix24, leadcraft, leadgid); did you mean "bitrix24"?',
    ],
    ['what a definition leaves open', { needs: ['fields.api_token'] }, 'fields.api_token: missing'],
  ])('name the path of a mistake: %s', (_, options, problem) => {
    expect(problemsOf(options)).toContainEqual(expect.stringContaining(problem))
  })

  it.each(['Authorization', 'X-ACCOUNT-TOKEN', 'x-api-key', 'Cookie', 'X-Client-Secret'])(
    'take no literal secret in the header %s',
    (name) => {
      const problems = problemsOf({ headers: { [name]: 'invented' } })
      expect(problems).toEqual([expect.stringContaining(`headers.${name}: expected { "env": "NAME" }`)])
      expect(problems.join()).not.toContain('invented')
    },
  )

  it.each<[what: string, headers: object]>([
    ['of two lines', { a: 'b\r\nc: d' }],
    ['in Cyrillic', { a: 'б' }],
    ['with a wrong name', { 'a b': 'c' }],
  ])('take no header %s', (_, headers) => {
    expect(safeParse(http.config, networkOptions({ headers })).success).toBe(false)
  })

  it('leave out what a definition sends, where they say so', () => {
    const given = { definition: 'bitrix24', fields: { 'fields.COMMENTS': null, 'fields.UF_CRM_1': 'snils' } }
    const result = safeParse(http.config, { ...given, url: 'https://a.bitrix24.ru/rest/1/a/crm.lead.add' })
    const paths = result.success ? result.output.body.map(({ path }) => path) : []
    expect(paths).toContain('fields.UF_CRM_1')
    expect(paths).toContain('fields.TITLE')
    expect(paths).not.toContain('fields.COMMENTS')
  })
})

import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { formatIssues } from '../../../src/form/format-issues.ts'
import { admitadConfig, campaignIds } from '../../../src/providers/admitad/config.ts'
import { configWith, sentFields, options } from './support.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'

function problems(overrides: object): readonly string[] {
  const result = safeParse(admitadConfig, { ...options, ...overrides })
  return result.success ? [] : formatIssues(admitadConfig, result.issues)
}

describe('campaigns', () => {
  it.each<[string, readonly unknown[], readonly (readonly [readonly number[], number])[]]>([
    ['one', [17809], [[[17809], 0]]],
    [
      'several',
      [17809, 16126],
      [
        [[17809], 0],
        [[16126], 0],
      ],
    ],
    ['a group', [[17288, 16651]], [[[17288, 16651], 0]]],
    ['a group with a pause', [{ ids: [16633], pause: 80 }], [[[16633], 80]]],
    ['a pause of a day', [{ ids: [16633], pause: 1440 }], [[[16633], 1440]]],
    [
      "the document's example",
      [17809, 16126, [17288, 16651], { ids: [16633] }, { ids: [16326, 14605], pause: 150 }],
      [
        [[17809], 0],
        [[16126], 0],
        [[17288, 16651], 0],
        [[16633], 0],
        [[16326, 14605], 150],
      ],
    ],
  ])('are parsed in the notation of %s and sent as groups', (_, campaigns, groups) => {
    const config = configWith({ campaigns })
    const expected = groups.map(([ids, pause]) => ({ ids, pause }))
    expect(config.campaigns).toEqual(expected)
    expect(sentFields(config, fullContext).get('campaigns')).toBe(JSON.stringify(expected))
  })

  it.each<[unknown, readonly string[]]>([
    [17809, ['campaigns: expected a list of campaigns, got a number']],
    ['[17809]', ['campaigns: expected a list of campaigns, got a text']],
    [[], ['campaigns: expected at least one campaign']],
    [['17809'], ['campaigns.0: expected the id of a campaign, a whole number, got a text']],
    [
      [17809, 1.5, 0],
      [1, 2].map((index) => `campaigns.${index}: expected the id of a campaign, a whole number`),
    ],
    [[[17809, null]], ['campaigns.0.1: expected the id of a campaign, a whole number, got null']],
    [[[]], ['campaigns.0: expected at least one campaign']],
    [[{ pause: 5 }], ['campaigns.0.ids: missing']],
    [[{ ids: [1], pause: 1441 }], ['campaigns.0.pause: expected minutes, 0 to 1440']],
    [[{ ids: [1], pause: -1 }], ['campaigns.0.pause: expected minutes, 0 to 1440']],
    [[{ ids: [1], paus: 5 }], ['campaigns.0.paus: there is no such option; did you mean "pause"?']],
    [[1, [2, 1]], ['campaigns: expected every campaign once']],
  ])('%j is refused with the path of the mistake', (campaigns, expected) => {
    expect(problems({ campaigns })).toEqual(expected)
  })
})

it('the campaigns of a destination are those of its groups, or the one of sync', () => {
  const campaigns = [3, [2, 4], { ids: [1], pause: 5 }]
  expect(campaignIds(configWith({ campaigns }))).toEqual([3, 2, 4, 1])
  expect(campaignIds(configWith({ mode: 'sync', campaigns, campaignId: 65 }))).toEqual([65])
})

describe('options', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'create without campaigns',
      { campaigns: undefined },
      ['campaigns: expected the campaigns that get the applications: with "mode": "create" they are needed'],
    ],
    [
      'sync without its campaign',
      { mode: 'sync' },
      ['campaignId: expected the campaign that gets the applications: with "mode": "sync" it is needed'],
    ],
    [
      'no credentials',
      { accessToken: undefined },
      ['clientSecret: expected clientId and clientSecret, or an accessToken'],
    ],
    [
      'a client without a secret',
      { accessToken: undefined, clientId: 'x' },
      ['clientSecret: expected clientId and clientSecret, or an accessToken'],
    ],
    [
      'an unknown map',
      { valueMaps: { genders: {} } },
      ['valueMaps.genders: there is no such option; did you mean "gender"?'],
    ],
    [
      'a long agent',
      { personalDataAgent: 'Ю'.repeat(301) },
      ['personalDataAgent: expected at most 300 characters'],
    ],
  ])('are refused: %s', (_, changed, expected) => {
    expect(problems(changed)).toEqual(expected)
  })

  it.each([
    ['a client', { accessToken: undefined, clientId: 'client', clientSecret: 'secret' }],
    ['sync', { mode: 'sync', campaigns: undefined, campaignId: 65 }],
  ])('suffice: %s', (_, changed) => {
    expect(problems(changed)).toEqual([])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LeadContext } from '../../../src/providers/core/context.ts'
import { admitad } from '../../../src/providers/admitad/index.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'
import { configWith } from './support.ts'

const config = configWith({ campaigns: [17809, [17810, 16651]] })
const context: LeadContext = { ...fullContext, mayHaveArrived: false }

const outcomeOf = (answer: object) =>
  admitad.operations.create.outcome({ status: 200, body: JSON.stringify(answer) }, config, context)

const algorithm = [
  { ids: [17809], pause: 0 },
  { ids: [17810, 16651], pause: 0 },
]

/** What an answer says of one campaign, and whether that certainly means a no. */
const sayings = {
  declined: { status: 'declined', isNo: true },
  error: { status: 'error', isNo: true },
  'declined in capital letters': { status: 'DECLINED', isNo: true },
  'refused without an application': { error: 'Кампания закрыта', isNo: true },
  'an unknown status': { status: 'sent', order_id: 5, isNo: false },
  'a number': { status: 5, isNo: false },
  'no status': { isNo: false },
  processing: { status: 'processing', isNo: false },
  waiting: { status: 'waiting', isNo: false },
  approved: { status: 'approved', isNo: false },
  nothing: { isNo: false },
} as const satisfies Record<string, { readonly isNo: boolean } & Readonly<Record<string, unknown>>>
const names: readonly (keyof typeof sayings)[] = [
  'declined',
  'error',
  'declined in capital letters',
  'refused without an application',
  'an unknown status',
  'a number',
  'no status',
  'processing',
  'waiting',
  'approved',
  'nothing',
]

type Entries = readonly (readonly [campaign: number, content: object])[]

/** The shapes in which an answer says something of each campaign. */
const shapes: readonly ((entries: Entries) => unknown)[] = [
  (entries) => entries.map(([campaign, content]) => ({ campaign_id: campaign, ...content })),
  (entries) => entries.map(([campaign, content]) => ({ campaign_id: String(campaign), ...content })),
  (entries) => Object.fromEntries(entries),
  // A list with gaps, as PHP writes it.
  (entries) =>
    Object.fromEntries(
      entries.map(([campaign, content], place) => [2 * place + 1, { campaign_id: campaign, ...content }]),
    ),
]

const saying = fc.constantFrom(...names)
const shape = fc.constantFrom(...shapes)

describe('an application that was created', () => {
  it('is lost only if every campaign has certainly said no', () => {
    fc.assert(
      fc.property(saying, saying, saying, shape, shape, (...drawn) => {
        const [first, second, third, asResponses, asErrors] = drawn
        const said = [
          [17809, sayings[first]],
          [17810, sayings[second]],
          [16651, sayings[third]],
        ] as const
        const responses = said.flatMap(([campaign, content]) =>
          Object.keys(content).length === 1 || 'error' in content ? [] : [[campaign, content] as const],
        )
        const errors = said.flatMap(([campaign, content]) =>
          'error' in content ? [[campaign, { message: content.error }] as const] : [],
        )
        const answer = { id: 41, responses: asResponses(responses), errors: asErrors(errors), algorithm }
        const outcome = outcomeOf(answer)
        const isLost = said.every(([, { isNo }]) => isNo)
        expect(outcome, JSON.stringify(answer)).toMatchObject({ outcome: isLost ? 'declined' : 'accepted' })
        // Whatever has not said no is asked for later.
        const progress = 'progress' in outcome ? (outcome.progress ?? []) : []
        const open = progress.filter(({ status }) => status !== 'declined' && status !== 'error')
        expect(open).toHaveLength(said.filter(([, { isNo }]) => !isNo).length)
      }),
      { numRuns: 1000 },
    )
  })

  it.each<[string, object, object]>([
    [
      'a status of its own beside a no',
      {
        responses: [
          { campaign_id: 17809, status: 'declined' },
          { campaign_id: 17810, status: 'sent', order_id: 7 },
          { campaign_id: 16651, status: 'error' },
        ],
      },
      {
        outcome: 'accepted',
        progress: [
          { receiver: '17809', status: 'declined' },
          { receiver: '17810', status: 'processing', orderId: '7' },
          { receiver: '16651', status: 'error' },
        ],
      },
    ],
    [
      'the statuses by id',
      { responses: { 17809: 'declined', 17810: 'declined', 16651: 'declined' } },
      { outcome: 'declined' },
    ],
    [
      'the errors by id',
      { responses: [], errors: { 17809: 'Закрыта', 17810: 'Закрыта', 16651: 'Закрыта' } },
      { outcome: 'declined', reason: expect.stringContaining('campaign 17809: Закрыта') },
    ],
    [
      'a no of a campaign that it does not name',
      { responses: [{ status: 'sent' }], errors: { 17809: 'Закрыта', 17810: 'Закрыта', 16651: 'Закрыта' } },
      { outcome: 'accepted' },
    ],
    ['a text in place of the responses', { responses: 'declined' }, { outcome: 'uncertain' }],
    ['a number in place of the responses', { responses: 5 }, { outcome: 'uncertain' }],
    [
      'other keys in the responses',
      { responses: { first: { status: 'declined' } } },
      { outcome: 'uncertain' },
    ],
  ])('has %s', (_, answer, outcome) => {
    expect(outcomeOf({ id: 41, errors: [], algorithm, ...answer })).toMatchObject(outcome)
  })

  it('counts the campaigns that were asked for where a group cannot be read', () => {
    const groups = [{ ids: [17809] }, { ids: 'all' }]
    const responses = [{ campaign_id: 17809, status: 'declined' }]
    expect(outcomeOf({ id: 41, responses, errors: [], algorithm: groups })).toMatchObject({
      outcome: 'accepted',
    })
  })
})

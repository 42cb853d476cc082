import { expect, it } from 'vitest'
import {
  type ConditionGroup,
  type ConditionPart,
  createGroup,
  createRule,
  isConditionGroup,
  lacksValue,
  parseCondition,
  printCondition,
} from '../../../src/console/builder/model/conditions.ts'
import {
  addPart,
  findNeighbor,
  findPart,
  movePart,
  removePart,
  replacePart,
} from '../../../src/console/builder/model/edit-conditions.ts'
import type { Condition } from '../../../src/form/condition.ts'
import { parseDefinition } from '../../../src/form/definition.ts'

const email: Condition = { field: 'email', filled: false }
const amount: Condition = { field: 'amount', atLeast: 5 }

it.each<Condition>([
  { field: 'amount', atLeast: 15_000 },
  { field: 'amount', atMost: 15_000 },
  { field: 'employment', oneOf: [1, 3, 5] },
  { field: 'gender', equals: 'female' },
  { field: 'passportIssuedCode', equals: '012' },
  { field: 'residenceSame', equals: true },
  { field: 'email', filled: true },
  { all: [email, amount] },
  { any: [email, amount] },
  { not: email },
  { not: { any: [email, amount] } },
  { not: { all: [email, amount] } },
  { not: { not: email } },
  { not: { any: [{ any: [email, amount] }] } },
  { all: [{ any: [email, { not: amount }] }, { all: [amount, { any: [email, { all: [email, amount] }] }] }] },
])('takes the condition %j apart and puts it together again', (condition) => {
  const group = parseCondition(condition)
  expect(group && printCondition(group)).toEqual(condition)
})

it.each([
  { all: [{ field: 'email', startsWith: 'a' }] },
  { field: 'email' },
  'always',
  { not: 5 },
  undefined,
])('does not show what it does not know: %j', (condition) =>
  expect(parseCondition(condition)).toBeUndefined(),
)

it('is no condition without a rule', () => {
  expect(printCondition(createGroup('all', []))).toBeUndefined()
  expect(printCondition(createGroup('none', []))).toBeUndefined()
})

it.each([
  ['15 000', 15_000],
  ['0,8', 0.8],
  ['-5', -5],
])('reads the number "%s"', (text, number) => {
  const rule = createRule('amount', 'atLeast', text)
  expect([printCondition(createGroup('all', [rule])), lacksValue(rule)]).toEqual([
    { field: 'amount', atLeast: number },
    false,
  ])
})

it.each(['', 'много', '1e3', '1,2,3', '0x10'])(
  'makes no number of "%s", so that nothing is saved',
  (text) => {
    const rule = createRule('amount', 'atMost', text)
    const when = printCondition(createGroup('all', [rule]))
    expect(lacksValue(rule)).toBe(true)
    expect(
      parseDefinition({ id: 'main', steps: [{ id: 'a', title: 'А', when, fields: ['amount'] }] }),
    ).toMatchObject({ problems: expect.arrayContaining([expect.stringContaining('when')]) })
  },
)

/** `a (b c) d`: rules by their fields, and groups. */
function outline(group: ConditionGroup): string {
  return group.parts
    .map((part: ConditionPart) => (isConditionGroup(part) ? `(${outline(part)})` : part.field))
    .join(' ')
}

function createTree() {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((field) => createRule(field))
  if (!a || !b || !c || !d) throw new Error('no rules')
  const inner = createGroup('any', [b, c])
  return { a, b, c, d, inner, top: createGroup('all', [a, inner, d]) }
}

it('moves a part into groups and out of them, one place at a time, and back', () => {
  const { a, d, top } = createTree()
  const ways = (id: string, direction: 'up' | 'down'): readonly string[] => {
    const seen: string[] = []
    for (let at = movePart(top, id, direction); at; at = movePart(at, id, direction)) seen.push(outline(at))
    return seen
  }
  expect(ways(a.id, 'down')).toEqual(['(a b c) d', '(b a c) d', '(b c a) d', '(b c) a d', '(b c) d a'])
  expect(ways(d.id, 'up')).toEqual(['a (b c d)', 'a (b d c)', 'a (d b c)', 'a d (b c)', 'd a (b c)'])
})

it('removes a group with its last part, by a move, too', () => {
  const { b, c, d, a, inner, top } = createTree()
  const left = removePart(top, b.id)
  expect(outline(left)).toBe('a (c) d')
  expect(outline(removePart(left, c.id))).toBe('a d')
  expect(findNeighbor(left, c.id)).toBe(d)
  for (const [direction, expected] of [
    ['up', 'a c d'],
    ['down', 'a c d'],
  ] as const)
    expect(outline(movePart(left, c.id, direction) ?? left)).toBe(expected)
  expect(outline(removePart(top, inner.id))).toBe('a d')
  expect(findNeighbor(createGroup('all', [a]), a.id)).toBeUndefined()
})

it('finds, adds and replaces parts at any depth', () => {
  const { c, inner, top } = createTree()
  expect(findPart(top, c.id)?.path).toBe('2.2')
  expect(outline(addPart(top, inner, createGroup('none', [createRule('e')])))).toBe('a (b c (e)) d')
  expect(outline(replacePart(top, { ...c, field: 'x' }))).toBe('a (b x) d')
  expect(replacePart(top, { ...top, join: 'none' }).join).toBe('none')
  expect(removePart(top, 'gone')).toBe(top)
})

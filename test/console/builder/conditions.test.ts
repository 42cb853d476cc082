import fc from 'fast-check'
import { is } from 'valibot'
import { expect, it } from 'vitest'
import {
  changeOperator,
  chooseValues,
  type ConditionGroup,
  type ConditionPart,
  createGroup,
  createRule,
  findRuleProblem,
  isConditionGroup,
  parseCondition,
  printCondition,
  printValues,
  typeValues,
} from '../../../src/console/builder/model/conditions.ts'
import {
  addPart,
  findNeighbor,
  findPart,
  movePart,
  removePart,
  replacePart,
} from '../../../src/console/builder/model/edit-conditions.ts'
import { readOptions } from '../../../src/console/builder/model/field-options.ts'
import { type Condition, isConditionMet } from '../../../src/form/condition.ts'
import { definitionSchemas, parseDefinition } from '../../../src/form/definition.ts'

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

/** Every condition that a definition allows, with the values that are easily taken for others. */
function allConditions(): fc.Arbitrary<Condition> {
  const field = fc.constantFrom(
    'amount',
    'employment',
    'email',
    'passportSeries',
    'residenceSame',
    'custom.f_1',
  )
  const value = fc.oneof(
    fc.constantFrom('', ' ', '2', '012', '1e3', 'true', 'NaN', 'Да, официально', 'а\nб', ' а ,', 'null'),
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.boolean(),
  )
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true }))
  const { condition } = fc.letrec<{ condition: Condition; list: readonly Condition[] }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(
        fc.record({ field, equals: value }),
        fc.record({ field, oneOf: fc.array(value) }),
        fc.record({ field, atLeast: number }),
        fc.record({ field, atMost: number }),
        fc.record({ field, filled: fc.boolean() }),
      ),
      fc.record({ all: tie('list') }),
      fc.record({ any: tie('list') }),
      fc.record({ not: tie('condition') }),
    ),
    list: fc.array(tie('condition'), { maxLength: 3 }),
  }))
  return condition
}

it('puts every condition that a definition allows together as it was', () => {
  fc.assert(
    fc.property(allConditions(), (condition) => {
      expect(is(definitionSchemas.condition, condition)).toBe(true)
      const group = parseCondition(condition)
      expect(group && printCondition(group)).toEqual(condition)
    }),
    { numRuns: 1000 },
  )
})

it('leaves the values of all other rules as they are when one is changed', () => {
  const kept: readonly Condition[] = [
    { field: 'custom.f_1', equals: '2' },
    { field: 'custom.f_1', oneOf: ['Да, официально', 'true', '3'] },
    { field: 'custom.f_1', equals: ' 7' },
    { all: [{ field: 'custom.f_1', oneOf: [] }] },
  ]
  const group = parseCondition({ all: [...kept, { field: 'amount', atLeast: 5 }] })
  const last = group?.parts.at(-1)
  if (!group || !last || isConditionGroup(last)) throw new Error('no rule')
  expect(printCondition(replacePart(group, typeValues(last, '6')))).toEqual({
    all: [...kept, { field: 'amount', atLeast: 6 }],
  })
})

it.each(['100', 'Да, официально', 'true', '012'])(
  'compares with the option "%s" as it is answered',
  (line) => {
    const values = readOptions(line, 'custom.f_1').map((option) => option.value)
    for (const operator of ['equals', 'oneOf'] as const) {
      const rule = chooseValues(createRule('custom.f_1', operator), values)
      const condition = printCondition(createGroup('all', [rule]))
      expect(condition).toEqual({ field: 'custom.f_1', [operator]: operator === 'oneOf' ? [line] : line })
      expect(condition && isConditionMet(condition, { 'custom.f_1': line })).toBe(true)
    }
  },
)

it.each<readonly [field: string, typed: string, value: string | number]>([
  ['amount', ' 15 000', 15_000],
  ['jobExperienceMonths', '12', 12],
  ['custom.f_1', ' 100 ', '100'],
  ['custom.f_1', 'true', 'true'],
  ['comment', 'Да, официально', 'Да, официально'],
  ['registrationIndex', '101000', '101000'],
  ['passportSeries', '4510', '4510'],
])('of "%s" compares with "%s" as the field holds it', (field, typed, value) => {
  const rule = typeValues(createRule(field, 'equals'), typed)
  expect([printCondition(createGroup('all', [rule])), printValues(rule)]).toEqual([
    { field, equals: value },
    typed,
  ])
})

it('reads several typed values a line each', () => {
  const rule = typeValues(createRule('jobPlace', 'oneOf'), 'ООО «А, Б»\n\n 100 \n')
  expect(printCondition(createGroup('all', [rule]))).toEqual({
    field: 'jobPlace',
    oneOf: ['ООО «А, Б»', '100'],
  })
  expect(printValues(parseRule({ field: 'amount', oneOf: [1000, 2000] }))).toBe('1000\n2000')
})

it('keeps the values while a field is compared in other ways', () => {
  const rule = parseRule({ field: 'custom.f_1', oneOf: ['2', '3'] })
  const ways = (['equals', 'atLeast', 'filled', 'oneOf'] as const).map((operator) =>
    printCondition(createGroup('all', [changeOperator(rule, operator)])),
  )
  expect(ways).toEqual([
    { field: 'custom.f_1', equals: '2' },
    { field: 'custom.f_1', atLeast: 2 },
    { field: 'custom.f_1', filled: true },
    { field: 'custom.f_1', oneOf: ['2', '3'] },
  ])
})

it.each<readonly [Condition, ReturnType<typeof findRuleProblem>]>([
  [{ field: 'custom.f_1', equals: ' ' }, 'noValue'],
  [{ field: 'custom.f_1', oneOf: [] }, 'noValue'],
  [{ field: 'custom.f_1', oneOf: ['', '2'] }, undefined],
  [{ field: 'amount', equals: '2' }, 'noNumber'],
  [{ field: 'amount', oneOf: [2, 3] }, undefined],
  [{ field: 'employment', equals: 2 }, undefined],
  [{ field: 'residenceSame', equals: false }, undefined],
  [{ field: 'email', filled: true }, undefined],
])('says what the rule %j lacks', (condition, problem) =>
  expect(findRuleProblem(parseRule(condition))).toBe(problem),
)

function parseRule(condition: Condition) {
  const rule = parseCondition(condition)?.parts[0]
  if (!rule || isConditionGroup(rule)) throw new Error('no rule')
  return rule
}

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
  const rule = typeValues(createRule('amount', 'atLeast'), text)
  expect([printCondition(createGroup('all', [rule])), findRuleProblem(rule)]).toEqual([
    { field: 'amount', atLeast: number },
    undefined,
  ])
})

it.each(['', 'много', '1e3', '1,2,3', '0x10'])(
  'makes no number of "%s", so that nothing is saved',
  (text) => {
    const rule = typeValues(createRule('amount', 'atMost'), text)
    const when = printCondition(createGroup('all', [rule]))
    expect(findRuleProblem(rule)).toBe('noNumber')
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

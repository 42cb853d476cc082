import { describe, expect, it } from 'vitest'
import { unacknowledgedIssues } from '../../src/delivery/unacknowledged-warnings.ts'
import type { FieldIssue } from '../../src/lead/issue.ts'

const remark: FieldIssue = { field: 'firstName', code: 'campaign-format' }
const error: FieldIssue = { field: 'email', code: 'text-length', limit: 75 }
const ivan = { firstName: 'Иван', email: 'ivan@example.ru' }

describe("a campaign's remark", () => {
  it('stands the first time', () => {
    expect(unacknowledgedIssues([remark, error], ivan, [])).toEqual([remark, error])
  })

  it('passes when the same value comes again, which other issues do not', () => {
    expect(unacknowledgedIssues([remark, error], ivan, [{ values: ivan, issues: [remark, error] }])).toEqual([
      error,
    ])
  })

  it('passes for good, whatever was said in between', () => {
    const earlier = [
      { values: ivan, issues: [remark] },
      { values: ivan, issues: [error] },
    ]
    expect(unacknowledgedIssues([remark], ivan, earlier)).toEqual([])
  })

  it('stands for another value, and for one that only something else was said of', () => {
    const earlier = [{ values: ivan, issues: [remark] }]
    expect(unacknowledgedIssues([remark], { firstName: 'Пётр' }, earlier)).toEqual([remark])
    expect(unacknowledgedIssues([remark], ivan, [{ values: ivan, issues: [error] }])).toEqual([remark])
  })
})

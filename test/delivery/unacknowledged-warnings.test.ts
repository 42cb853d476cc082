import { describe, expect, it } from 'vitest'
import { unacknowledgedIssues } from '../../src/delivery/unacknowledged-warnings.ts'
import type { FieldIssue } from '../../src/lead/issue.ts'

const warning: FieldIssue = { field: 'firstName', code: 'campaign-format' }
const error: FieldIssue = { field: 'email', code: 'text-length', limit: 75 }
const ivan = { firstName: 'Иван', email: 'ivan@example.ru' }

describe('a warning of a campaign', () => {
  it('is returned the first time', () => {
    expect(unacknowledgedIssues([warning, error], ivan, [])).toEqual([warning, error])
  })

  it('is acknowledged by sending the same value again, unlike other issues', () => {
    expect(
      unacknowledgedIssues([warning, error], ivan, [{ values: ivan, issues: [warning, error] }]),
    ).toEqual([error])
  })

  it('stays acknowledged, whatever was found in between', () => {
    const earlier = [
      { values: ivan, issues: [warning] },
      { values: ivan, issues: [error] },
    ]
    expect(unacknowledgedIssues([warning], ivan, earlier)).toEqual([])
  })

  it('is returned for another value, and for one that had only other issues', () => {
    const earlier = [{ values: ivan, issues: [warning] }]
    expect(unacknowledgedIssues([warning], { firstName: 'Пётр' }, earlier)).toEqual([warning])
    expect(unacknowledgedIssues([warning], ivan, [{ values: ivan, issues: [error] }])).toEqual([warning])
  })
})

import { expect, it } from 'vitest'
import { createLog, describeError } from '../../src/relay/log.ts'

function record(format: 'text' | 'json'): readonly string[] {
  const lines: string[] = []
  const log = createLog(format, (line) => lines.push(line))
  log('info', 'Ready', { port: 8787, forms: 'main, other' })
  log('warning', 'The queue: slow')
  log('error', 'Delivery', { lead: 'a"b', refused: true })
  return lines
}

it('writes a line of text for a person', () => {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /
  const lines = record('text')
  expect(lines.filter((line) => time.test(line))).toHaveLength(3)
  expect(lines.map((line) => line.replace(time, ''))).toEqual([
    'info    Ready port=8787 forms="main, other"\n',
    'warning The queue: slow\n',
    'error   Delivery lead="a\\"b" refused=true\n',
  ])
})

it('writes a line of JSON for a program', () => {
  const time: unknown = expect.stringMatching(/^\d{4}-.*Z$/)
  const lines = record('json')
  expect(lines.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true)
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { level: 'info', time, msg: 'Ready', port: 8787, forms: 'main, other' },
    { level: 'warning', time, msg: 'The queue: slow' },
    { level: 'error', time, msg: 'Delivery', lead: 'a"b', refused: true },
  ])
})

it('describes an error without its message', () => {
  const error = Object.assign(new TypeError('+79000000001 is not a number'), { code: '22P02' })
  expect(describeError(error)).toMatch(/^TypeError 22P02 at /)
  expect(describeError(error)).not.toContain('79000000001')
  expect(describeError('+79000000001')).toBe('a thrown string')
})

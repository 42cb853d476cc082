import { expect, it } from 'vitest'
import { loggedPath } from '../../../src/relay/http/failures.ts'

it.each([
  '/forms/main/leads',
  '/forms/loan-2026a/leads/019910fe-0000-7000-8000-000000000000/code',
  '/v/1.0.0/steps-vPm12345.js',
  '/forms/main/journey-BCaL5Wyv.js',
  '/admin/consents/verify',
  '/healthz',
  '/',
])('the log has the address %s', (path) => {
  expect(loggedPath(path)).toBe(path)
})

it.each([
  ['/forms/main/leads/+79000000001', '/forms/main/leads/…'],
  ['/forms/main/leads/79000000001/code', '/forms/main/leads/…/code'],
  ['/4511-000050', '/…'],
  ['/forms/%D0%98%D0%B2%D0%B0%D0%BD/leads', '/forms/…/leads'],
  ['/forms/Иванов', '/forms/…'],
  ['/anna@example.ru', '/…'],
  ['/forms/main/cities?query=Иванов', '/forms/main/cities'],
  ['/signed/abcdefghijklmnopqrstuv', '/signed/…'],
])('what a person may have entered is not in the log: %s', (path, logged) => {
  expect(loggedPath(path)).toBe(logged)
})

it('a long path is cut', () => {
  expect(loggedPath(`/${'a/'.repeat(5000)}`).length).toBeLessThanOrEqual(201)
})

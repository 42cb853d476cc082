import { describe, expect, it } from 'vitest'
import { includesOrigin, normalizeOrigin } from '../../../src/relay/config/values/origin.ts'

const example = 'https://xn--e1afmkfd.xn--p1ai'

describe('an origin', () => {
  it.each([
    ['https://landing.example.ru', 'https://landing.example.ru'],
    ['https://landing.example.ru/', 'https://landing.example.ru'],
    [' HTTPS://Landing.Example.RU:443/ ', 'https://landing.example.ru'],
    ['http://landing.example.ru:80', 'http://landing.example.ru'],
    ['https://landing.example.ru:8443', 'https://landing.example.ru:8443'],
    ['https://пример.рф', example],
    ['https://ПРИМЕР.РФ/', example],
    [example, example],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['https://[::1]:8443/', 'https://[::1]:8443'],
    ['https://*.example.ru', 'https://*.example.ru'],
    ['https://*.Пример.рф:443/', 'https://*.xn--e1afmkfd.xn--p1ai'],
    ['https://*.example.ru:8443', 'https://*.example.ru:8443'],
    // Frames in a sandbox.
    ['null', 'null'],
  ])('"%s" is "%s"', (written, origin) => {
    expect(normalizeOrigin(written)).toBe(origin)
  })

  it.each([
    '',
    '*',
    'landing.example.ru',
    '//landing.example.ru',
    'ftp://landing.example.ru',
    'https://landing.example.ru/loan',
    'https://landing.example.ru/?a=1',
    'https://landing.example.ru/#a',
    'https://name:secret@landing.example.ru',
    'https://*',
    'https://*.ru',
    'https://a*.example.ru',
    'https://a.*.example.ru',
    'https://*.*.example.ru',
    '*.example.ru',
    '*://landing.example.ru',
    'https://landing.example.ru https://other.example.ru',
  ])('is not "%s"', (written) => {
    expect(normalizeOrigin(written)).toBeUndefined()
  })
})

it.each([
  ['https://spb.example.ru', true],
  ['https://a.b.c.example.ru', true],
  ['https://example.ru', false],
  ['https://notexample.ru', false],
  ['http://spb.example.ru', false],
  ['https://spb.example.ru:8443', false],
  ['https://spb.example.ru.evil.example', false],
  ['null', false],
])('the subdomains of example.ru include %s: %s', (origin, included) => {
  expect(includesOrigin(new Set(['https://*.example.ru']), origin)).toBe(included)
})

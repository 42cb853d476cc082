import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newerApis, oldestSupported } from '../engines/newer-apis.ts'
import { buildPageFiles, readScripts } from '../support/build-page-files.ts'

let folder: string
let scripts: ReadonlyMap<string, string>

beforeAll(async () => {
  folder = await buildPageFiles()
  scripts = await readScripts(folder)
})
afterAll(() => rm(folder, { recursive: true }))

it('every interface of the list is newer than one of the oldest browsers', () => {
  const supported = newerApis.filter(({ since }) =>
    since.every((version, browser) => version !== 'none' && version <= Number(oldestSupported[browser])),
  )
  expect(supported.map(({ path }) => path)).toEqual([])
})

it('the files for pages name nothing that some supported browser lacks', () => {
  expect([...scripts].flatMap(([file, text]) => namedIn(text).map((path) => `${file}: ${path}`))).toEqual([])
})

it('the files for pages have no regular expression that some supported browser cannot read', () => {
  // Lookbehind: Safari 16.4; the flags v and d, and groups with flags of their own, are newer than all three.
  for (const [file, text] of scripts)
    expect([file, /\(\?<[=!]|\(\?[ims]*-?[ims]+:/.exec(text)]).toEqual([file, null])
})

it('the files for pages have no styles that some supported browser drops', () => {
  // Such as `:has()`: Chrome 105; cascade layers: Chrome 99; units of the dynamic viewport: Chrome 108.
  const newerStyles =
    /:has\(|:user-(?:in)?valid|:popover-open|:state\(|@(?:layer|container|scope|starting-style)\b|color-mix\(|light-dark\(|\d[dsl]v[hw]\b/
  for (const [file, text] of scripts) expect([file, newerStyles.exec(text)]).toEqual([file, null])
  expect('p:has(a){height:100dvh}').toMatch(newerStyles)
})

it('finds an interface by its name', () => {
  expect(namedIn('a.toSorted();URL.canParse(b);structuredClone(c)')).toEqual([
    'Array.prototype.toSorted',
    'URL.canParse',
    'structuredClone',
  ])
  expect(namedIn('a.sort();canParse(b);"unstructuredCloned"')).toEqual([])
  expect(namedIn('URL.canParse?URL.canParse(a):b')).toEqual([])
})

/** What dependencies call only where it is there. The journeys of `test/engines` go the other way. */
const guardedCalls = [/\bURL\.canParse\?URL\.canParse\(/g, /\b(\w+)\.moveBefore&&[^?]+\?\1\.moveBefore\(/g]

function namedIn(text: string): readonly string[] {
  const script = guardedCalls.reduce((rest, pattern) => rest.replaceAll(pattern, ''), text)
  return newerApis
    .filter(({ isCommonName, fallback }) => !isCommonName && fallback === undefined)
    .filter(({ path }) => patternOf(path).test(script))
    .map(({ path }) => path)
}

/** A member of every instance by its name alone, anything else by its whole path. */
function patternOf(path: string): RegExp {
  const [owner, member] = path.split('.prototype')
  return new RegExp(member === undefined ? `\\b${owner}\\b` : `${member}\\b`.replace('.', '\\.'))
}

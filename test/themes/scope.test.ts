import { glob, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { rulesOf } from './palette.ts'

const files = (await Array.fromAsync(glob('src/themes/*.css'))).toSorted()

it.each(files)('%s has only selectors of the form, so it changes nothing else on a page', async (file) => {
  const css = (await readFile(file, 'utf8')).replaceAll(/@import[^;]*;/g, '')
  const selectors = rulesOf(css)
    .map(({ selector }) => selector.replace(/^@media[^{]*/, ''))
    .flatMap((list) => list.split(/,(?![^(]*\))/))
    .map((selector) => selector.trim())
    .filter((selector) => selector !== '')
  expect(selectors.filter((selector) => !/^(?::host|[a-z]*\.anketa)(?![a-z])/.test(selector))).toEqual([])
  expect(selectors.length).toBeGreaterThan(file.endsWith('base.css') ? -1 : 0)
})

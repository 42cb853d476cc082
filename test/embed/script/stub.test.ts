import { readFile } from 'node:fs/promises'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { stub } from '../../../src/embed/script/stub.ts'

/** A page's global of our name after the stub has run on it twice, and what then waits there. */
function after(before: unknown, calls = '') {
  const window: { Anketa?: unknown } = before === undefined ? {} : { Anketa: before }
  runInNewContext(`${stub};${stub};${calls}`, { window, Anketa: before })
  return window.Anketa
}

it('the stub keeps calls until the script arrives, in order', () => {
  expect(
    JSON.stringify(after(undefined, "window.Anketa.mount('a', { test: true }); window.Anketa.scan()")),
  ).toBe('{"q":[["mount",{"0":"a","1":{"test":true}}],["scan",{}]]}')
})

it('the stub leaves a script that is there alone, and is not confused by an element of this id', () => {
  const script = { mount: () => undefined, version: '1' }
  expect(after(script)).toBe(script)
  expect(JSON.stringify(after({ id: 'Anketa' }))).toBe('{"q":[]}')
})

it('the stub that the documentation shows is this one', async () => {
  expect(await readFile(new URL('../../../docs/embedding.md', import.meta.url), 'utf8')).toContain(stub)
})

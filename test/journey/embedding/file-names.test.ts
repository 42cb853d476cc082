import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'

/** Words in the rules of EasyList, EasyPrivacy and RU AdList that block files by their names. */
const blocked =
  /track|analytic|advert|\bads?\b|banner|counter|pixel|metri[ck]|affiliate|beacon|telemetry|sponsor/i

// Pages of the script load dist/*.js. Bundlers name the files of an application after those of the package.
it('no file that a browser loads has a name that blockers of advertisements know', async () => {
  const entries = await readdir(new URL('../../../dist/', import.meta.url), { recursive: true })
  const files = entries.filter((name) => name.endsWith('.js') && !/^relay[/\\]/.test(name))
  for (const name of [/^form\.js$/, /^anketa\.js$/, /^extras-.+\.js$/, /^shared.source\.js$/])
    expect(files).toContainEqual(expect.stringMatching(name))
  expect(files.filter((name) => blocked.test(name))).toEqual([])
})

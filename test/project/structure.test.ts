import { glob } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { listFullFolders, listSharedNames, readSourceFiles } from '../../scripts/repository-stats.ts'

it('no folder has more entries than a reader takes in', async () => {
  const paths = await Array.fromAsync(
    glob('{src,test,demo,scripts,docs}/**/*.*', {
      // One file for each recorded answer, and for each page.
      exclude: ['test/fixtures/**', 'demo/pages/html/**'],
    }),
  )
  const full = listFullFolders(paths.map((path) => path.replaceAll('\\', '/')))
  // `test` mirrors src and has what only tests need; the README is the index of `docs`.
  expect(full.filter(([folder]) => folder !== 'test' && folder !== 'docs')).toEqual([])
})

it('an exported name of src has one meaning', async () => {
  // What pages and applications call has the names that they know.
  const known = ['src/embed/script/api.ts', 'src/entries/react.ts']
  const files = (await readSourceFiles('src')).filter(({ path }) => !known.includes(path))
  expect(listSharedNames(files)).toEqual([])
})

it('finds full folders and shared names', () => {
  const paths = Array.from({ length: 17 }, (_, index) => `src/full/${index}.ts`)
  expect(listFullFolders([...paths, 'src/other/a.ts'])).toEqual([['src/full', 17]])
  const file = { lines: 1, imports: [], exports: ['choice'] }
  expect(
    listSharedNames([
      { ...file, path: 'a.ts' },
      { ...file, path: 'b.ts' },
    ]),
  ).toEqual([['choice', ['a.ts', 'b.ts']]])
})

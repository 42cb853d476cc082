// Writes, after the script was built, what pages with a strict policy need: the hashes of all files, and of the stub.
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import manifest from '../package.json' with { type: 'json' }
import { stub } from '../src/embed/script/stub.ts'

const dist = new URL('../dist/', import.meta.url)

const names = (await readdir(dist)).filter((name) => /^anketa.*\.js$/.test(name) && !isOtherVersion(name))
const files = Object.fromEntries(
  await Promise.all(
    names
      .toSorted()
      .map(async (name) => [name, integrityHash('sha384', await readFile(new URL(name, dist)))] as const),
  ),
)
const inlineStub = { text: stub, hash: integrityHash('sha256', stub) }
await writeFile(
  new URL('integrity.json', dist),
  `${JSON.stringify({ version: manifest.version, files, inlineStub }, undefined, 2)}\n`,
)

console.log('\nFor integrity="…" on script tags:')
for (const [name, value] of Object.entries(files)) console.log(`  dist/${name}  ${value}`)
console.log(`For script-src, where a page has the stub inline:\n  '${inlineStub.hash}'\n`)

/** Whether a part was left by a build of another version. */
function isOtherVersion(name: string): boolean {
  return /^anketa-\d/.test(name) && !name.startsWith(`anketa-${manifest.version}-`)
}

function integrityHash(algorithm: 'sha256' | 'sha384', content: string | Uint8Array): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`
}

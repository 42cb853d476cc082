import { glob, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

/** Turns of phrase that plain technical English does not have. */
const phrases = [
  'whoever',
  'anew',
  'mend(s|ed|ing)?',
  'parted',
  '(is|are|was|were|be|been|being) told',
  'so many',
  '(?<!there )(is|are) none(?! of)',
  'besides',
  'of its own accord',
  'by the way',
  'couriers?',
  'rehears(e|es|ed|al|als)',
  'the house',
  'rooms?',
  'doors?',
  'slips?',
  'desks?',
  'keepers?',
  'succession',
]

/** Names of files and of exports that have been replaced. */
const formerNames = [
  'announcer',
  'await-answer',
  'adoptOrphans',
  'ask-more',
  'campaign-news',
  'credential-mask',
  'decision-?board',
  'expected-of',
  'folder-?lock',
  'FolderInUse',
  'form-setup',
  'FormSetup',
  'given-options',
  'intake',
  'key-hash',
  'load-?speech',
  'option-guide',
  'option-kind',
  'place-book',
  'place-desk',
  'place-tables',
  'plain-form',
  'plain-page',
  'progress-store',
  'progress-watch',
  'provider-calls',
  'questionnaire',
  'RelayPorts',
  'shared-heads',
  'standing-?issues',
  'startCouriers',
  'take-?values',
  'tell-?slips',
  'token-keeper',
  'touch-store',
]

const former = new RegExp(`\\b(${[...phrases, ...formerNames].join('|')})\\b`, 'gi')

it('code and documents use the plain words of the field', async () => {
  // What a person reads in a form is not for these rules.
  const files = await Array.fromAsync(
    glob(['README.md', '{src,test,demo,scripts,docs}/**/*.{ts,tsx,js,css,html,md}', '*.ts'], {
      exclude: [
        'test/project/language.test.ts',
        'src/i18n/en/**',
        'test/fixtures/**',
        'demo/pages/static/*.min.*',
      ],
    }),
  )
  expect(files.length).toBeGreaterThan(400)
  const found = await Promise.all(
    files.toSorted().map(async (file) => findFormerWords(file, await readFile(file, 'utf8'))),
  )
  expect(found.flat()).toEqual([])
})

it('finds a former word with its place', () => {
  expect(findFormerWords('a.ts', '// Told once.\n// Whoever is told\nconst keyboard = roomy')).toEqual([
    'a.ts:2: Whoever',
    'a.ts:2: is told',
  ])
})

function findFormerWords(file: string, text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, index) => [...line.matchAll(former)].map(([word]) => `${file}:${index + 1}: ${word}`))
}

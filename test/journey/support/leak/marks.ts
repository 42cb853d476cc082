import { applicant, mistakes, otherPhone, smsCode } from './applicant.ts'

/** A text that shows where a value of the applicant has gone. */
interface Mark {
  readonly name: string
  readonly text: string
}

const values = [
  ...Object.entries(applicant),
  ...Object.entries(mistakes).map(([name, value]) => [`mistake in ${name}`, value] as const),
  ['other phone', { typed: otherPhone }] as const,
  ['SMS code', { typed: smsCode }] as const,
]

/** Every spelling of every value, by what it belongs to. */
export const marks: readonly Mark[] = values.flatMap(([name, { typed, ...value }]) =>
  [typed, ...('spellings' in value ? value.spellings : [])].map((text) => ({ name, text })),
)

/** Shorter ones count only as a whole word: hashes and times hold any few digits. */
const minFoldedLength = 7

const matchers = marks.map(({ name, text }) => {
  const folded = fold(text)
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${folded.split('').join('[\\s.-]?')}(?![\\p{L}\\p{N}])`, 'u')
  return {
    name,
    isIn: (view: string, foldedView: string) =>
      folded.length < minFoldedLength ? word.test(view) : foldedView.includes(folded),
  }
})

/**
 * The values of the applicant that a text holds, in whatever spelling: with other capitals and separators, as digits
 * only, in Latin letters, in percents (UTF-8 and windows-1251), with escapes of JSON or HTML, in base64, and in up to
 * three of these at once.
 */
export function findMarks(text: string): readonly string[] {
  const found = new Set<string>()
  for (const view of viewsOf(text)) {
    const lower = foldCase(view)
    const folded = fold(view)
    for (const { name, isIn } of matchers) if (isIn(lower, folded)) found.add(name)
  }
  return [...found]
}

function foldCase(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е')
}

function fold(text: string): string {
  return foldCase(text).replace(/[^\p{L}\p{N}]/gu, '')
}

/** The text, and what it is when it is decoded once, twice and three times. */
function viewsOf(text: string): ReadonlySet<string> {
  const views = new Set([text])
  let latest: readonly string[] = [text]
  for (let round = 0; round < 3; round += 1) {
    latest = latest.flatMap(decode).filter((view) => view !== '' && !views.has(view))
    for (const view of latest) views.add(view)
  }
  return views
}

function decode(text: string): readonly string[] {
  return [
    decodePercents(text, 'utf-8'),
    decodePercents(text, 'windows-1251'),
    decodeEscapes(text),
    decodeBase64(text),
  ]
}

function decodePercents(text: string, encoding: string): string {
  if (!/%[\da-f]{2}/i.test(text)) return ''
  const decoder = new TextDecoder(encoding)
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[\da-f]{2})+/gi, (run) => decoder.decode(Buffer.from(run.replaceAll('%', ''), 'hex')))
}

function decodeEscapes(text: string): string {
  return text
    .replace(/\\u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\x([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#x([\da-f]{1,5});/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,6});/g, (_, number: string) => String.fromCodePoint(Number(number)))
}

/** The texts of all runs that may be base64, wherever in a run the encoded text begins. */
function decodeBase64(text: string): string {
  const runs = text.match(/[\w+/-]{11,}/g) ?? []
  return runs
    .flatMap((run) => [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString('utf8')))
    .join('\n')
}

/** Every spelling in which a file of a database may hold a value, as bytes. Values of few characters are left out. */
export const storedSpellings: readonly { readonly name: string; readonly bytes: Buffer }[] = marks
  .filter(({ text }) => fold(text).length >= minFoldedLength)
  .flatMap(({ name, text }) => {
    const texts = new Set([text, text.toLowerCase(), text.replace(/\D/g, ''), encodeURIComponent(text)])
    const plain = [...texts].filter((spelling) => spelling.length >= minFoldedLength)
    return [
      ...plain.map((spelling) => Buffer.from(spelling)),
      Buffer.from(text, 'utf16le'),
      Buffer.from(escapeAsJson(text)),
      // Without the ends, which depend on what is beside the text.
      ...[0, 1, 2].map((before) =>
        Buffer.from(
          Buffer.from(`${' '.repeat(before)}${text}`)
            .toString('base64')
            .slice(4, -4),
        ),
      ),
    ].map((bytes) => ({ name, bytes }))
  })

function escapeAsJson(text: string): string {
  return text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The spellings by their first two bytes. */
const spellingsByBeginning = Map.groupBy(storedSpellings, ({ bytes }) => bytes.readUInt16BE())

/** The values of the applicant that bytes of a database hold. Read once from end to end: there are many megabytes. */
export function findStoredMarks(content: Buffer): readonly string[] {
  const isBeginning = new Uint8Array(0x1_00_00)
  for (const beginning of spellingsByBeginning.keys()) isBeginning[beginning] = 1
  const found = new Set<string>()
  for (let index = 0; index + 2 <= content.length; index += 1) {
    const beginning = content.readUInt16BE(index)
    if (isBeginning[beginning] === 0) continue
    for (const { name, bytes } of spellingsByBeginning.get(beginning) ?? [])
      if (
        content.compare(bytes, 0, bytes.length, index, Math.min(index + bytes.length, content.length)) === 0
      )
        found.add(name)
  }
  return [...found]
}

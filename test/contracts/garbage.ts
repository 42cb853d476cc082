import fc from 'fast-check'

const members = [
  ['result', 'ok', 'bad', 'data', 'id', 'id_lead', 'errors', 'message', 'ans', 'true', 'false', 'notices'],
  ['notice_text', 'fields', 'phone', 'status', 'responses', 'toString', '__proto__', 'constructor'],
].flat()

/** Bodies that have what the documented ones have, under the same names, in the wrong places. */
export function misplaced(names: readonly string[]): fc.Arbitrary<string> {
  const word = fc.constantFrom(...members, ...names)
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(word, fc.integer({ min: -2, max: 200 }), fc.boolean(), fc.constant(null)),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(word, tie('tree'), { maxKeys: 4 }),
    ),
  }))
  return tree.map((value) => JSON.stringify(value))
}

/** The same answer with a credential at the end of every text in it. */
export function echoing(body: string, credential: string): string {
  return /^\s*[[{]/.test(body)
    ? body.replaceAll(/"(?=\s*[,\]}])/g, ` ${credential}"`)
    : `${body} ${credential}`
}

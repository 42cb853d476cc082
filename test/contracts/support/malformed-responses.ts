import fc from 'fast-check'

const knownWords = [
  ['result', 'ok', 'bad', 'data', 'id', 'id_lead', 'errors', 'message', 'ans', 'true', 'false', 'notices'],
  ['notice_text', 'fields', 'phone', 'status', 'responses', 'toString', '__proto__', 'constructor'],
].flat()

/** Bodies with the names and values of documented ones in the wrong places. */
export function misplacedBodies(names: readonly string[]): fc.Arbitrary<string> {
  const word = fc.constantFrom(...knownWords, ...names)
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

/** Variants of a body, each with a credential at the end of one of its texts. */
export function withEchoedCredential(body: string, credential: string): readonly string[] {
  const ends = Array.from(body.matchAll(/"(?=\s*[,\]}])/g), ({ index }) => index)
  return [body.length, ...ends].map((at) => `${body.slice(0, at)} ${credential}${body.slice(at)}`)
}

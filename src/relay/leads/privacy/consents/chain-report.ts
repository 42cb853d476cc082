import {
  array,
  boolean,
  type InferOutput,
  number,
  object,
  optional,
  readonly,
  pipe,
  safeParse,
  string,
} from 'valibot'

const count = number()

const schema = object({
  /** Whether nothing was changed, removed or added in between. */
  intact: boolean(),
  batches: count,
  receipts: count,
  /** Receipts whose address and browser have been erased. They are verified by their digests. */
  erased: count,
  /** Receipts, and revisions with consents, that are not in the chain yet. */
  waiting: count,
  /** The digest of the last batch. Kept elsewhere, it proves later that nothing up to it was changed. */
  head: optional(string()),
  problems: pipe(array(string()), readonly()),
})

/** What a verification of all receipts has found. */
export type ChainReport = Readonly<InferOutput<typeof schema>>

/** Parses the report of a running relay. */
export function parseChainReport(candidate: unknown): ChainReport | undefined {
  const result = safeParse(schema, candidate)
  return result.success ? result.output : undefined
}

/** A report as text for the operator. */
export function describeChainReport({
  intact,
  batches,
  receipts,
  erased,
  waiting,
  head,
  problems,
}: ChainReport): string {
  return [
    intact ? 'The receipts of consents are intact.' : 'The receipts of consents are NOT intact.',
    ...problems.map((problem) => `  ${problem}`),
    `Receipts: ${receipts} in ${batches} batches, ${erased} of them without address and browser, which are erased or were never known.`,
    `Not in the chain yet: ${waiting}. The relay adds them within seconds while it runs.`,
    ...(head === undefined ? [] : [`Digest of the last batch, to note for the next time: ${head}`]),
  ].join('\n')
}

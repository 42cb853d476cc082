import { findMarks } from './marks.ts'

/** A place in a browser or a relay at which a value could be read by others. */
export interface Evidence {
  /** Such as `localStorage` or `relay log`. */
  readonly area: string
  /** Such as a key, an address or the name of an attribute. */
  readonly where: string
  readonly text: string
}

/** Evidence that holds values of the applicant. */
export interface Finding {
  readonly area: string
  readonly where: string
  readonly values: readonly string[]
  readonly text: string
}

/** Collects evidence. */
export interface EvidenceLog {
  record(area: string, where: string, text: string): void
  /** The texts of an area that were recorded at places like this. */
  textsIn(area: string, where: RegExp): readonly string[]
  /** The places of an area. */
  wheresIn(area: string): readonly string[]
  /** The areas that have evidence. */
  areas(): ReadonlySet<string>
  /** All evidence that holds values, the same only once. */
  findings(): readonly Finding[]
}

/** Creates a log of evidence. */
export function createEvidenceLog(): EvidenceLog {
  const evidence = new Map<string, Evidence>()
  return {
    record(area, where, text) {
      evidence.set(`${area}\n${where}\n${text}`, { area, where, text })
    },
    textsIn: (name, pattern) =>
      [...evidence.values()].flatMap(({ area, where, text }) =>
        area === name && pattern.test(where) ? [text] : [],
      ),
    wheresIn: (name) => [...evidence.values()].flatMap(({ area, where }) => (area === name ? [where] : [])),
    areas: () => new Set([...evidence.values()].map(({ area }) => area)),
    findings: () =>
      [...evidence.values()].flatMap(({ area, where, text }) => {
        const values = findMarks(`${where}\n${text}`)
        return values.length > 0 ? [{ area, where, values, text }] : []
      }),
  }
}

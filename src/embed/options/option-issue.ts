import type { OptionName } from './options-table.ts'

/** Something on a page for its author to mend. None holds what was given: it may be a credential in the wrong place. */
export interface OptionIssue {
  /** Where it is; `value` is one that its field does not take. */
  readonly where: 'option' | 'attribute' | 'field' | 'value'
  /** As it is written there. */
  readonly name: string
  /** The option that was given a wrong value; none, where the name itself is unknown. */
  readonly option?: OptionName
}

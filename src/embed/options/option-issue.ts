import type { OptionSpec } from './options-table.ts'

/** Something wrong with a form's options. It never holds the value, which may be a credential in the wrong place. */
export interface OptionIssue {
  /** Where it is; `value` is one that its field does not accept. */
  readonly where: 'option' | 'attribute' | 'field' | 'value'
  /** The name as it is written there. */
  readonly name: string
  /** What the value should be; absent if the name itself is unknown. */
  readonly expected?: OptionSpec<unknown>
}

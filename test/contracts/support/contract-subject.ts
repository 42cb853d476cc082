import type { Provider } from '../../../src/providers/core/provider.ts'
import type { HttpRequest, HttpResult } from '../../../src/providers/core/context.ts'
import type { BaseConfig } from '../../../src/providers/core/field-rules.ts'
import type { DocumentedParameter } from './documented-parameters.ts'

/** A call of a provider beside the one that sends a lead. */
export interface OtherCall<Config> {
  readonly name: string
  readonly request: (config: Config) => HttpRequest
  /** Reads an answer; `isSuccess` tells what of it would pass for one. */
  readonly read: (result: HttpResult, config: Config) => unknown
  readonly isSuccess: (read: unknown) => boolean
}

/** An adapter as the suite sees it. */
export interface ContractSubject<Config extends BaseConfig> {
  /** The provider's name, and its way if it has several. */
  readonly title: string
  readonly provider: Provider<Config>
  /** Every option, credentials included, and rules for what nothing else supplies. */
  readonly options: Readonly<Record<string, unknown>> & {
    readonly fields?: Readonly<Record<string, unknown>>
  }
  /** Texts that must stay unseen. */
  readonly credentials: readonly string[]
  /** The document's table. */
  readonly document: readonly DocumentedParameter[]
  /** Parameters that the document does not have. */
  readonly undocumented?: readonly string[]
  /** What a request carries, by path. */
  readonly sent: (request: HttpRequest) => readonly (readonly [path: string, value: unknown])[]
  /** Set where a request is a form, all of whose values are texts. */
  readonly texts?: true
  /** The outcome of every answer that is kept as a file. */
  readonly answers: Readonly<Record<string, object>>
  /** Whether a body, at any status, says that the lead was taken: told by the document, without the adapter. */
  readonly saysTaken: (body: string) => boolean
  readonly others?: readonly OtherCall<Config>[]
}

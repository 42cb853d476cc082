import type { Provider } from '../../../src/providers/core/provider.ts'
import type { HttpRequest, HttpResult } from '../../../src/providers/core/context.ts'
import type { BaseConfig } from '../../../src/providers/core/field-rules.ts'
import type { DocumentedParameter } from './documented-parameters.ts'

/** A call of a provider other than the one that sends a lead. */
export interface OtherCall<Config> {
  readonly name: string
  readonly request: (config: Config) => HttpRequest
  /** Reads a response. `isSuccess` says whether the result counts as a success. */
  readonly read: (result: HttpResult, config: Config) => unknown
  readonly isSuccess: (answer: unknown) => boolean
}

/** An adapter with what the contract suite expects of it. */
export interface ContractSubject<Config extends BaseConfig> {
  /** The provider's name, with its mode if it has several. */
  readonly title: string
  readonly provider: Provider<Config>
  /** Every option, including credentials, and rules for parameters without another source. */
  readonly options: Readonly<Record<string, unknown>> & {
    readonly fields?: Readonly<Record<string, unknown>>
  }
  /** Texts that no outcome may contain. */
  readonly credentials: readonly string[]
  /** The document's table. */
  readonly document: readonly DocumentedParameter[]
  /** Parameters that the document does not have. */
  readonly undocumented?: readonly string[]
  /** Parameters whose values are left out where they are not as documented. */
  readonly dropped?: readonly string[]
  /** The parameters of a request, by path. */
  readonly sent: (request: HttpRequest) => readonly (readonly [path: string, value: unknown])[]
  /** Set if requests are forms, in which all values are texts. */
  readonly texts?: true
  /** The outcome of every recorded response, by file name. */
  readonly outcomes: Readonly<Record<string, object>>
  /** Whether a body, with this status, says that the lead was accepted, according to the document. */
  readonly saysAccepted: (body: string, status: number) => boolean
  /** A response that names a parameter, in the way in which the provider names parameters in errors, if it has any. */
  readonly errorAbout?: (path: string) => HttpResult
  readonly otherCalls?: readonly OtherCall<Config>[]
}

import type { Operation } from './provider.ts'
import type { HttpRequest, HttpResult } from './context.ts'

/** An operation of a provider with the provider's options filled in. */
export interface BoundOperation<Context, Answer> {
  request(context: Context): HttpRequest
  outcome(result: HttpResult, context: Context): Answer
}

/** Fills the options into an operation. */
export function bindOperation<Config, Context, Answer>(
  operation: Operation<Config, Context, Answer>,
  config: Config,
): BoundOperation<Context, Answer> {
  return {
    request: (context) => operation.request(config, context),
    outcome: (result, context) => operation.outcome(result, config, context),
  }
}

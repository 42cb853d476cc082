import type { RequestFailure } from '../access/relay-client.ts'
import { useConsole } from '../console-context.ts'

/** Says why a view has nothing to show, and tries again. */
export function FailurePanel({
  failure,
  onRetry,
}: {
  readonly failure: RequestFailure
  readonly onRetry: () => void
}) {
  const texts = useConsole().texts.value
  return (
    <div class="notice" data-tone="bad" role="alert">
      <p>{texts.failures[failure]}</p>
      <button type="button" class="button" onClick={onRetry}>
        {texts.tryAgain}
      </button>
    </div>
  )
}

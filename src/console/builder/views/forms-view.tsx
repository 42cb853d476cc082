import { useSignal } from '@preact/signals'
import { useCallback, useEffect, useMemo } from 'preact/hooks'
import type { RequestFailure } from '../../access/relay-client.ts'
import { type ConsoleRoute, formatRoute } from '../../access/routes.ts'
import { useConsole } from '../../console-context.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import { ViewHeading } from '../../parts/view-heading.tsx'
import type { FormLine, FormList } from '../../../relay/http/admin/forms/form-answers.ts'
import { builderTextsOf } from '../create-builder-tools.ts'
import { createRelayForms } from '../relay-forms.ts'

/** All forms of the relay, and which version of each is served. */
export function FormsView() {
  const { client, preferences, navigation } = useConsole()
  const texts = useMemo(() => builderTextsOf(preferences.language), [preferences]).value.forms
  const forms = useMemo(() => createRelayForms(client), [client])
  const list = useSignal<FormList | undefined>(undefined)
  const failure = useSignal<RequestFailure | undefined>(undefined)

  const load = useCallback(async (): Promise<void> => {
    const answered = await forms.list()
    failure.value = 'failure' in answered ? answered.failure : undefined
    if ('value' in answered) list.value = answered.value
  }, [forms, failure, list])
  useEffect(() => void load(), [load])

  const create: ConsoleRoute = { view: 'new-form' }
  return (
    <div class="stack">
      <ViewHeading title={texts.title}>
        <span class="spread" />
        <a
          class="button"
          href={formatRoute(create)}
          onClick={(event) => {
            event.preventDefault()
            navigation.go(create)
          }}
        >
          {texts.create}
        </a>
      </ViewHeading>
      {failure.value && <FailurePanel failure={failure.value} onRetry={() => void load()} />}
      {list.value && (
        <section class="panel" aria-label={texts.title}>
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">{texts.columns.form}</th>
                <th scope="col">{texts.columns.state}</th>
                <th scope="col">{texts.columns.size}</th>
                <th scope="col">{texts.columns.destinations}</th>
              </tr>
            </thead>
            <tbody>
              {list.value.forms.map((line) => (
                <FormRow key={line.form} line={line} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p class="muted small">{texts.createNote}</p>
    </div>
  )
}

function FormRow({ line }: { readonly line: FormLine }) {
  const { preferences, navigation } = useConsole()
  const texts = useMemo(() => builderTextsOf(preferences.language), [preferences]).value.forms
  const route: ConsoleRoute = { view: 'form', form: line.form }
  const state = line.isRefused
    ? texts.refused
    : line.served
      ? texts.served(line.served.number)
      : texts.configured
  return (
    <tr>
      <th scope="row">
        <a
          href={formatRoute(route)}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            navigation.go(route)
          }}
        >
          {line.form}
        </a>
        {line.title !== undefined && <span class="muted"> {line.title}</span>}
      </th>
      <td>
        <StatusBadge tone={line.isRefused ? 'bad' : line.served ? 'info' : 'good'} text={state} />
      </td>
      <td>{texts.size(line.steps, line.fields)}</td>
      <td class="mono">{line.destinations.join(', ')}</td>
    </tr>
  )
}

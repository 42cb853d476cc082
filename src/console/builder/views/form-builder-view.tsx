import { useSignal } from '@preact/signals'
import { useCallback, useEffect, useMemo } from 'preact/hooks'
import type { RequestFailure } from '../../access/relay-client.ts'
import { formatRoute } from '../../access/routes.ts'
import { useConsole } from '../../console-context.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { Icon } from '../../parts/icon.tsx'
import { ViewHeading } from '../../parts/view-heading.tsx'
import type { FormDetails } from '../../../relay/http/admin/forms/form-answers.ts'
import { builderTextsOf } from '../create-builder-tools.ts'
import { createRelayForms } from '../relay-forms.ts'
import { FormEditor } from './form-editor.tsx'

/** The builder of one form of the relay; without a name it is a form that the configuration does not have yet. */
export function FormBuilderView({ form }: { readonly form?: string }) {
  const { client, preferences, navigation, texts: consoleTexts } = useConsole()
  const texts = useMemo(() => builderTextsOf(preferences.language), [preferences]).value
  const forms = useMemo(() => createRelayForms(client), [client])
  const details = useSignal<FormDetails | undefined>(undefined)
  const failure = useSignal<RequestFailure | undefined>(undefined)

  const load = useCallback(async (): Promise<void> => {
    if (form === undefined) return
    const answered = await forms.load(form)
    failure.value = 'failure' in answered ? answered.failure : undefined
    if ('value' in answered) details.value = answered.value
  }, [forms, form, details, failure])
  useEffect(() => void load(), [load])

  return (
    <div class="stack">
      <a
        class="back"
        href={formatRoute({ view: 'forms' })}
        onClick={(event) => {
          event.preventDefault()
          navigation.go({ view: 'forms' })
        }}
      >
        <Icon name="back" />
        {texts.forms.back}
      </a>
      <ViewHeading title={form === undefined ? texts.newTitle : texts.title(form)} />
      {failure.value === 'not-found' ? (
        <p class="empty">{texts.forms.missing}</p>
      ) : (
        failure.value && <FailurePanel failure={failure.value} onRetry={() => void load()} />
      )}
      {form === undefined ? (
        <FormEditor forms={forms} />
      ) : details.value ? (
        <FormEditor key={form} forms={forms} details={details.value} />
      ) : (
        !failure.value && <p class="empty">{consoleTexts.value.loading}</p>
      )}
    </div>
  )
}

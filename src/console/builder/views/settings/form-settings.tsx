import { useBuilder } from '../../builder-context.ts'
import type { DraftForm } from '../../model/draft.ts'
import { withChanges } from '../../model/edit-steps.ts'
import { describeField } from '../../model/field-catalog.ts'
import { requestedNames } from '../../../../form/cross-checks.ts'
import { definitionNameOf } from '../../../../fields/composites.ts'
import type { FormDestination } from '../../../../relay/http/admin/forms/form-answers.ts'
import { LoanSettings } from './loan-settings.tsx'
import { NumberInput, SelectInput, TextInput } from '../inputs.tsx'

/** What concerns the whole form, and what its destinations need of it. */
export function FormSettings() {
  const { model, texts: allTexts, isConfigured, destinations } = useBuilder()
  const texts = allTexts.value.form
  const { value: form } = model.form
  const { operator } = form

  function change(changes: Partial<DraftForm>, key: string): void {
    model.change((now) => withChanges(now, changes), key)
  }

  return (
    <>
      <h2>{allTexts.value.outline.form}</h2>
      <TextInput label={texts.title} value={form.title} onChange={(title) => change({ title }, 'title')} />
      <div class="pair">
        <NumberInput
          label={texts.minimumAge}
          value={form.minimumAge}
          onChange={(minimumAge) => change({ minimumAge }, 'minimumAge')}
        />
        <NumberInput
          label={texts.maximumAge}
          value={form.maximumAge}
          onChange={(maximumAge) => change({ maximumAge }, 'maximumAge')}
        />
      </div>
      <SelectInput
        label={texts.passportExpiry}
        value={form.passportExpiry ?? ''}
        onChange={(value) =>
          change(
            { passportExpiry: value === 'warn' || value === 'error' ? value : undefined },
            'passportExpiry',
          )
        }
      >
        <option value="">{texts.byDefault}</option>
        <option value="warn">{texts.warn}</option>
        <option value="error">{texts.error}</option>
      </SelectInput>
      {form.steps.some(({ kind }) => kind === 'calculator') && <LoanSettings />}
      <h3>{texts.operator}</h3>
      {isConfigured ? (
        <>
          <p class="muted small">{texts.configured}</p>
          <dl class="facts">
            <dt>{texts.operatorName}</dt>
            <dd>
              {[operator?.name, operator?.address, operator?.withdrawalContact].filter(Boolean).join(', ')}
            </dd>
            <dt>{texts.policy}</dt>
            <dd>{form.policyUrl}</dd>
          </dl>
        </>
      ) : (
        <>
          <TextInput
            label={texts.operatorName}
            value={operator?.name}
            onChange={(name = '') => change({ operator: { ...operator, name } }, 'operator')}
          />
          <TextInput
            label={texts.operatorAddress}
            value={operator?.address}
            onChange={(address) =>
              change({ operator: withChanges({ name: '', ...operator }, { address }) }, 'operatorAddress')
            }
          />
          <TextInput
            label={texts.withdrawal}
            value={operator?.withdrawalContact}
            onChange={(withdrawalContact) =>
              change(
                { operator: withChanges({ name: '', ...operator }, { withdrawalContact }) },
                'withdrawalContact',
              )
            }
          />
          <TextInput
            isAddress
            label={texts.policy}
            value={form.policyUrl}
            onChange={(policyUrl) => change({ policyUrl }, 'policyUrl')}
          />
        </>
      )}
      {destinations && (
        <>
          <h3>{texts.destinations}</h3>
          {destinations.length === 0 ? (
            <p class="muted">{texts.noDestinations}</p>
          ) : (
            <ul class="line-list">
              {destinations.map((destination) => (
                <DestinationLine key={destination.key} destination={destination} />
              ))}
            </ul>
          )}
        </>
      )}
    </>
  )
}

function DestinationLine({ destination }: { readonly destination: FormDestination }) {
  const { model, texts: allTexts, language } = useBuilder()
  const texts = allTexts.value.form
  const { value: form } = model.form
  const asked = requestedNames(form) ?? new Set<string>()
  const missing = [...new Set(destination.requires.filter((name) => !asked.has(name)).map(definitionNameOf))]
  const consents = destination.consents.filter((needed) => !form.consents.some(({ id }) => id === needed))
  const words = [
    ...(missing.length > 0
      ? [texts.needs(missing.map((name) => describeField(name, language.value)).join(', '))]
      : []),
    ...(consents.length > 0 ? [texts.needsConsent(consents.join(', '))] : []),
  ]
  return (
    <li>
      <strong>{destination.provider}</strong> <span class="mono">{destination.key}</span>
      <br />
      {words.length > 0 ? (
        <span class="bad-text">{words.join('; ')}</span>
      ) : (
        <span class="muted">{texts.complete}</span>
      )}
      {destination.takes !== undefined && (
        <span class="muted" lang="en">
          {' '}
          · {texts.takes(destination.takes)}
        </span>
      )}
    </li>
  )
}

import type { ConsentDefinition } from '../../../../form/definition.ts'
import { Icon } from '../../../parts/icon.tsx'
import { useBuilder } from '../../builder-context.ts'
import {
  addConsent,
  knownConsents,
  moveConsent,
  removeConsent,
  updateConsent,
} from '../../model/edit-consents.ts'
import { withChanges } from '../../model/edit-steps.ts'
import { CheckInput, LinesInput, SelectInput, TextInput } from '../inputs.tsx'

/** The consents of a form, in the order in which they are asked for. */
export function ConsentSettings() {
  const { model, texts: allTexts } = useBuilder()
  const texts = allTexts.value.consents
  const { consents, consentsAt, steps } = model.form.value
  return (
    <>
      <h2>{allTexts.value.outline.consents}</h2>
      <p class="muted small">{texts.note}</p>
      {consents.map((consent, index) => (
        // Their ids are edited here.
        <ConsentInputs key={index} consent={consent} index={index} count={consents.length} />
      ))}
      {consents.length > 0 && (
        <SelectInput
          label={texts.at}
          value={consentsAt ?? ''}
          onChange={(value) =>
            model.change((form) => withChanges(form, { consentsAt: value === '' ? undefined : value }))
          }
        >
          <option value="">{texts.last}</option>
          {steps.map(({ id, title }) => (
            <option key={id} value={id}>
              {title === '' ? id : title}
            </option>
          ))}
        </SelectInput>
      )}
      <button type="button" class="button" onClick={() => model.change(addConsent)}>
        {texts.add}
      </button>
    </>
  )
}

function ConsentInputs({
  consent,
  index,
  count,
}: {
  readonly consent: ConsentDefinition
  readonly index: number
  readonly count: number
}) {
  const { model, texts: allTexts } = useBuilder()
  const { consents: texts, outline } = allTexts.value
  const title = texts.title(index + 1)
  const isKnown = knownConsents.some((id) => id === consent.id)

  function change(changes: Partial<ConsentDefinition>): void {
    model.change(
      (form) => updateConsent(form, index, changes),
      `consent-${index}.${Object.keys(changes).join()}`,
    )
  }

  return (
    <fieldset class="consent-inputs stack">
      <legend>
        <strong>{title}</strong>
      </legend>
      <div class="pair">
        <SelectInput
          label={texts.id}
          value={isKnown ? consent.id : ''}
          onChange={(id) => change({ id: id === '' ? `consent-${index + 1}` : id })}
        >
          {knownConsents.map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
          <option value="">{texts.own}</option>
        </SelectInput>
        <TextInput
          label={texts.version}
          value={consent.version}
          placeholder="2026-09-01"
          onChange={(version = '') => change({ version })}
        />
      </div>
      {!isKnown && <TextInput label="id" value={consent.id} onChange={(id = '') => change({ id })} />}
      <TextInput
        isAddress
        label={texts.documentUrl}
        value={consent.documentUrl}
        placeholder="https://…"
        onChange={(documentUrl = '') => change({ documentUrl })}
      />
      <LinesInput
        label={texts.text}
        hint={isKnown ? texts.standard : undefined}
        value={consent.text}
        onChange={(text) => change({ text })}
      />
      <CheckInput
        label={texts.required}
        checked={consent.required}
        onChange={(required) => change({ required })}
      />
      <div class="tools">
        <button
          type="button"
          class="button"
          aria-label={outline.up(title)}
          disabled={index === 0}
          onClick={() => model.change((form) => moveConsent(form, index, index - 1))}
        >
          <Icon name="up" />
        </button>
        <button
          type="button"
          class="button"
          aria-label={outline.down(title)}
          disabled={index === count - 1}
          onClick={() => model.change((form) => moveConsent(form, index, index + 1))}
        >
          <Icon name="down" />
        </button>
        <button
          type="button"
          class="button"
          aria-label={outline.remove(title)}
          onClick={() => model.change((form) => removeConsent(form, index))}
        >
          <Icon name="close" />
        </button>
      </div>
    </fieldset>
  )
}

import { endings } from '../../../../form/after-outcome.ts'
import { useBuilder } from '../../builder-context.ts'
import { updateEnding } from '../../model/edit-consents.ts'
import { CheckInput, LinesInput, TextInput } from '../inputs.tsx'
import { OfferSettings } from './offer-settings.tsx'

/** What a person sees after each outcome. */
export function AfterSettings() {
  const { model, texts: allTexts } = useBuilder()
  const texts = allTexts.value.after
  const { after = {} } = model.form.value
  return (
    <>
      <h2>{allTexts.value.outline.after}</h2>
      <p class="muted small">{texts.note}</p>
      {endings.map((name) => {
        const ending = after[name] ?? {}
        const change = (changes: Parameters<typeof updateEnding>[2]): void =>
          model.change((form) => updateEnding(form, name, changes), `${name}.${Object.keys(changes).join()}`)
        return (
          <fieldset key={name} class="consent-inputs stack">
            <legend>
              <strong>{texts.endings[name]}</strong>
            </legend>
            <TextInput label={texts.title} value={ending.title} onChange={(title) => change({ title })} />
            <LinesInput
              label={texts.text}
              rows={2}
              value={ending.text}
              onChange={(text) => change({ text })}
            />
            <TextInput
              isAddress
              label={texts.redirect}
              value={ending.redirect}
              placeholder="https://…"
              onChange={(redirect) => change({ redirect })}
            />
            <CheckInput
              label={texts.again}
              checked={ending.again === true}
              onChange={(again) => change({ again: again ? true : undefined })}
            />
            <OfferSettings ending={name} />
          </fieldset>
        )
      })}
    </>
  )
}

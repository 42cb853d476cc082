import type { ConsentDefinition } from '../form/definition.ts'
import { issueText } from '../i18n/find-text.ts'
import type { FormTexts } from '../i18n/texts.ts'
import { testClicks } from '../lead/test-clicks.ts'
import type { FormView } from './form-view.ts'
import { OptionalMark } from './fields/optional-mark.tsx'
import { maskedControl } from './input/recorder-marks.ts'

/** The sentence beside a consent's box: the definition's, or the locale's own for a known id. */
export function consentText({ id, text }: ConsentDefinition, texts: FormTexts): string {
  if (text !== undefined) return text
  return id === 'transfer' || id === 'advertising' ? texts.consents[id] : texts.consents.processing
}

/** What a person has clicked, until a box changes. */
let clicked: EventTarget | null = null

/** One box for each consent, each with its own document. None is ever ticked for the person. */
export function Consents({ view }: { readonly view: FormView }) {
  const { model, definition, texts, uid } = view
  const later = model.consents.missing.value.size > 0 ? view.laterViews() : undefined
  return (
    <div class="anketa-consents" part="consents">
      {definition.consents.map((consent) => {
        const { id, required, documentUrl } = consent
        const missing = model.consents.missing.value.has(id)
        const messageId = `${uid}-consent-${id}-remark`
        return (
          <div key={id} class="anketa-consent" part="consent" data-consent={id}>
            <label
              class="anketa-check"
              part="choice"
              // Scripts of pages, extensions and password managers tick nothing: neither by a click nor without one. Safari
              // passes a script's click on the sentence on to the box as a person's click.
              onClickCapture={(event) => {
                if (event.isTrusted || testClicks.has(event)) clicked = event.target
                else event.preventDefault()
              }}
            >
              <input
                {...maskedControl('anketa-box')}
                type="checkbox"
                part="checkbox"
                name={`consent-${id}`}
                // Firefox ticks it again when the page is loaded again.
                autocomplete="off"
                checked={model.consents.accepted[id]?.value !== undefined}
                aria-invalid={missing ? 'true' : undefined}
                aria-required={required ? 'true' : undefined}
                aria-describedby={missing ? messageId : undefined}
                // Not at the click, which the page may still cancel.
                onChange={({ isTrusted, currentTarget }) => {
                  if (isTrusted && clicked === currentTarget) model.tick(id, currentTarget.checked)
                  else currentTarget.checked = model.consents.accepted[id]?.value !== undefined
                  clicked = null
                }}
              />
              <span>
                {consentText(consent, texts)}
                {!required && <OptionalMark text={texts.optionalConsent} />}
              </span>
            </label>
            <a class="anketa-link" part="link" href={documentUrl} target="_blank" rel="noopener">
              {texts.document}
              <span class="anketa-unseen"> {`«${consentText(consent, texts)}», ${texts.opensInNewTab}`}</span>
            </a>
            {missing && later && (
              <later.Message id={messageId} kind="error" texts={texts}>
                {issueText({ code: 'consent-required' }, texts)}
              </later.Message>
            )}
          </div>
        )
      })}
    </div>
  )
}

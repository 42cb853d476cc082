import { useSignal } from '@preact/signals'
import { useId, useRef } from 'preact/hooks'
import { useBuilder } from '../../builder-context.ts'
import { plainLooks } from '../../model/draft.ts'
import { parseDraftText } from '../../model/parse-draft.ts'
import { printDefinition, printEntry, printSnippet } from '../../model/print-form.ts'
import { LinesInput } from '../inputs.tsx'
import { PanelFrame } from './panel-frame.tsx'

/** What the form is as text: for the page, for a file, and for the configuration of a relay. */
export function OutputPanel({ onClose }: { readonly onClose: () => void }) {
  const { model, texts: allTexts, relay, entry, savesLooks } = useBuilder()
  const texts = allTexts.value.output
  const { value: draft } = model.draft
  return (
    <PanelFrame title={texts.title} onClose={onClose}>
      <div class="outputs">
        {savesLooks ? (
          <Output
            label={texts.snippet}
            note={texts.snippetNote}
            text={printSnippet({ ...draft, looks: plainLooks }, relay)}
          />
        ) : (
          <Output label={texts.snippet} text={printSnippet(draft, relay)} />
        )}
        <Output label={texts.definition} text={printDefinition(draft.form)} />
        <Output label={texts.entry} note={texts.entryNote} text={printEntry(draft.form, entry)} />
      </div>
      <JsonEditor />
    </PanelFrame>
  )
}

function Output({
  label,
  note,
  text,
}: {
  readonly label: string
  readonly note?: string
  readonly text: string
}) {
  const { texts: allTexts, announce } = useBuilder()
  const texts = allTexts.value.output
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)

  async function copy(): Promise<void> {
    try {
      // Browsers have no clipboard for pages without https.
      await area.current?.ownerDocument.defaultView?.navigator.clipboard.writeText(text)
      announce(texts.copied)
    } catch {
      area.current?.focus()
      area.current?.select()
      announce(texts.selected)
    }
  }

  return (
    <div>
      <div class="tools">
        <label class="label" for={id}>
          {label}
        </label>
        <span class="spread" />
        <button
          type="button"
          class="button"
          aria-label={`${texts.copy}: ${label}`}
          onClick={() => void copy()}
        >
          {texts.copy}
        </button>
      </div>
      <textarea
        ref={area}
        id={id}
        class="input lines mono"
        rows={10}
        readOnly
        spellcheck={false}
        value={text}
      />
      {note !== undefined && <p class="muted small">{note}</p>}
    </div>
  )
}

/** Everything that has no settings of its own is edited as text. */
function JsonEditor() {
  const { model, texts: allTexts, announce } = useBuilder()
  const texts = allTexts.value.output
  const text = useSignal<string | undefined>(undefined)
  const isWrong = useSignal(false)

  function take(): void {
    const { id, operator, policyUrl } = model.form.value
    const parsed = parseDraftText(text.value ?? '')
    isWrong.value = parsed === undefined
    if (!parsed) return
    const documents = { ...(operator ? { operator } : {}), ...(policyUrl === undefined ? {} : { policyUrl }) }
    model.change(() => ({ ...documents, ...parsed, id }))
    announce(texts.taken)
  }

  return (
    <details onToggle={() => (text.value ??= printDefinition(model.form.value))}>
      <summary>{texts.edit}</summary>
      <LinesInput
        isCode
        label={texts.definition}
        rows={14}
        value={text.value}
        onChange={(value = '') => (text.value = value)}
      />
      {isWrong.value && (
        <p class="bad-text" role="alert">
          {texts.badJson}
        </p>
      )}
      <button type="button" class="button" onClick={take}>
        {texts.take}
      </button>
    </details>
  )
}
